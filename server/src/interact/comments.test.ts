import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Comment, CommentPage } from '@vitrine/schema';
import { makePost } from '../testing/made-posts.ts';
import { heldWorld, startTestRegion, type TestRegion } from '../testing/region.ts';

let region: TestRegion;
const world = heldWorld('2026-11-20T12:00:00Z');
let author: { token: string; id: string };
let ada: { token: string; id: string };
let bo: { token: string; id: string };
before(async () => {
  region = await startTestRegion({ world });
  author = await region.signUp('author');
  ada = await region.signUp('ada');
  bo = await region.signUp('bo');
});
after(() => region.close());

async function write(postId: string, token: string, body: { text: string; parentId?: string }): Promise<Comment> {
  world.forward(1000);
  const answer = await region.call('POST', `/api/v1/posts/${postId}/comments`, body, token);
  assert.equal(answer.status, 201, JSON.stringify(answer.body));
  return answer.body;
}
async function list(postId: string, query = '', token?: string): Promise<CommentPage> {
  return (await region.call('GET', `/api/v1/posts/${postId}/comments${query}`, undefined, token)).body;
}
async function status(method: string, path: string, token: string, body?: unknown): Promise<number> {
  return (await region.call(method, `/api/v1${path}`, body, token)).status;
}
async function countOf(postId: string): Promise<number> {
  return (
    await region.grounds.db
      .selectFrom('posts')
      .select('comment_count')
      .where('id', '=', postId)
      .executeTakeFirstOrThrow()
  ).comment_count;
}

test('answers join one thread, one level deep', async () => {
  const { id } = await makePost(region.grounds, { accountId: author.id });
  const head = await write(id, ada.token, { text: 'head' });
  const one = await write(id, bo.token, { text: 'one', parentId: head.id });
  const two = await write(id, ada.token, { text: 'two', parentId: one.id });
  assert.equal(two.parentId, head.id);
  const page = await list(id);
  assert.deepEqual(
    page.comments.map((comment) => [comment.text, comment.replies]),
    [['head', 2]],
  );
  assert.equal(page.total, 3);
  const replies: CommentPage = (await region.call('GET', `/api/v1/comments/${head.id}/replies?limit=1`)).body;
  assert.deepEqual(
    replies.comments.map((comment) => comment.text),
    ['one'],
  );
  const rest: CommentPage = (
    await region.call('GET', `/api/v1/comments/${head.id}/replies?limit=1&after=${replies.next}`)
  ).body;
  assert.deepEqual(
    rest.comments.map((comment) => comment.text),
    ['two'],
  );
  assert.equal(rest.next, null);
});

test('the same key writes one comment, also when sent twice at once', async () => {
  const { id } = await makePost(region.grounds, { accountId: author.id });
  const send = () =>
    fetch(`${region.url}/api/v1/posts/${id}/comments`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${ada.token}`, 'idempotency-key': 'k1' },
      body: '{"text":"once"}',
    }).then(async (answer) => ({ status: answer.status, body: (await answer.json()) as Comment }));
  const answers = await Promise.all([send(), send(), send()]);
  assert.deepEqual(new Set(answers.map((answer) => answer.status)), new Set([201]));
  assert.equal(new Set(answers.map((answer) => answer.body.id)).size, 1);
  assert.equal(await countOf(id), 1);
});

test('top is pinned, then likes and answers, then newest; pages neither lose nor repeat', async () => {
  const { id } = await makePost(region.grounds, { accountId: author.id });
  const plain = await write(id, ada.token, { text: 'plain' });
  const liked = await write(id, ada.token, { text: 'liked' });
  const answered = await write(id, ada.token, { text: 'answered' });
  const pinned = await write(id, bo.token, { text: 'pinned' });
  const newest = await write(id, bo.token, { text: 'newest' });
  for (const token of [ada.token, bo.token])
    await region.call('PUT', `/api/v1/comments/${liked.id}/like`, undefined, token);
  await write(id, bo.token, { text: 'answer', parentId: answered.id });
  assert.equal(await status('PUT', `/comments/${pinned.id}/pin`, author.token), 200);
  const texts = (page: CommentPage): string[] => page.comments.map((comment) => comment.text);
  const seen: string[] = [];
  for (let next: string | null = ''; next !== null;) {
    const page: CommentPage = await list(id, `?sort=top&limit=2${next ? `&after=${next}` : ''}`);
    seen.push(...texts(page));
    next = page.next;
  }
  assert.deepEqual(seen, ['pinned', 'liked', 'answered', 'newest', 'plain']);
  assert.deepEqual(texts(await list(id, '?sort=newest')), ['pinned', 'newest', 'answered', 'liked', 'plain']);
  assert.deepEqual(texts(await list(id, `?around=${plain.id}`)).slice(0, 2), ['plain', 'pinned']);
  const mine = await list(id, '', author.token);
  assert.deepEqual(mine.comments.find((comment) => comment.id === newest.id)?.viewer, {
    isMine: false,
    hasLiked: false,
    canDelete: true,
    canPin: true,
  });
});

test('a deep link to an answer brings the head of its thread and the answer first', async () => {
  const { id } = await makePost(region.grounds, { accountId: author.id });
  const head = await write(id, ada.token, { text: 'old head' });
  const answer = await write(id, bo.token, { text: 'the answer', parentId: head.id });
  await write(id, ada.token, { text: 'younger' });
  const page = await list(id, `?sort=newest&around=${answer.id}`);
  assert.deepEqual(
    page.comments.map((comment) => comment.text),
    ['old head', 'the answer', 'younger'],
  );
});

test('at most three comments are pinned, by the author of the post alone', async () => {
  const { id } = await makePost(region.grounds, { accountId: author.id });
  const comments = [];
  for (const text of ['1', '2', '3', '4']) comments.push(await write(id, ada.token, { text }));
  assert.equal(await status('PUT', `/comments/${comments[0]?.id}/pin`, ada.token), 404);
  for (const comment of comments.slice(0, 3))
    assert.equal(await status('PUT', `/comments/${comment.id}/pin`, author.token), 200);
  assert.equal(await status('PUT', `/comments/${comments[3]?.id}/pin`, author.token), 409);
  assert.equal(await status('DELETE', `/comments/${comments[0]?.id}/pin`, author.token), 200);
  assert.equal(await status('PUT', `/comments/${comments[3]?.id}/pin`, author.token), 200);
});

test('a comment is deleted by its writer or the author of the post, and whoever did it can take it back for ten minutes', async () => {
  const { id } = await makePost(region.grounds, { accountId: author.id });
  const head = await write(id, ada.token, { text: 'head' });
  await write(id, bo.token, { text: 'answer', parentId: head.id });
  assert.equal(await status('DELETE', `/comments/${head.id}`, bo.token), 404);
  assert.equal(await status('DELETE', `/comments/${head.id}`, author.token), 204);
  assert.equal(await countOf(id), 0);
  assert.deepEqual((await list(id)).comments, []);
  assert.equal((await region.call('GET', `/api/v1/comments/${head.id}/replies`)).status, 404);
  assert.equal(await status('POST', `/comments/${head.id}/undelete`, ada.token), 404);
  assert.equal(await status('POST', `/comments/${head.id}/undelete`, author.token), 200);
  assert.equal(await countOf(id), 2);
  assert.equal(await status('DELETE', `/comments/${head.id}`, ada.token), 204);
  world.forward(10 * 60_000 + 1);
  assert.equal(await status('POST', `/comments/${head.id}/undelete`, ada.token), 409);
});

test('where comments are off, or the post is not shown, nobody writes', async () => {
  const off = await makePost(region.grounds, { accountId: author.id, allow: { comments: false } });
  assert.equal(await status('POST', `/posts/${off.id}/comments`, ada.token, { text: 'hello' }), 403);
  const hidden = await makePost(region.grounds, { accountId: author.id, audience: 'onlyMe' });
  assert.equal(await status('POST', `/posts/${hidden.id}/comments`, ada.token, { text: 'hello' }), 404);
  assert.equal((await region.call('GET', `/api/v1/posts/${hidden.id}/comments`)).status, 404);
});

test('who was blocked neither reads nor answers the other', async () => {
  const { id } = await makePost(region.grounds, { accountId: author.id });
  const foe = await region.signUp('foe');
  const comment = await write(id, ada.token, { text: 'mine' });
  await region.grounds.db
    .insertInto('blocks')
    .values({ blocker_id: ada.id, blocked_id: foe.id, created_at: world.now() })
    .execute();
  assert.deepEqual((await list(id, '', foe.token)).comments, []);
  assert.equal(await status('POST', `/posts/${id}/comments`, foe.token, { text: 'answer', parentId: comment.id }), 404);
  assert.equal(await status('PUT', `/comments/${comment.id}/like`, foe.token), 404);
});

test('a comment that holds nothing visible is refused', async () => {
  const { id } = await makePost(region.grounds, { accountId: author.id });
  assert.equal(await status('POST', `/posts/${id}/comments`, ada.token, { text: '\u200b\u202e' }), 400);
  assert.equal(await countOf(id), 0);
});

test('people named in a comment are told of it only if they may watch the post', async () => {
  const { db } = region.grounds;
  const { id } = await makePost(region.grounds, { accountId: author.id, audience: 'followers' });
  await db
    .insertInto('follows')
    .values({ follower_id: ada.id, followee_id: author.id, created_at: world.now() })
    .execute();
  const comment = await write(id, author.token, { text: 'look @ada and @bo and @nobody' });
  const events = await db.selectFrom('outbox').select('body').where('kind', '=', 'comment.written').execute();
  const own = events
    .map((event) => event.body as { commentId: string; mentionedIds: string[] })
    .find((body) => body.commentId === comment.id);
  assert.deepEqual(own?.mentionedIds, [ada.id]);
});
