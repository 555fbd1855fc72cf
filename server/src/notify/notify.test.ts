import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Me, Notification, NotificationPage } from '@vitrine/schema';
import { makePost } from '../testing/made-posts.ts';
import { heldWorld, startTestRegion, type TestRegion } from '../testing/region.ts';
import { writeEvent } from '../platform/outbox.ts';

const clock = heldWorld('2026-11-22T12:00:00.000Z');
const DAY_MS = 86_400_000;
let region: TestRegion;
before(async () => {
  region = await startTestRegion({ world: clock });
});
after(() => region.close());

type Person = Awaited<ReturnType<TestRegion['signUp']>>;
const people = (...handles: string[]): Promise<Person[]> => Promise.all(handles.map((handle) => region.signUp(handle)));
const act = (by: Person, verb: 'PUT' | 'DELETE', path: string): Promise<unknown> =>
  region.call(verb, `/api/v1${path}`, undefined, by.token);

async function page(by: Person, query = ''): Promise<NotificationPage> {
  await region.drainEvents();
  return (
    (await region.call('GET', `/api/v1/me/notifications${query}`, undefined, by.token)) as { body: NotificationPage }
  ).body;
}
const lines = async (by: Person, query = ''): Promise<Notification[]> => (await page(by, query)).notifications;
const summary = async (by: Person, query = ''): Promise<string[]> =>
  (await lines(by, query)).map(
    (line) => `${line.kind} ${line.people.map((one) => one.handle).join('+')} ${line.total}`,
  );

/** As interact writes it in the transaction of the like. */
async function like(by: Person, post: { id: string; authorId: string }, kind = 'post.liked'): Promise<void> {
  await region.grounds.db.transaction().execute((tx) =>
    writeEvent(tx, clock, {
      kind,
      writerKey: post.id,
      body: { postId: post.id, accountId: by.id, authorId: post.authorId },
    }),
  );
}

test('follows of one day are one line; those of another day are another', async () => {
  const [ann, ...fans] = (await people('n.ann', 'n.f1', 'n.f2', 'n.f3', 'n.f4')) as [Person, ...Person[]];
  for (const fan of fans.slice(0, 3)) {
    clock.forward(1000);
    await act(fan, 'PUT', '/accounts/n.ann/follow');
  }
  clock.forward(DAY_MS);
  await act(fans[3] as Person, 'PUT', '/accounts/n.ann/follow');
  assert.deepEqual(await summary(ann), ['follow n.f4 1', 'follow n.f3+n.f2+n.f1 3']);
  await act(fans[1] as Person, 'DELETE', '/accounts/n.ann/follow');
  assert.deepEqual(await summary(ann), ['follow n.f4 1', 'follow n.f3+n.f1 2']);
});

test('likes of one post are one line, and a like taken back is not told', async () => {
  const [bea, ...fans] = (await people('n.bea', 'n.g1', 'n.g2', 'n.g3', 'n.g4', 'n.g5')) as [Person, ...Person[]];
  const post = { id: (await makePost(region.grounds, { accountId: bea.id, text: 'a cat' })).id, authorId: bea.id };
  for (const fan of fans) {
    clock.forward(1000);
    await like(fan, post);
  }
  const [line] = await lines(bea);
  assert.equal(line?.total, 5);
  assert.deepEqual(
    line?.people.map((one) => one.handle),
    ['n.g5', 'n.g4', 'n.g3'],
  );
  assert.equal(line?.post?.path, `/@n.bea/post/${post.id}`);
  assert.equal(line?.post?.text, 'a cat');
  assert.match(line?.post?.posterUrl ?? '', /^\/media\//);
  await like(fans[4] as Person, post, 'post.unliked');
  assert.deepEqual(await summary(bea), ['like n.g4+n.g3+n.g2 4']);
});

test('an event that comes twice is told once', async () => {
  const [cy, fan] = (await people('n.cy', 'n.twice')) as [Person, Person];
  await act(fan, 'PUT', '/accounts/n.cy/follow');
  await region.drainEvents();
  await region.grounds.db
    .updateTable('outbox')
    .set({ acknowledged_at: null })
    .where('kind', '=', 'account.followed')
    .execute();
  assert.deepEqual(await summary(cy), ['follow n.twice 1']);
});

test('nobody is told of their own acts, or of people they muted or blocked', async () => {
  const [dee, muted, blocked] = (await people('n.dee', 'n.muted', 'n.blocked')) as [Person, Person, Person];
  const post = { id: (await makePost(region.grounds, { accountId: dee.id })).id, authorId: dee.id };
  await act(dee, 'PUT', '/accounts/n.muted/mute');
  await like(dee, post);
  await like(muted, post);
  await like(blocked, post);
  assert.deepEqual(await summary(dee), ['like n.blocked 1']);
  await act(dee, 'PUT', '/accounts/n.blocked/block');
  assert.deepEqual(await summary(dee), [], 'what was told before the block');
});

test('a request is told, and so is that it was accepted; answered requests are told no more', async () => {
  const [eli, fan] = (await people('n.eli', 'n.asks')) as [Person, Person];
  await region.call('PATCH', '/api/v1/me', { isPrivate: true }, eli.token);
  await act(fan, 'PUT', '/accounts/n.eli/follow');
  assert.deepEqual(await summary(eli, '?filter=follows'), ['followRequest n.asks 1']);
  const me = (await region.call('GET', '/api/v1/me', undefined, eli.token)).body as Me;
  assert.deepEqual([me.followRequests, me.unread], [1, 0], 'a request is counted once');
  await region.call('PUT', '/api/v1/me/follow-requests/n.asks', { isAccepted: true }, eli.token);
  assert.deepEqual(await summary(eli), []);
  assert.deepEqual(await summary(fan), ['followAccepted n.eli 1']);
});

test('a comment is told once to each: the one answered, the author, the one named', async () => {
  const [fia, gil, hob, ida] = (await people('n.fia', 'n.gil', 'n.hob', 'n.ida')) as [Person, Person, Person, Person];
  const post = await makePost(region.grounds, { accountId: fia.id });
  const commentId = clock.newId();
  const { db } = region.grounds;
  await db
    .insertInto('comments')
    .values({
      post_id: post.id,
      id: commentId,
      account_id: gil.id,
      text: 'hello @n.ida @n.fia',
      created_at: clock.now(),
    })
    .execute();
  const body = {
    postId: post.id,
    commentId,
    accountId: gil.id,
    authorId: fia.id,
    parentId: null,
    answeredId: hob.id,
    mentionedIds: [ida.id, fia.id],
  };
  await db.transaction().execute((tx) => writeEvent(tx, clock, { kind: 'comment.written', writerKey: post.id, body }));
  assert.deepEqual(await summary(fia), ['comment n.gil 1']);
  assert.deepEqual(await summary(hob), ['reply n.gil 1']);
  assert.deepEqual(await summary(ida), ['mention n.gil 1']);
  assert.equal((await lines(ida))[0]?.comment?.text, 'hello @n.ida @n.fia');
  await db.updateTable('comments').set({ deleted_at: clock.now() }).where('id', '=', commentId).execute();
  assert.deepEqual(await summary(ida), [], 'a deleted comment');
});

test('the unread count falls to nothing when the inbox is read, and what comes later is unread', async () => {
  const [jan, fan1, fan2] = (await people('n.jan', 'n.h1', 'n.h2')) as [Person, Person, Person];
  await act(fan1, 'PUT', '/accounts/n.jan/follow');
  assert.equal((await page(jan)).unread, 1);
  assert.equal(
    ((await region.call('PUT', '/api/v1/me/notifications/read', {}, jan.token)) as { status: number }).status,
    204,
  );
  assert.equal((await page(jan)).unread, 0);
  assert.equal((await lines(jan))[0]?.isRead, true);
  clock.forward(DAY_MS);
  await act(fan2, 'PUT', '/accounts/n.jan/follow');
  assert.equal((await page(jan)).unread, 1);
  const me = (await region.call('GET', '/api/v1/me', undefined, jan.token)) as { body: { unread: number } };
  assert.equal(me.body.unread, 1);
});

test('the list comes in pages without gap or repetition, and by kind', async () => {
  const [kai, fan] = (await people('n.kai', 'n.pager')) as [Person, Person];
  for (let index = 0; index < 5; index++) {
    clock.forward(1000);
    await like(fan, { id: (await makePost(region.grounds, { accountId: kai.id })).id, authorId: kai.id });
  }
  await act(fan, 'PUT', '/accounts/n.kai/follow');
  const seen: string[] = [];
  let after: string | null = '';
  while (after !== null) {
    const found: NotificationPage = await page(kai, `?limit=2${after ? `&after=${after}` : ''}`);
    seen.push(...found.notifications.map((line) => line.id));
    after = found.next;
  }
  assert.equal(seen.length, 6);
  assert.equal(new Set(seen).size, 6);
  assert.equal((await lines(kai, '?filter=likes')).length, 5);
  assert.equal((await lines(kai, '?filter=follows')).length, 1);
});

test('what was told is forgotten after 90 days, and with the account it was told of', async () => {
  const [lou, fan, other] = (await people('n.lou', 'n.gone', 'n.stays')) as [Person, Person, Person];
  await act(fan, 'PUT', '/accounts/n.lou/follow');
  await act(other, 'PUT', '/accounts/n.lou/follow');
  await region.drainEvents();
  await region.stores.notify.erase(fan.id);
  assert.deepEqual(await summary(lou), ['follow n.stays 1']);
  clock.forward(91 * DAY_MS);
  await region.stores.notify.sweep();
  const left = await region.grounds.db
    .selectFrom('notifications')
    .select('id')
    .where('account_id', '=', lou.id)
    .execute();
  assert.deepEqual(left, []);
});

test('a decision about a comment does not show the post that was taken from its writer’s sight', async () => {
  const [ivy, joe] = (await people('n.ivy', 'n.joe')) as [Person, Person];
  const post = await makePost(region.grounds, { accountId: ivy.id, text: 'for my eyes' });
  const written: { body: { id: string } } = await region.call(
    'POST',
    `/api/v1/posts/${post.id}/comments`,
    { text: 'rude' },
    joe.token,
  );
  const subject = { kind: 'comment' as const, id: written.body.id, accountId: joe.id, postId: post.id };
  await region.stores.moderate.restrict(subject, 'harassment');
  const told = async () => (await lines(joe)).find((line) => line.kind === 'decision');
  assert.equal((await told())?.post?.text, 'for my eyes');
  await region.call('PATCH', `/api/v1/posts/${post.id}`, { audience: 'onlyMe' }, ivy.token);
  const line = await told();
  assert.equal(line?.decision?.ground, 'harassment');
  assert.equal(line?.post, null);
});
