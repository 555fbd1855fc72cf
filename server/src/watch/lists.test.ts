import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Card, CardPage } from '@vitrine/schema';
import { makeAccount, makePost, makeRestriction, type PostAndFiles } from '../testing/made-posts.ts';
import { startTestRegion, type TestRegion } from '../testing/region.ts';

let region: TestRegion;
const posts: PostAndFiles[] = [];
let ilse = '';
let mara = '';
let quiet = '';
before(async () => {
  region = await startTestRegion();
  ilse = await makeAccount(region.grounds, { handle: 'ilse' });
  mara = await makeAccount(region.grounds, { handle: 'mara' });
  quiet = await makeAccount(region.grounds, { handle: 'quiet', isPrivate: true });
  const start = Date.now() - 3_600_000;
  for (let place = 0; place < 7; place++) {
    // Three of them in the same millisecond: paging must not lose or repeat any.
    const publishedAt = new Date(start + Math.floor(place / 3) * 1000);
    posts.push(
      await makePost(region.grounds, {
        accountId: place % 2 ? ilse : mara,
        publishedAt,
        text: `number ${place}`,
        tags: ['sea', `t${place}`],
      }),
    );
  }
});
after(() => region.close());

const asked = (order: Partial<{ after: string; limit: number; viewerId: string }> = {}) => ({
  after: undefined,
  limit: 20,
  viewerId: undefined,
  ...order,
});
const ids = (page: CardPage): string[] => page.posts.map((card) => card.id);

test('Latest shows everything public, newest first, and pages without loss or repetition', async () => {
  const seen: Card[] = [];
  let next: string | null = '';
  while (next !== null) {
    const answer = await region.call('GET', `/api/v1/feed/latest?limit=2${next ? `&after=${next}` : ''}`);
    assert.equal(answer.status, 200);
    const page: CardPage = answer.body;
    seen.push(...page.posts);
    next = page.next;
  }
  const expected = posts
    .map((post) => post.id)
    .toSorted(
      (a, b) =>
        ((posts.findIndex((p) => p.id === b) / 3) | 0) - ((posts.findIndex((p) => p.id === a) / 3) | 0) ||
        (a < b ? 1 : -1),
    );
  assert.deepEqual(
    seen.map((card) => card.id),
    expected,
  );
  assert.equal(seen[0]?.account.handle, 'mara');
  assert.equal(seen[0]?.viewer, undefined);
});

test('a cursor that is none of ours is refused', async () => {
  const answer = await region.call('GET', '/api/v1/feed/latest?after=abc');
  assert.equal(answer.status, 400);
});

test('Following shows those whom the viewer follows, also what they keep for followers', async () => {
  const viewerId = await makeAccount(region.grounds, { handle: 'viewer' });
  const { db, world } = region.grounds;
  assert.deepEqual(ids(await region.stores.watch.following({ ...asked(), viewerId })), []);
  await db
    .insertInto('follows')
    .values([ilse, quiet].map((followee_id) => ({ follower_id: viewerId, followee_id, created_at: world.now() })))
    .execute();
  const forFollowers = await makePost(region.grounds, { accountId: ilse, audience: 'followers' });
  const forMe = await makePost(region.grounds, { accountId: ilse, audience: 'onlyMe' });
  const ofPrivate = await makePost(region.grounds, { accountId: quiet });
  const seen = ids(await region.stores.watch.following({ ...asked(), viewerId }));
  assert.deepEqual(seen.slice(0, 2), [ofPrivate.id, forFollowers.id]);
  assert.ok(!seen.includes(forMe.id));
  assert.equal(seen.length, 2 + posts.filter((_, place) => place % 2).length);
  const mine = ids(await region.stores.watch.ofAccount(asked({ viewerId: ilse }), 'ilse'));
  assert.ok(mine.includes(forMe.id) && mine.includes(forFollowers.id));
  const [card] = await region.stores.watch.cards([forFollowers.id], viewerId);
  assert.match(card?.renditions[0]?.url ?? '', /^\/media\/private\//);
});

test('neither followers-only posts nor those of private accounts stand in any list of strangers', async () => {
  const hidden = [
    await makePost(region.grounds, { accountId: ilse, audience: 'followers', tags: ['hid'] }),
    await makePost(region.grounds, { accountId: ilse, audience: 'onlyMe', tags: ['hid'] }),
    await makePost(region.grounds, { accountId: quiet, tags: ['hid'] }),
    await makePost(region.grounds, { accountId: ilse, state: 'processing', tags: ['hid'] }),
  ];
  const removed = await makePost(region.grounds, { accountId: ilse, tags: ['hid'] });
  await makeRestriction(region.grounds, { kind: 'post', id: removed.id });
  hidden.push(removed);
  const stranger = await makeAccount(region.grounds, { handle: 'stranger' });
  const { db, world } = region.grounds;
  for (const { id } of hidden)
    await db.insertInto('likes').values({ account_id: ilse, post_id: id, created_at: world.now() }).execute();
  for (const viewerId of [undefined, stranger]) {
    const order = { ...asked(), viewerId, limit: 50 };
    const { watch } = region.stores;
    const lists = [
      await watch.latest(order),
      await watch.mostLiked(order),
      await watch.ofTag(order, 'hid'),
      await watch.ofAccount(order, 'ilse'),
      await watch.ofAccount(order, 'quiet'),
    ];
    for (const page of lists) for (const { id } of hidden) assert.ok(!ids(page).includes(id));
    assert.deepEqual(
      await watch.cards(
        hidden.map((post) => post.id),
        viewerId,
      ),
      [],
    );
  }
  assert.deepEqual(await region.stores.watch.tagsStarting('hid'), []);
});

test('people who blocked one another do not see each other, and the muted stay out of feeds', async () => {
  const { db, world } = region.grounds;
  const viewerId = await makeAccount(region.grounds, { handle: 'blocker' });
  await db.insertInto('blocks').values({ blocker_id: mara, blocked_id: viewerId, created_at: world.now() }).execute();
  await db.insertInto('mutes').values({ muter_id: viewerId, muted_id: ilse, created_at: world.now() }).execute();
  const order = { ...asked(), viewerId };
  assert.deepEqual(ids(await region.stores.watch.latest(order)), []);
  await assert.rejects(region.stores.watch.ofAccount(order, 'mara'), { code: 'not_found' });
  assert.ok(ids(await region.stores.watch.ofAccount(order, 'ilse')).length > 0);
});

test('most liked counts the likes of this week alone', async () => {
  const { db, world } = region.grounds;
  const old = new Date(world.now().getTime() - 8 * 86_400_000);
  const like = (accountId: string, post: PostAndFiles | undefined, at: Date) =>
    db
      .insertInto('likes')
      .values({ account_id: accountId, post_id: post?.id ?? '', created_at: at })
      .execute();
  await like(ilse, posts[1], world.now());
  await like(mara, posts[1], world.now());
  await like(ilse, posts[2], world.now());
  for (const accountId of [ilse, mara, quiet]) await like(accountId, posts[3], old);
  const first: CardPage = (await region.call('GET', '/api/v1/explore?sort=mostLiked&limit=1')).body;
  assert.deepEqual(ids(first), [posts[1]?.id]);
  const second: CardPage = (await region.call('GET', `/api/v1/explore?sort=mostLiked&limit=1&after=${first.next}`))
    .body;
  assert.deepEqual(ids(second), [posts[2]?.id]);
  assert.equal(second.next, null);
});

test('tags are completed by how often they are used, and signs of patterns mean themselves', async () => {
  const answer = await region.call('GET', '/api/v1/tags?prefix=SE');
  assert.deepEqual(answer.body, { tags: [{ name: 'sea', posts: 7 }] });
  assert.deepEqual((await region.call('GET', '/api/v1/tags?prefix=%25')).body, { tags: [] });
  assert.deepEqual((await region.call('GET', '/api/v1/tags/nobody')).body, { name: 'nobody', posts: 0 });
  const popular: { tags: { name: string }[] } = (await region.call('GET', '/api/v1/tags/popular')).body;
  assert.equal(popular.tags[0]?.name, 'sea');
  const page: CardPage = (await region.call('GET', '/api/v1/tags/sea/posts?limit=50')).body;
  assert.equal(page.posts.length, 7);
});

test('cards are given for sorted ids of public posts', async () => {
  const [one = '', two = ''] = posts.map((post) => post.id).toSorted();
  const answer = await region.call('GET', `/api/v1/cards?ids=${one},${two}`);
  assert.equal(answer.headers.get('cache-control'), 'public, max-age=30');
  assert.deepEqual(ids(answer.body), [one, two]);
  assert.equal((await region.call('GET', `/api/v1/cards?ids=${two},${one}`)).status, 400);
  assert.equal((await region.call('GET', '/api/v1/cards?ids=x')).status, 400);
});

test('Following shows what those whom one follows repost, once, and says who did', async () => {
  const { db, world } = region.grounds;
  const reader = await makeAccount(region.grounds, { handle: 'reader' });
  const friend = await makeAccount(region.grounds, { handle: 'friend' });
  const muted = await makeAccount(region.grounds, { handle: 'muted' });
  const author = await makeAccount(region.grounds, { handle: 'author' });
  const blocker = await makeAccount(region.grounds, { handle: 'blocks.reader' });
  const at = (seconds: number) => new Date(world.now().getTime() - 60_000 + seconds * 1000);
  const follow = (follower_id: string, followee_id: string) =>
    db
      .insertInto('follows')
      .values({ follower_id, followee_id, created_at: at(0) })
      .execute();
  const repost = (account_id: string, post_id: string, seconds: number) =>
    db
      .insertInto('reposts')
      .values({ account_id, post_id, created_at: at(seconds) })
      .execute();
  for (const followee of [friend, muted]) await follow(reader, followee);
  await db
    .insertInto('mutes')
    .values({ muter_id: reader, muted_id: muted, created_at: at(0) })
    .execute();
  await db
    .insertInto('blocks')
    .values({ blocker_id: blocker, blocked_id: reader, created_at: at(0) })
    .execute();
  const old = await makePost(region.grounds, { accountId: author, publishedAt: at(1) });
  const friends = await makePost(region.grounds, { accountId: friend, publishedAt: at(20) });
  const forFew = await makePost(region.grounds, { accountId: author, audience: 'followers', publishedAt: at(2) });
  const blocked = await makePost(region.grounds, { accountId: blocker, publishedAt: at(3) });
  const removed = await makePost(region.grounds, { accountId: author, publishedAt: at(4) });
  const own = await makePost(region.grounds, { accountId: reader, publishedAt: at(5) });
  const byMuted = await makePost(region.grounds, { accountId: author, publishedAt: at(6) });
  await makeRestriction(region.grounds, { kind: 'post', id: removed.id });
  for (const post of [old, forFew, blocked, removed, own]) await repost(friend, post.id, 30);
  await repost(muted, byMuted.id, 31);
  await repost(muted, old.id, 40);
  await repost(friend, friends.id, 50);
  const seen = await region.stores.watch.following({ ...asked(), viewerId: reader });
  assert.deepEqual(
    seen.posts.map((card) => [card.id, card.repostedBy?.handle]),
    [
      [old.id, 'friend'],
      [friends.id, undefined],
    ],
  );
  const first = await region.stores.watch.following({ ...asked({ limit: 1 }), viewerId: reader });
  const rest = await region.stores.watch.following({ ...asked({ limit: 1, after: first.next! }), viewerId: reader });
  assert.deepEqual([ids(first), ids(rest), rest.next], [[old.id], [friends.id], null]);
  await follow(reader, author);
  const direct = await region.stores.watch.following({ ...asked(), viewerId: reader });
  assert.equal(direct.posts.filter((card) => card.id === old.id).length, 1);
  assert.equal(direct.posts.find((card) => card.id === old.id)?.repostedBy, undefined);
});
