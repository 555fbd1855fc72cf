import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type Insights, insightsSchema } from '@vitrine/schema';
import { noteChange } from '../shelves/changes.ts';
import { makePost } from '../testing/made-posts.ts';
import { heldWorld, startTestRegion, type TestRegion } from '../testing/region.ts';
import { figuresOf } from './figures.ts';

const DAY_MS = 86_400_000;
const world = heldWorld('2026-11-22T10:00:00Z');
let region: TestRegion;
let author: { token: string; id: string };

before(async () => {
  region = await startTestRegion({ world });
  author = await region.signUp('author');
});
after(() => region.close());

async function publish(): Promise<{ id: string; number: number }> {
  const { id } = await makePost(region.grounds, { accountId: author.id });
  const row = await region.grounds.db
    .selectFrom('posts')
    .select('public_number')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  return { id, number: Number(row.public_number) };
}

/** Sums as the minute of reports leaves them: `outcomes[b]` watches that ended in the tenth b. */
async function reported(post: number, views: number, outcomes: readonly number[]): Promise<void> {
  const { db } = region.grounds;
  const impressions = outcomes.reduce((all, count) => all + count, 0);
  await db
    .insertInto('post_reports')
    .values({ post, impressions, views, skips: impressions - views, loops: 0 })
    .onConflict((conflict) => conflict.column('post').doUpdateSet({ impressions, views }))
    .execute();
  await db.deleteFrom('post_outcomes').where('post', '=', String(post)).execute();
  const rows = outcomes.map((count, bucket) => ({ post, outcome_bucket: bucket, count }));
  await db.insertInto('post_outcomes').values(rows).execute();
}

async function nextDay(): Promise<void> {
  world.forward(DAY_MS);
  await region.stores.insights.publishDay();
}

async function read(postId: string, token = author.token): Promise<Insights> {
  const answer: { status: number; body: Insights } = await region.call(
    'GET',
    `/api/v1/posts/${postId}/insights`,
    undefined,
    token,
  );
  assert.equal(answer.status, 200);
  return insightsSchema.parse(answer.body);
}

test('no number of watchers below 20 is shown, and none that is no multiple of 5, whatever was reported', () => {
  let chance = 7;
  const next = (most: number): number => (chance = (chance * 48_271) % 2_147_483_647) % most;
  for (let round = 0; round < 3000; round += 1) {
    const outcomes = new Map(Array.from({ length: 10 }, (_, bucket) => [bucket, next(1 + (round % 60))] as const));
    const { views, retention } = figuresOf(next(80), outcomes);
    for (const shown of [views, ...retention].filter((count) => count !== null && count !== undefined)) {
      assert.ok(shown >= 20 && shown % 5 === 0, String(shown));
    }
  }
});

test('19 watches are told to nobody; 20 are told at the next publication, as 20', async () => {
  const { id, number } = await publish();
  await reported(number, 19, [0, 0, 0, 0, 0, 0, 0, 0, 0, 19]);
  await nextDay();
  assert.deepEqual((await read(id)).days, []);
  await reported(number, 24, [5, 0, 0, 0, 0, 1, 0, 0, 0, 18]);
  assert.deepEqual((await read(id)).days, [], 'nothing between two publications');
  await nextDay();
  const [day, ...more] = (await read(id)).days;
  assert.equal(more.length, 0);
  assert.equal(day?.views, 20);
  assert.deepEqual(day?.retention, [20, null, null, null, null, null, null, null, null, null]);
});

test('what is stored is what is shown: no table of figures holds a number below 20', async () => {
  const rows = await region.grounds.db.selectFrom('post_figures').selectAll().execute();
  assert.ok(rows.length > 0);
  for (const { views, retention } of rows)
    for (const count of [views, ...(retention as (number | null)[])])
      assert.ok(count === null || (count >= 20 && count % 5 === 0));
});

test('views grow by day; a day on which nothing shown changed has no entry', async () => {
  const { id, number } = await publish();
  await reported(number, 31, [0, 0, 0, 0, 0, 0, 0, 0, 0, 31]);
  await nextDay();
  await reported(number, 33, [0, 0, 0, 0, 0, 0, 0, 0, 0, 33]);
  await nextDay();
  await reported(number, 61, [0, 0, 20, 0, 0, 0, 0, 0, 0, 41]);
  await nextDay();
  const { days } = await read(id);
  assert.deepEqual(
    days.map(({ views }) => views),
    [30, 60],
  );
  assert.deepEqual(days.at(-1)?.retention, [60, 60, 60, 40, 40, 40, 40, 40, 40, 40]);
});

test('nobody but the author sees it, and others cannot tell it from a post that is not', async () => {
  const { id } = await publish();
  const stranger = await region.signUp('stranger');
  const asked = async (postId: string, token?: string): Promise<{ status: number; code: string }> => {
    const answer: { status: number; body: { code: string } } = await region.call(
      'GET',
      `/api/v1/posts/${postId}/insights`,
      undefined,
      token,
    );
    return { status: answer.status, code: answer.body.code };
  };
  const nothing = await asked('01932f5e-0000-7000-8000-000000000000', stranger.token);
  assert.deepEqual(await asked(id, stranger.token), nothing);
  assert.deepEqual(nothing, { status: 404, code: 'not_found' });
  assert.equal((await asked(id)).status, 401);
});

test('the shelves it came to and left are named with their times', async () => {
  const { id, number } = await publish();
  const { db } = region.grounds;
  await noteChange(db, world, { subjectId: id, kind: 'post', publicNumber: number });
  world.forward(60_000);
  await region.learn();
  await region.stores.insights.recordStands();
  const { stands } = await read(id);
  assert.ok(stands.some(({ shelf, until }) => shelf === 'fresh' && until === null));
  const before = stands.length;
  await region.stores.insights.recordStands();
  assert.equal((await read(id)).stands.length, before, 'a second look adds nothing');
  world.forward(60_000);
  await region.grounds.db
    .insertInto('shelf_files')
    .values({ hash: 'f'.repeat(64), kind: 'fresh', size_bytes: 1, posts: '[]', made_at: world.now() })
    .execute();
  await region.grounds.db.updateTable('stand_files').set({ shelf: 'gone' }).where('shelf', '=', 'fresh').execute();
  await region.grounds.db.updateTable('post_stands').set({ shelf: 'gone' }).where('shelf', '=', 'fresh').execute();
  await region.stores.insights.recordStands();
  const left = (await read(id)).stands.find(({ shelf }) => shelf === 'gone');
  assert.equal(left?.until, world.now().toISOString());
});

test('every restriction stands there with its ledger index, and when it was lifted', async () => {
  const { id } = await publish();
  const { moderate } = region.stores;
  await moderate.restrict({ kind: 'post', id, accountId: author.id }, 'spam');
  const [first] = (await read(id)).restrictions;
  assert.equal(first?.what, 'removed');
  assert.ok((first?.ledgerIndex ?? -1) >= 0);
  assert.equal(first?.liftedAt, null);
});

test('an erased post leaves no figures and no stays', async () => {
  const { id, number } = await publish();
  await reported(number, 50, [0, 0, 0, 0, 0, 0, 0, 0, 0, 50]);
  await nextDay();
  assert.equal((await read(id)).days.length, 1);
  await region.stores.insights.forgetPost(number);
  assert.equal((await read(id)).days.length, 0);
});
