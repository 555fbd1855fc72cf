import assert from 'node:assert/strict';
import { after, before, beforeEach, test } from 'node:test';
import { heldWorld, startTestRegion, type TestRegion } from '../testing/region.ts';
import { deliverEvents, sweepEvents, writeEvent, type Delivery, type OutboxEvent } from './outbox.ts';

const HOUR_MS = 3_600_000;
let region: TestRegion;
const world = heldWorld('2026-11-22T12:00:00Z');
before(async () => {
  region = await startTestRegion({ settings: { ROLE: 'web' } });
});
after(() => region.close());
beforeEach(() => region.grounds.db.deleteFrom('outbox').execute());

async function write(kind: string): Promise<void> {
  await region.grounds.db
    .transaction()
    .execute((tx) => writeEvent(tx, world, { kind, writerKey: world.newId(), body: { kind } }));
  world.forward(10);
}

function delivery(seen: string[], failing: string, failures: string[] = []): Delivery {
  const deliver = async (event: OutboxEvent): Promise<void> => {
    if (event.kind === failing) throw new Error('it cannot be taken');
    seen.push(event.kind);
  };
  const subscriptions = { first: [deliver], poisoned: [deliver], last: [deliver] };
  return { db: region.grounds.db, world, subscriptions, onError: (event) => void failures.push(event.kind) };
}

test('an event whose subscriber fails holds up nobody and is tried again later', async () => {
  for (const kind of ['first', 'poisoned', 'last']) await write(kind);
  const seen: string[] = [];
  assert.equal(await deliverEvents(delivery(seen, 'poisoned')), 2);
  assert.equal(await deliverEvents(delivery(seen, 'poisoned')), 0);
  world.forward(2000);
  assert.equal(await deliverEvents(delivery(seen, 'nothing')), 1);
  assert.deepEqual(seen, ['first', 'last', 'poisoned']);
});

test('an event that never succeeds is set aside with its problem and is not swept', async () => {
  await write('poisoned');
  const failures: string[] = [];
  for (let round = 0; round < 40; round += 1) {
    await deliverEvents(delivery([], 'poisoned', failures));
    world.forward(HOUR_MS);
  }
  await sweepEvents(region.grounds.db, world.now());
  const row = await region.grounds.db.selectFrom('outbox').selectAll().executeTakeFirstOrThrow();
  assert.equal(failures.length, 15);
  assert.ok(row.acknowledged_at);
  assert.equal(row.problem, 'Error: it cannot be taken');
});

test('an event written in a transaction that fails was never written', async () => {
  const failing = region.grounds.db.transaction().execute(async (tx) => {
    await writeEvent(tx, world, { kind: 'first', writerKey: world.newId(), body: {} });
    throw new Error('rolled back');
  });
  await assert.rejects(failing, /rolled back/);
  assert.equal(await deliverEvents(delivery([], 'nothing')), 0);
});
