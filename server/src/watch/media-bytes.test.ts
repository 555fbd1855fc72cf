import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { makeAccount, makePost, type PostAndFiles } from '../testing/made-posts.ts';
import { startTestRegion, type TestRegion } from '../testing/region.ts';

let region: TestRegion;
let accountId = '';
let post: PostAndFiles;
const bytes = new Uint8Array(700_001).map((_, place) => (place * 31) % 256);
before(async () => {
  region = await startTestRegion();
  accountId = await makeAccount(region.grounds, { handle: 'author' });
  post = await makePost(region.grounds, { accountId, bytes });
});
after(() => region.close());

async function get(path: string, headers: Record<string, string> = {}, method = 'GET') {
  const answer = await fetch(region.url + path, { headers, method });
  return { status: answer.status, headers: answer.headers, bytes: new Uint8Array(await answer.arrayBuffer()) };
}

test('a public file comes whole, typed, sandboxed, cacheable and with a strong tag', async () => {
  const answer = await get(`/media/${post.renditionFileId}`);
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.bytes, bytes);
  assert.equal(answer.headers.get('content-type'), 'video/mp4');
  assert.equal(answer.headers.get('content-security-policy'), "sandbox; default-src 'none'");
  assert.equal(answer.headers.get('cache-control'), 'public, max-age=60');
  assert.equal(answer.headers.get('cross-origin-resource-policy'), 'cross-origin');
  assert.equal(answer.headers.get('x-content-type-options'), 'nosniff');
  assert.equal(answer.headers.get('accept-ranges'), 'bytes');
  const again = await get(`/media/${post.renditionFileId}`, { 'if-none-match': answer.headers.get('etag') ?? '' });
  assert.equal(again.status, 304);
});

test('ranges of every size are exact, also across several reads', async () => {
  for (const [start, end] of [
    [0, 0],
    [1, 299_999],
    [262_143, 262_144],
    [10, 700_000],
    [699_999, 700_000],
  ] as const) {
    const part = await get(`/media/${post.renditionFileId}`, { range: `bytes=${start}-${end}` });
    assert.equal(part.status, 206);
    assert.equal(part.headers.get('content-range'), `bytes ${start}-${end}/700001`);
    assert.deepEqual(part.bytes, bytes.slice(start, end + 1));
  }
  const behind = await get(`/media/${post.renditionFileId}`, { range: 'bytes=700001-' });
  assert.equal(behind.status, 416);
  assert.equal(behind.headers.get('content-range'), 'bytes */700001');
  const stale = await get(`/media/${post.renditionFileId}`, { range: 'bytes=0-9', 'if-range': '"another"' });
  assert.equal(stale.status, 200);
});

test('many readers at once each get their own bytes', async () => {
  const starts = Array.from({ length: 60 }, (_, place) => place * 9000);
  const parts = await Promise.all(
    starts.map((start) => get(`/media/${post.renditionFileId}`, { range: `bytes=${start}-${start + 149_999}` })),
  );
  parts.forEach((part, place) => assert.deepEqual(part.bytes, bytes.slice(place * 9000, place * 9000 + 150_000)));
});

test('HEAD tells the length and sends nothing', async () => {
  const answer = await get(`/media/${post.renditionFileId}`, {}, 'HEAD');
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get('content-length'), '700001');
  assert.equal(answer.bytes.length, 0);
});

test('a file that is withdrawn, private or of a private post is not there', async () => {
  const hidden = await makePost(region.grounds, { accountId, audience: 'followers' });
  assert.equal((await get(`/media/${hidden.renditionFileId}`)).status, 404);
  assert.equal((await get(`/media/private/${hidden.renditionFileId}`)).status, 401);
  assert.equal((await get('/media/00000000000000000000000000000000')).status, 404);
  const gone = await makePost(region.grounds, { accountId });
  await region.grounds.db
    .updateTable('media_files')
    .set({ withdrawn_at: region.grounds.world.now() })
    .where('id', '=', gone.renditionFileId)
    .execute();
  assert.equal((await get(`/media/${gone.renditionFileId}`)).status, 404);
});

test('who may see a private file is decided at each look-up', async () => {
  const { db, world } = region.grounds;
  const hidden = await makePost(region.grounds, { accountId, audience: 'followers' });
  const fan = await makeAccount(region.grounds, { handle: 'fan' });
  const may = async (viewerId: string): Promise<boolean> =>
    (await region.stores.watch.mediaFile(hidden.renditionFileId, { viewerId })) !== undefined;
  assert.ok(await may(accountId));
  assert.ok(!(await may(fan)));
  await db
    .insertInto('follows')
    .values({ follower_id: fan, followee_id: accountId, created_at: world.now() })
    .execute();
  assert.ok(await may(fan));
  await db.insertInto('blocks').values({ blocker_id: accountId, blocked_id: fan, created_at: world.now() }).execute();
  assert.ok(!(await may(fan)));
});

test('a type that is not in the table is never served', async () => {
  const odd = await makePost(region.grounds, { accountId });
  await region.grounds.db
    .updateTable('media_files')
    .set({ mime: 'text/html' })
    .where('id', '=', odd.renditionFileId)
    .execute();
  assert.equal((await get(`/media/${odd.renditionFileId}`)).status, 404);
});
