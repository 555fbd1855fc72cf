import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { hostname } from 'node:os';
import { after, before, test } from 'node:test';
import { setTimeout as delay } from 'node:timers/promises';
import fc from 'fast-check';
import { heldWorld, startTestRegion, type TestRegion } from '../testing/region.ts';
import { enqueue, finishJob, releaseDead, StaleFence, startJobRunner, takeJob, type Job } from './jobs.ts';
import { newHolder } from './leases.ts';

let region: TestRegion;
const world = heldWorld('2026-11-22T12:00:00Z');
before(async () => {
  region = await startTestRegion({ settings: { ROLE: 'web' } });
});
after(() => region.close());

async function wipe(): Promise<void> {
  await region.grounds.db.deleteFrom('jobs').execute();
}

test('a subject has one waiting job of a kind, however often it is asked for', async () => {
  await wipe();
  const { db } = region.grounds;
  const subjectId = world.newId();
  await enqueue(db, world, { kind: 'probe', subjectId });
  await enqueue(db, world, { kind: 'probe', subjectId });
  assert.equal((await db.selectFrom('jobs').selectAll().execute()).length, 1);
});

test('whoever lost the lease cannot keep a result', async () => {
  await wipe();
  const { db } = region.grounds;
  await enqueue(db, world, { kind: 'probe', subjectId: world.newId() });
  const first = await takeJob(db, world, { kinds: ['probe'] });
  world.forward(61_000);
  const second = await takeJob(db, world, { kinds: ['probe'] });
  assert.ok(first && second);
  await assert.rejects(finishJob(db, world, { id: first.id, fence: Number(first.fence) }), StaleFence);
  await finishJob(db, world, { id: second.id, fence: Number(second.fence) });
});

test('an account with running work waits behind one without', async () => {
  await wipe();
  const { db } = region.grounds;
  const busy = world.newId();
  const idle = world.newId();
  for (const accountId of [busy, busy, idle]) {
    await enqueue(db, world, { kind: 'probe', subjectId: world.newId(), accountId });
    world.forward(1000);
  }
  assert.equal((await takeJob(db, world, { kinds: ['probe'] }))?.account_id, busy);
  assert.equal((await takeJob(db, world, { kinds: ['probe'] }))?.account_id, idle);
});

test('many takers at once take each job once', async () => {
  await wipe();
  const { db } = region.grounds;
  const subjects = Array.from({ length: 60 }, () => world.newId());
  for (const subjectId of subjects) await enqueue(db, world, { kind: 'work', subjectId, accountId: subjects[0]! });
  const taken: string[] = [];
  const takeAll = async (): Promise<void> => {
    for (
      let row = await takeJob(db, world, { kinds: ['work'] });
      row;
      row = await takeJob(db, world, { kinds: ['work'] })
    )
      taken.push(row.subject_id);
  };
  await Promise.all(Array.from({ length: 8 }, takeAll));
  assert.deepEqual(taken.toSorted(), subjects.toSorted());
});

test('the jobs of a process that is no more wait again at once, those of a living one do not', async () => {
  await wipe();
  const { db } = region.grounds;
  const gone = spawnSync(process.execPath, ['--eval', '0']).pid;
  for (let index = 0; index < 2; index += 1) await enqueue(db, world, { kind: 'work', subjectId: world.newId() });
  const left = await takeJob(db, world, { kinds: ['work'], holder: `${hostname()} ${gone} ${world.newId()}` });
  await takeJob(db, world, { kinds: ['work'], holder: newHolder(world) });
  await releaseDead(db);
  const again = await takeJob(db, world, { kinds: ['work'] });
  assert.equal(again?.id, left?.id);
  assert.notEqual(again?.fence, left?.fence);
  assert.equal(await takeJob(db, world, { kinds: ['work'] }), undefined);
});

test('a job that keeps failing is given up once, with its problem kept', async () => {
  await wipe();
  const { db } = region.grounds;
  const given: string[] = [];
  await enqueue(db, world, { kind: 'doomed', subjectId: world.newId() });
  const runner = startJobRunner({
    db,
    world,
    concurrency: 1,
    onError: () => undefined,
    kinds: {
      doomed: {
        maxAttempts: 3,
        run: () => Promise.reject(new Error('it broke')),
        giveUp: async (job) => void given.push(job.id),
      },
    },
  });
  for (let waited = 0; waited < 100 && given.length === 0; waited += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    world.forward(20_000);
  }
  await runner.close();
  const row = await db.selectFrom('jobs').selectAll().executeTakeFirstOrThrow();
  assert.equal(given.length, 1);
  assert.deepEqual([row.state, row.attempts, row.problem], ['failed', 3, 'Error: it broke']);
});

/** A seeded scheduler: takers that stall, come back from the dead and finish twice. */
async function runSchedule(
  steps: readonly { act: 'take' | 'finish' | 'zombie' | 'wait'; pick: number }[],
): Promise<{ effects: number; left: number }> {
  await wipe();
  const { db } = region.grounds;
  const held: Pick<Job, 'id' | 'fence'>[] = [];
  let effects = 0;
  for (let index = 0; index < 3; index += 1) await enqueue(db, world, { kind: 'work', subjectId: world.newId() });
  const finish = async (job: Pick<Job, 'id' | 'fence'> | undefined): Promise<void> => {
    if (!job) return;
    await db
      .transaction()
      .execute(async (tx) => {
        await finishJob(tx, world, job);
        effects += 1;
      })
      .catch((cause: unknown) => assert.ok(cause instanceof StaleFence));
  };
  for (const { act, pick } of steps) {
    if (act === 'wait') world.forward(61_000);
    if (act === 'take') {
      const row = await takeJob(db, world, { kinds: ['work'] });
      if (row) held.push({ id: row.id, fence: Number(row.fence) });
    }
    if (act === 'finish') await finish(held.splice(pick % Math.max(1, held.length), 1)[0]);
    if (act === 'zombie') await finish(held[pick % Math.max(1, held.length)]);
  }
  const left = await db.selectFrom('jobs').selectAll().where('state', '!=', 'done').execute();
  return { effects, left: left.length };
}

test('under any order of taking, stalling and finishing, each effect happens at most once', async () => {
  const step = fc.record({
    act: fc.constantFrom('take' as const, 'finish' as const, 'zombie' as const, 'wait' as const),
    pick: fc.nat(5),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 4, maxLength: 14 }), async (steps) => {
      const { effects, left } = await runSchedule(steps);
      assert.equal(effects + left, 3);
    }),
    { numRuns: 300 },
  );
});

test('takers that wait find work together, and end together', { timeout: 20_000 }, async () => {
  await wipe();
  const { db } = region.grounds;
  const takers = 3;
  let running = 0;
  const allRun = Promise.withResolvers<void>();
  const runner = startJobRunner({
    db,
    world,
    concurrency: takers,
    onError: (_job, cause) => allRun.reject(cause),
    kinds: {
      meet: {
        run: async () => {
          running += 1;
          if (running === takers) allRun.resolve();
          await allRun.promise;
        },
      },
    },
  });
  await delay(300);
  for (let count = 0; count < takers; count += 1) await enqueue(db, world, { kind: 'meet', subjectId: world.newId() });
  await allRun.promise;
  await delay(100);
  await runner.close();
});
