import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startTestRegion, type TestRegion } from '../testing/region.ts';

let region: TestRegion;
before(async () => {
  region = await startTestRegion();
});
after(() => region.close());

const append = (failing = false): Promise<number> =>
  region.grounds.db.transaction().execute(async (tx) => {
    const entry = await region.stores.ledger.append(tx, { t: 'decision', body: { ground: 'spam' } });
    if (failing) throw new Error('the cause of the entry failed');
    return entry.index;
  });

test('indexes run from 0 without gaps, also when writers fail and when many write at once', async () => {
  // The region writes entries of its own meanwhile (epochs, keys): they take their turn among these.
  const first = await append();
  await assert.rejects(append(true), /failed/);
  assert.ok((await append()) > first);
  await Promise.allSettled(Array.from({ length: 30 }, (_, index) => append(index % 3 === 0)));
  const entries = await region.stores.ledger.entriesAfter(-1, 200);
  assert.deepEqual(
    entries.map((entry) => entry.index),
    entries.map((_, index) => index),
  );
  assert.equal(entries.filter(({ entry }) => (JSON.parse(entry) as { t: string }).t === 'decision').length, 22);
});

test('all entries name the same region, by a random word that says nothing of it', async () => {
  const entries = await region.stores.ledger.entriesAfter(-1, 100);
  const names = new Set(entries.map(({ entry }) => (JSON.parse(entry) as { region: string }).region));
  assert.equal(names.size, 1);
  assert.match([...names][0] ?? '', /^r_[\w-]{12}$/);
});

test('anyone reads the log page by page', async () => {
  const first: { body: { entries: { index: number }[]; next: string } } = await region.call(
    'GET',
    '/api/v1/ledger/entries?limit=15',
  );
  assert.equal(first.body.entries.length, 15);
  const rest: { body: { entries: { index: number }[]; next: null } } = await region.call(
    'GET',
    `/api/v1/ledger/entries?after=${first.body.next}&limit=15`,
  );
  assert.equal(rest.body.entries[0]?.index, 15);
  assert.equal(rest.body.next, null);
});
