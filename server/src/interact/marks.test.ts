import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import type { Post } from '@vitrine/schema';
import { makePost, makeRestriction } from '../testing/made-posts.ts';
import { startTestRegion, type TestRegion } from '../testing/region.ts';
import { COMMENT_SUMS, POST_SUMS } from './forget.ts';

let region: TestRegion;
let author: { token: string; id: string };
let fan: { token: string; id: string };
before(async () => {
  region = await startTestRegion();
  author = await region.signUp('author');
  fan = await region.signUp('fan');
});
after(() => region.close());

interface MarkedBody {
  counts: { likes: number; saves: number; reposts: number };
  viewer: { hasLiked: boolean; hasSaved: boolean; hasReposted: boolean };
}
const mark = async (
  method: string,
  id: string,
  what: string,
  token: string,
): Promise<{ status: number; body: MarkedBody }> =>
  region.call(method, `/api/v1/posts/${id}/${what}`, undefined, token);

/** Counts everything anew and tells which counters did not equal the sum of their rows. */
async function wrongCounters(): Promise<string[]> {
  const { db } = region.grounds;
  const read = async (): Promise<string> =>
    JSON.stringify([
      await db
        .selectFrom('posts')
        .select(['id', 'like_count', 'save_count', 'repost_count', 'comment_count'])
        .orderBy('id')
        .execute(),
      await db.selectFrom('comments').select(['id', 'like_count', 'reply_count']).orderBy('id').execute(),
      await db.selectFrom('accounts').select(['id', 'like_count']).orderBy('id').execute(),
    ]);
  const before = await read();
  await sql`update posts set ${POST_SUMS}`.execute(db);
  await sql`update comments set ${COMMENT_SUMS}`.execute(db);
  await sql`update accounts set like_count = (select count(*) from likes join posts on posts.id = likes.post_id where posts.account_id = accounts.id)`.execute(
    db,
  );
  const recounted = await read();
  return before === recounted ? [] : [before, recounted];
}

test('a mark set twice is set once, and taken back twice is taken back once', async () => {
  const { id } = await makePost(region.grounds, { accountId: author.id });
  for (const [what, count, flag] of [
    ['like', 'likes', 'hasLiked'],
    ['save', 'saves', 'hasSaved'],
    ['repost', 'reposts', 'hasReposted'],
  ] as const) {
    for (let turn = 0; turn < 2; turn++) {
      const { status, body } = await mark('PUT', id, what, fan.token);
      assert.equal(status, 200);
      assert.equal(body.counts[count], 1);
      assert.equal(body.viewer[flag], true);
    }
  }
  const mine: { posts: { id: string }[] } = (await region.call('GET', '/api/v1/me/saves', undefined, fan.token)).body;
  assert.deepEqual(
    mine.posts.map((card) => card.id),
    [id],
  );
  for (let turn = 0; turn < 2; turn++) assert.equal((await mark('DELETE', id, 'like', fan.token)).body.counts.likes, 0);
  assert.deepEqual(await wrongCounters(), []);
});

test('likes of many at once are all counted, and each once', async () => {
  const { id } = await makePost(region.grounds, { accountId: author.id });
  const people = await Promise.all(Array.from({ length: 12 }, (_, place) => region.signUp(`crowd${place}`)));
  const answers = await Promise.all(
    people.flatMap(({ token }) => [mark('PUT', id, 'like', token), mark('PUT', id, 'like', token)]),
  );
  for (const { status } of answers) assert.equal(status, 200);
  const post: Post = (await region.call('GET', `/api/v1/posts/${id}`)).body;
  assert.equal(post.counts.likes, 12);
  await Promise.all(people.slice(0, 5).map(({ token }) => mark('DELETE', id, 'like', token)));
  assert.deepEqual(await wrongCounters(), []);
  const profile: { counts: { likes: number } } = (await region.call('GET', '/api/v1/accounts/author')).body;
  assert.equal(profile.counts.likes, 7);
});

test('the count that someone signed out sees is never older than the last change', async () => {
  const { id } = await makePost(region.grounds, { accountId: author.id });
  for (let turn = 0; turn < 6; turn++) {
    await mark(turn % 2 ? 'DELETE' : 'PUT', id, 'like', fan.token);
    const post: Post = (await region.call('GET', `/api/v1/posts/${id}`)).body;
    assert.equal(post.counts.likes, turn % 2 ? 0 : 1);
  }
});

test('what is not shown cannot be marked, but a mark can always be taken back', async () => {
  const { db } = region.grounds;
  const hidden = await makePost(region.grounds, { accountId: author.id, audience: 'followers' });
  for (const what of ['like', 'save', 'repost'])
    assert.equal((await mark('PUT', hidden.id, what, fan.token)).status, 404);
  const { id } = await makePost(region.grounds, { accountId: author.id });
  await mark('PUT', id, 'like', fan.token);
  await db.updateTable('posts').set({ audience: 'onlyMe' }).where('id', '=', id).execute();
  assert.equal((await mark('DELETE', id, 'like', fan.token)).status, 404);
  assert.equal((await db.selectFrom('likes').selectAll().where('post_id', '=', id).execute()).length, 0);
  assert.deepEqual(await wrongCounters(), []);
});

test('followers may like what is for followers, and not pass it on', async () => {
  const { db, world } = region.grounds;
  await db
    .insertInto('follows')
    .values({ follower_id: fan.id, followee_id: author.id, created_at: world.now() })
    .execute();
  const { id } = await makePost(region.grounds, { accountId: author.id, audience: 'followers' });
  assert.equal((await mark('PUT', id, 'like', fan.token)).status, 200);
  assert.equal((await mark('PUT', id, 'repost', fan.token)).status, 403);
});

test('signed out nothing can be marked', async () => {
  const { id } = await makePost(region.grounds, { accountId: author.id });
  assert.equal((await region.call('PUT', `/api/v1/posts/${id}/like`)).status, 401);
});

test('acts of an account that is gone for good are gone, and the counters agree', async () => {
  const leaver = await region.signUp('leaver');
  const { id } = await makePost(region.grounds, { accountId: author.id });
  const write = async (token: string, body: { text: string; parentId?: string }): Promise<{ id: string }> =>
    (await region.call('POST', `/api/v1/posts/${id}/comments`, body, token)).body;
  await mark('PUT', id, 'like', leaver.token);
  await mark('PUT', id, 'save', leaver.token);
  const theirs = await write(leaver.token, { text: 'first' });
  await write(fan.token, { text: 'an answer', parentId: theirs.id });
  const stays = await write(fan.token, { text: 'stays' });
  await write(leaver.token, { text: 'gone', parentId: stays.id });
  await region.call('PUT', `/api/v1/comments/${stays.id}/like`, undefined, leaver.token);
  await region.stores.interact.forgetAccount(leaver.id);
  assert.deepEqual(await wrongCounters(), []);
  const left: { comments: { id: string; likes: number; replies: number }[]; total: number } = (
    await region.call('GET', `/api/v1/posts/${id}/comments`)
  ).body;
  assert.equal(left.total, 1);
  assert.deepEqual(
    left.comments.map(({ likes, replies }) => ({ likes, replies })),
    [{ likes: 0, replies: 0 }],
  );
  await region.stores.interact.forgetPost(id, author.id);
  assert.deepEqual(await wrongCounters(), []);
});

test('an answer to an answer whose thread is deleted is refused, and the numbers stay right', async () => {
  const { id } = await makePost(region.grounds, { accountId: author.id });
  const [ada, bo] = [await region.signUp('thread.ada'), await region.signUp('thread.bo')];
  const write = async (token: string, parentId?: string): Promise<{ status: number; body: { id: string } }> =>
    region.call('POST', `/api/v1/posts/${id}/comments`, { text: 'words', parentId }, token);
  const head = (await write(ada.token)).body;
  const answer = (await write(bo.token, head.id)).body;
  await region.call('DELETE', `/api/v1/comments/${head.id}`, undefined, ada.token);
  assert.equal((await write(bo.token, answer.id)).status, 404);
  assert.deepEqual(await wrongCounters(), []);
  await region.call('POST', `/api/v1/comments/${head.id}/undelete`, undefined, ada.token);
  assert.equal((await write(bo.token, answer.id)).status, 201);
  assert.deepEqual(await wrongCounters(), []);
});

test('answers written while their thread is deleted neither fail nor are miscounted', async () => {
  const { id } = await makePost(region.grounds, { accountId: author.id });
  const people = await Promise.all(Array.from({ length: 5 }, (_, place) => region.signUp(`thread${place}`)));
  const [ada, ...others] = people;
  assert.ok(ada);
  const write = async (token: string, parentId?: string): Promise<{ status: number; body: { id: string } }> =>
    region.call('POST', `/api/v1/posts/${id}/comments`, { text: 'words', parentId }, token);
  for (let round = 0; round < 4; round++) {
    const head = (await write(ada.token)).body;
    const answers = await Promise.all([
      ...others.slice(0, 2).map(({ token }) => write(token, head.id)),
      region.call('PUT', `/api/v1/comments/${head.id}/pin`, undefined, author.token),
      region.call('DELETE', `/api/v1/comments/${head.id}`, undefined, ada.token),
      ...others.map(({ token }) => write(token, head.id)),
    ]);
    for (const { status } of answers) assert.ok(status < 500, String(status));
  }
  assert.deepEqual(await wrongCounters(), []);
});

test('all that belongs to a removed public post answers as the post does: gone, and why', async () => {
  const { id } = await makePost(region.grounds, { accountId: author.id });
  const written = await region.call('POST', `/api/v1/posts/${id}/comments`, { text: 'before' }, fan.token);
  const comment = `/api/v1/comments/${(written.body as { id: string }).id}`;
  await makeRestriction(region.grounds, { kind: 'post', id, ground: 'spam' });
  const answers = [
    await region.call('GET', `${comment}/replies`),
    await region.call('PUT', `${comment}/like`, undefined, fan.token),
    await region.call('PUT', `${comment}/pin`, undefined, author.token),
    await region.call('GET', `/api/v1/posts/${id}`, undefined, fan.token),
    await region.call('GET', `/api/v1/posts/${id}/comments`),
    await region.call('POST', `/api/v1/posts/${id}/comments`, { text: 'why' }, fan.token),
    ...(await Promise.all(
      ['like', 'save', 'repost'].flatMap((what) =>
        ['PUT', 'DELETE'].map((method) => region.call(method, `/api/v1/posts/${id}/${what}`, undefined, fan.token)),
      ),
    )),
  ] as { status: number; body: { code: string; restriction?: { ground: string } } }[];
  const told = answers.map(({ status, body }) => `${status} ${body.code} ${body.restriction?.ground}`);
  assert.deepEqual([...new Set(told)], ['410 removed spam']);
});
