import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { after, before, test } from 'node:test';
import type { Card, OwnPosts, Post, Upload } from '@vitrine/schema';
import { clipBytes, type TestClip } from '../testing/clips.ts';
import { heldWorld, startTestRegion, type TestRegion } from '../testing/region.ts';
import {
  getJson,
  idOf,
  openUpload,
  sendChunk,
  sendUpload,
  waitForAllRenditions,
  waitForPost,
  waitForUpload,
  waitFor,
} from '../testing/uploads.ts';
import { discardForgotten, eraseAccount, eraseDeleted } from './erase.ts';
import { onPlayable } from './store.ts';

const world = heldWorld('2026-11-22T12:00:00Z');
let region: TestRegion;
let author: { token: string; id: string };
let viewer: { token: string; id: string };
before(async () => {
  region = await startTestRegion({ world: ticking() });
  author = await region.signUp('author');
  viewer = await region.signUp('viewer');
});
after(() => region.close());

/** The held clock, moving on: jobs and leases need time to pass. */
function ticking() {
  const startMs = Date.now();
  return { ...world, now: () => new Date(world.now().getTime() + Date.now() - startMs) };
}

async function makePost(more: Record<string, unknown> = {}, clip: TestClip = {}): Promise<string> {
  const uploadId = await sendUpload(region, author.token, await clipBytes(clip));
  return publish(uploadId, more);
}

async function publish(uploadId: string, more: Record<string, unknown> = {}): Promise<string> {
  const made = await region.call('POST', '/api/v1/posts', { uploadId, ...more }, author.token);
  assert.equal(made.status, 202, JSON.stringify(made.body));
  const { id }: { id: string } = made.body;
  return id;
}

async function codeOf(call: ReturnType<TestRegion['call']>): Promise<string> {
  const { status, body }: { status: number; body: { code?: string } } = await call;
  return body.code ? `${status} ${body.code}` : String(status);
}

async function statusAt(url: string, token?: string): Promise<number> {
  const answer = await fetch(new URL(url, region.url), token ? { headers: { authorization: `Bearer ${token}` } } : {});
  await answer.arrayBuffer();
  return answer.status;
}

async function filesOf(videoId: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const file of region.grounds.media.list('')) if (file.key.includes(videoId)) keys.push(file.key);
  return keys;
}

test('a clip is published with its first rendition; what is served is what was hashed', async () => {
  const id = await makePost({ text: 'Hello #World' });
  const post = await waitForPost(region, author.token, id);
  assert.equal(post.state, 'published');
  assert.deepEqual([post.widthPx, post.heightPx, post.hasAudio], [180, 320, true]);
  const seen = await getJson<Post>(region, viewer.token, `/api/v1/posts/${id}`);
  assert.deepEqual(seen.card?.tags, ['world']);
  const rows = await region.database.db
    .selectFrom('media_files')
    .select(['id', 'sha256'])
    .where('kind', '=', 'rendition')
    .execute();
  for (const rendition of seen.renditions) {
    const bytes = Buffer.from(await (await fetch(new URL(rendition.url, region.url))).arrayBuffer());
    assert.equal(bytes.length, rendition.sizeBytes);
    assert.ok(
      rows.some(
        (row) => rendition.url.endsWith(row.id) && row.sha256 === createHash('sha256').update(bytes).digest('hex'),
      ),
    );
  }
});

test('a large source is encoded: the smallest rung publishes, the others follow, the playlists name them all', async () => {
  const id = await makePost({}, { widthPx: 720, heightPx: 1280, codec: 'hevc', durationMs: 500 });
  const first = await waitForPost(region, author.token, id);
  assert.equal(first.renditions.at(-1)?.widthPx, 540);
  const whole = await waitForAllRenditions(region, author.token, id);
  assert.deepEqual(
    whole.renditions.map((rendition) => rendition.widthPx),
    [720, 540],
  );
  assert.deepEqual(
    whole.encoding?.map((step) => [step.heightPx, step.state]),
    [
      [540, 'done'],
      [720, 'done'],
    ],
  );
  const hls = whole.card?.hlsUrl;
  assert.ok(hls);
  const master = await (await fetch(new URL(hls, region.url))).text();
  const lists = master.split('\n').filter((line) => /^[0-9a-f]{32}$/.test(line));
  assert.equal(lists.length, 2);
  const list = await (await fetch(new URL(`/media/${lists[0]}`, region.url))).text();
  const named = /URI="([0-9a-f]{32})"/.exec(list)?.[1];
  assert.ok(whole.renditions.some((rendition) => rendition.url.endsWith(String(named))));
});

test('a post may be made while its upload still arrives', async () => {
  const bytes = await clipBytes({ hueDegrees: 10 });
  const uploadId = idOf(await openUpload(region, author.token, { sizeBytes: bytes.length }));
  await sendChunk(region, author.token, { id: uploadId, offset: 0, bytes: bytes.subarray(0, 1000) });
  const id = await publish(uploadId, { coverMs: 500 });
  const waiting = await getJson<Post>(region, author.token, `/api/v1/posts/${id}`);
  assert.equal(waiting.state, 'processing');
  assert.equal(await codeOf(region.call('GET', `/api/v1/posts/${id}`, undefined, viewer.token)), '404 not_found');
  await sendChunk(region, author.token, { id: uploadId, offset: 1000, bytes: bytes.subarray(1000) });
  assert.equal((await waitForPost(region, author.token, id)).state, 'published');
});

test('an upload of the studio gets its pictures first and is encoded when it is posted', async () => {
  const uploadId = await sendUpload(region, author.token, await clipBytes({ hueDegrees: 20 }), { editing: 'true' });
  const upload = await waitForUpload(region, author.token, uploadId);
  assert.equal(upload.state, 'ready');
  assert.ok(upload.posterUrl && upload.storyboard);
  assert.equal(await statusAt(upload.posterUrl, author.token), 200);
  assert.equal(await statusAt(upload.posterUrl, viewer.token), 404);
  const count = await region.database.db
    .selectFrom('renditions')
    .select('id')
    .where('video_id', '=', uploadId)
    .execute();
  assert.equal(count.length, 0);
  assert.equal((await waitForPost(region, author.token, await publish(uploadId))).state, 'published');
});

test('the same key gives the same post; a second post of one upload is refused', async () => {
  const uploadId = await sendUpload(region, author.token, await clipBytes({ hueDegrees: 30 }));
  const ask = (key: string) =>
    fetch(`${region.url}/api/v1/posts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${author.token}`, 'content-type': 'application/json', 'idempotency-key': key },
      body: JSON.stringify({ uploadId }),
    });
  const [first, again, other] = [await ask('one'), await ask('one'), await ask('two')];
  assert.deepEqual(await again.json(), await first.json());
  assert.equal(other.status, 409);
});

test('a file that is refused leaves nothing but one clear reason', async () => {
  const uploadId = await sendUpload(region, author.token, randomBytes(5000));
  const id = await publish(uploadId).catch(() => undefined);
  const upload = await waitForUpload(region, author.token, uploadId);
  assert.equal(upload.state, 'failed');
  assert.ok(upload.problem && upload.problem.detail.length > 10);
  if (id) {
    const post = await waitForPost(region, author.token, id);
    assert.deepEqual([post.state, post.problem?.code], ['failed', upload.problem.code]);
    assert.equal(await codeOf(region.call('GET', `/api/v1/posts/${id}`, undefined, viewer.token)), '404 not_found');
  }
  // Its bytes go after the refusal is committed.
  await waitFor(
    () => filesOf(uploadId),
    (files) => files.length === 0,
  );
  assert.equal(
    await codeOf(region.call('POST', '/api/v1/posts', { uploadId, text: 'x' }, author.token)),
    id ? '422 upload_failed' : '422 upload_failed',
  );
});

test('becoming playable twice publishes once', async () => {
  const id = await makePost({}, { hueDegrees: 40 });
  const post = await waitForPost(region, author.token, id);
  assert.equal(post.state, 'published');
  const row = await region.database.db
    .selectFrom('posts')
    .select(['video_id', 'public_number'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  await onPlayable({ ...region.stores, ...region.grounds }, row.video_id);
  const now = await region.database.db
    .selectFrom('posts')
    .select('public_number')
    .where('id', '=', id)
    .executeTakeFirstOrThrow();
  assert.equal(now.public_number, row.public_number);
  const events = await region.database.db
    .selectFrom('outbox')
    .select('id')
    .where('writer_key', '=', id)
    .where('kind', '=', 'post.published')
    .execute();
  assert.equal(events.length, 1);
});

test('another audience moves the files to new addresses, and the old ones die at once', async () => {
  const id = await makePost({}, { hueDegrees: 50 });
  const before_ = await waitForPost(region, author.token, id);
  const old = before_.renditions[0]?.url ?? '';
  assert.equal(await statusAt(old), 200);
  assert.equal((await region.call('PATCH', `/api/v1/posts/${id}`, { audience: 'onlyMe' }, author.token)).status, 204);
  assert.equal(await statusAt(old), 404);
  const own = await getJson<Post>(region, author.token, `/api/v1/posts/${id}`);
  const now = own.renditions[0]?.url ?? '';
  assert.match(now, /^\/media\/private\//);
  assert.notEqual(now.split('/').at(-1), old.split('/').at(-1));
  assert.equal(await statusAt(now, author.token), 200);
  assert.equal(await statusAt(now, viewer.token), 404);
  assert.equal(await codeOf(region.call('GET', `/api/v1/posts/${id}`, undefined, viewer.token)), '404 not_found');
  await region.call('PATCH', `/api/v1/posts/${id}`, { audience: 'everyone' }, author.token);
  const seen = await getJson<Post>(region, viewer.token, `/api/v1/posts/${id}`);
  assert.equal(await statusAt(seen.renditions[0]?.url ?? ''), 200);
  const hls = await waitForHls(id);
  assert.equal(await statusAt(hls), 200);
});

async function waitForHls(id: string): Promise<string> {
  for (let n = 0; n < 200; n += 1) {
    const { card } = await getJson<{ card?: Card }>(region, author.token, `/api/v1/posts/${id}`);
    if (card?.hlsUrl) return card.hlsUrl;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('the playlists did not come back');
}

test('changing the words keeps added tags, and marks the post as edited', async () => {
  const id = await makePost({ text: 'One #first', tags: ['added'] }, { hueDegrees: 60 });
  await waitForPost(region, author.token, id);
  await region.call('PATCH', `/api/v1/posts/${id}`, { text: 'Two #second with @viewer' }, author.token);
  const { card } = await getJson<Post>(region, viewer.token, `/api/v1/posts/${id}`);
  assert.deepEqual([card?.text, card?.tags, card?.isEdited], ['Two #second with @viewer', ['added', 'second'], true]);
  const people = await region.database.db
    .selectFrom('post_mentions')
    .select('account_id')
    .where('post_id', '=', id)
    .execute();
  assert.deepEqual(people, [{ account_id: viewer.id }]);
  assert.equal(
    await codeOf(region.call('PATCH', `/api/v1/posts/${id}`, { text: 'mine now' }, viewer.token)),
    '404 not_found',
  );
});

test('another cover makes another poster', async () => {
  const id = await makePost({}, { hueDegrees: 70 });
  const old = (await waitForPost(region, author.token, id)).posterUrl;
  await region.call('PATCH', `/api/v1/posts/${id}`, { coverMs: 700 }, author.token);
  let now = old;
  for (let n = 0; n < 200 && now === old; n += 1) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    now = (await getJson<Post>(region, author.token, `/api/v1/posts/${id}`)).posterUrl;
  }
  assert.notEqual(now, old);
  assert.equal(await statusAt(now ?? ''), 200);
  assert.equal(await statusAt(old ?? ''), 404);
});

test('captions are checked, cleaned, replaced and taken away', async () => {
  const id = await makePost({}, { hueDegrees: 80 });
  await waitForPost(region, author.token, id);
  const put = (language: string, body: string, token = author.token) =>
    fetch(`${region.url}/api/v1/posts/${id}/captions/${language}`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${token}`, 'content-type': 'application/x-subrip' },
      body,
    });
  const srt = '1\n00:00:00,000 --> 00:00:00,900\nHello <script>alert(1)</script><b>you</b>\n';
  const made = await put('pt-BR', srt);
  assert.equal(made.status, 200);
  const track: { url: string; label: string } = (await made.json()) as never;
  assert.equal(track.label, 'português (Brasil)');
  const served = await (await fetch(new URL(track.url, region.url))).text();
  assert.match(served, /^WEBVTT/);
  assert.doesNotMatch(served, /<script/);
  assert.equal((await put('pt-BR', srt)).status, 200);
  assert.equal(await statusAt(track.url), 404);
  assert.equal((await put('en', 'no captions here')).status, 422);
  assert.equal((await put('en', srt, viewer.token)).status, 404);
  const gone = await region.call('DELETE', `/api/v1/posts/${id}/captions/pt-BR`, undefined, author.token);
  assert.equal(gone.status, 204);
  const { card } = await getJson<Post>(region, viewer.token, `/api/v1/posts/${id}`);
  assert.deepEqual(card?.captions, []);
});

test('a deleted post is gone at once, can be taken back for ten minutes, and then gives its room back', async () => {
  const own = await region.signUp('deleter');
  const bytes = await clipBytes({ hueDegrees: 90 });
  const uploadId = await sendUpload(region, own.token, bytes);
  const made = await region.call('POST', '/api/v1/posts', { uploadId }, own.token);
  const { id }: { id: string } = made.body;
  const post = await waitForPost(region, own.token, id);
  const url = post.renditions[0]?.url ?? '';
  const count = async () =>
    (await getJson<{ counts: { posts: number } }>(region, own.token, '/api/v1/me')).counts.posts;
  assert.equal(await count(), 1);
  assert.equal((await region.call('DELETE', `/api/v1/posts/${id}`, undefined, own.token)).status, 204);
  assert.equal(await statusAt(url), 404);
  assert.equal(await codeOf(region.call('GET', `/api/v1/posts/${id}`, undefined, viewer.token)), '404 not_found');
  assert.equal(await count(), 0);
  assert.equal((await region.call('POST', `/api/v1/posts/${id}/undelete`, undefined, own.token)).status, 204);
  assert.equal(await statusAt(url), 200);
  assert.equal(await count(), 1);
  assert.equal((await region.stores.uploads.quota(own.id)).usedBytes, bytes.length);
  await region.call('DELETE', `/api/v1/posts/${id}`, undefined, own.token);
  world.forward(11 * 60_000);
  assert.equal(await codeOf(region.call('POST', `/api/v1/posts/${id}/undelete`, undefined, own.token)), '409 too_late');
  await eraseDeleted({ ...region.stores, ...region.grounds });
  assert.equal((await region.stores.uploads.quota(own.id)).usedBytes, 0);
  assert.deepEqual(await filesOf(uploadId), []);
  assert.equal(await codeOf(region.call('GET', `/api/v1/posts/${id}`, undefined, own.token)), '404 not_found');
});

test('a finished upload that is not posted can be thrown away, and is told by its hash', async () => {
  const bytes = await clipBytes({ hueDegrees: 100 });
  const uploadId = await sendUpload(region, viewer.token, bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const path = `/api/v1/me/uploads?sha256=${sha256}`;
  assert.deepEqual(
    (await getJson<{ uploads: Upload[] }>(region, viewer.token, path)).uploads.map((upload) => upload.id),
    [uploadId],
  );
  assert.deepEqual((await getJson<{ uploads: Upload[] }>(region, author.token, path)).uploads, []);
  await waitForUpload(region, viewer.token, uploadId);
  const gone = await fetch(`${region.url}/api/v1/uploads/${uploadId}`, {
    method: 'DELETE',
    headers: { 'tus-resumable': '1.0.0', authorization: `Bearer ${viewer.token}` },
  });
  assert.equal(gone.status, 204);
  assert.equal((await region.stores.uploads.quota(viewer.id)).usedBytes, 0);
});

test('an account that becomes private takes its files off the public addresses; one that is erased leaves none', async () => {
  const own = await region.signUp('shy');
  const uploadId = await sendUpload(region, own.token, await clipBytes({ hueDegrees: 110 }));
  const made = await region.call('POST', '/api/v1/posts', { uploadId }, own.token);
  const { id }: { id: string } = made.body;
  const url = (await waitForPost(region, own.token, id)).renditions[0]?.url ?? '';
  assert.equal(await statusAt(url), 200);
  await region.call('PATCH', '/api/v1/me', { isPrivate: true }, own.token);
  await region.drainEvents();
  assert.equal(await statusAt(url), 404);
  const hidden = (await getJson<Post>(region, own.token, `/api/v1/posts/${id}`)).renditions[0]?.url ?? '';
  assert.match(hidden, /^\/media\/private\//);
  await eraseAccount({ ...region.stores, ...region.grounds }, own.id);
  assert.deepEqual(await filesOf(uploadId), []);
  assert.equal(await codeOf(region.call('GET', `/api/v1/posts/${id}`, undefined, viewer.token)), '404 not_found');
});

test('a finished upload that nobody posts is thrown away after a week', async () => {
  const own = await region.signUp('undecided');
  const uploadId = await sendUpload(region, own.token, await clipBytes({ hueDegrees: 120 }), { editing: 'true' });
  await waitForUpload(region, own.token, uploadId);
  const grounds = { ...region.stores, ...region.grounds };
  await discardForgotten(grounds);
  assert.ok((await region.stores.uploads.quota(own.id)).usedBytes > 0);
  world.forward(8 * 86_400_000);
  await discardForgotten(grounds);
  assert.equal((await region.stores.uploads.quota(own.id)).usedBytes, 0);
  assert.deepEqual(await filesOf(uploadId), []);
  world.forward(-8 * 86_400_000);
});

test('an author finds own posts in every state', async () => {
  const { posts } = await getJson<OwnPosts>(region, author.token, '/api/v1/me/posts?limit=50');
  assert.ok(posts.some((post) => post.state === 'published' && post.renditions.length > 0));
  const first = await getJson<OwnPosts>(region, author.token, '/api/v1/me/posts?limit=2');
  assert.equal(first.posts.length, 2);
  const second = await getJson<OwnPosts>(region, author.token, `/api/v1/me/posts?limit=2&after=${first.next}`);
  assert.deepEqual(
    [...first.posts, ...second.posts].map((post) => post.id),
    posts.slice(0, 4).map((post) => post.id),
  );
});
