import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Post } from '@vitrine/schema';
import sharp from 'sharp';
import { eraseDeleted } from './erase.ts';
import { heldWorld, startTestRegion, type TestRegion } from '../testing/region.ts';
import { getJson, sendUpload, waitForPost, waitForUpload } from '../testing/uploads.ts';

const world = heldWorld('2026-11-22T12:00:00Z');
let region: TestRegion;
let author: { token: string; id: string };
let viewer: { token: string; id: string };
before(async () => {
  const startMs = Date.now();
  region = await startTestRegion({
    world: { ...world, now: () => new Date(world.now().getTime() + Date.now() - startMs) },
  });
  author = await region.signUp('author');
  viewer = await region.signUp('viewer');
});
after(() => region.close());

/** A photo that lies on its side, with the place where it was taken. */
function photoBytes(hue: string): Promise<Buffer> {
  return sharp({ create: { width: 1600, height: 1200, channels: 3, background: hue } })
    .jpeg()
    .withMetadata({ orientation: 6 })
    .withExifMerge({ IFD0: { Make: 'TheCamera' }, IFD3: { GPSLatitude: '48/1 51/1 24/1', GPSLatitudeRef: 'N' } })
    .toBuffer();
}

async function makePost(hue: string, more: Record<string, unknown> = {}): Promise<string> {
  const uploadId = await sendUpload(region, author.token, await photoBytes(hue), { filename: 'photo.jpg' });
  const made = await region.call('POST', '/api/v1/posts', { uploadId, ...more }, author.token);
  assert.equal(made.status, 202, JSON.stringify(made.body));
  const { id }: { id: string } = made.body;
  assert.equal((await waitForPost(region, author.token, id)).state, 'published');
  return id;
}

async function filesOf(videoId: string): Promise<string[]> {
  const keys: string[] = [];
  for await (const file of region.grounds.media.list('')) if (file.key.includes(videoId)) keys.push(file.key);
  return keys;
}

async function videoOf(postId: string): Promise<string> {
  const row = await region.database.db
    .selectFrom('posts')
    .select('video_id')
    .where('id', '=', postId)
    .executeTakeFirstOrThrow();
  return row.video_id;
}

const statusAt = async (url: string, token?: string): Promise<number> =>
  (await fetch(new URL(url, region.url), token ? { headers: { authorization: `Bearer ${token}` } } : {})).status;

test('a photo becomes a post of upright copies with nothing left of what the camera wrote', async () => {
  const id = await makePost('#336699', { altText: 'a blue wall' });
  const { card } = await getJson<Post>(region, viewer.token, `/api/v1/posts/${id}`);
  assert.deepEqual([card?.kind, card?.renditions, card?.hasAudio], ['photos', [], false]);
  const photo = card?.photos[0];
  assert.deepEqual([photo?.widthPx, photo?.heightPx], [1080, 1440]);
  assert.deepEqual(
    photo?.files.map((file) => `${file.type} ${file.widthPx}`),
    ['image/avif 1080', 'image/webp 1080', 'image/jpeg 1080', 'image/avif 540', 'image/webp 540'],
  );
  for (const url of [...(photo?.files ?? []).map((file) => file.url), card?.poster.url ?? '']) {
    const bytes = Buffer.from(await (await fetch(new URL(url, region.url))).arrayBuffer());
    const { width, height, exif } = await sharp(bytes).metadata();
    assert.ok(height > width, 'it stands upright');
    assert.equal(exif, undefined);
    for (const mark of ['TheCamera', 'Exif', 'GPS']) assert.ok(!bytes.includes(mark), `${mark} in ${url}`);
  }
});

test('a photo that waits in the studio has a poster and no copies yet', async () => {
  const bytes = await photoBytes('#993366');
  const id = await sendUpload(region, author.token, bytes, { filename: 'photo.jpg', editing: 'true' });
  const upload = await waitForUpload(region, author.token, id);
  assert.deepEqual([upload.state, upload.kind, upload.widthPx, upload.heightPx], ['ready', 'photo', 1200, 1600]);
  assert.equal(await statusAt(upload.posterUrl ?? '', author.token), 200);
  assert.equal(await statusAt(upload.posterUrl ?? '', viewer.token), 404);
  const copies = await region.database.db.selectFrom('photo_files').selectAll().where('video_id', '=', id).execute();
  assert.deepEqual(copies, []);
});

test('photos follow their post: to its audience, off every address when it is deleted, and away', async () => {
  const id = await makePost('#669933');
  const before =
    (await getJson<Post>(region, viewer.token, `/api/v1/posts/${id}`)).card?.photos[0]?.files[0]?.url ?? '';
  await region.call('PATCH', `/api/v1/posts/${id}`, { audience: 'onlyMe' }, author.token);
  assert.equal(await statusAt(before), 404);
  const own = (await getJson<Post>(region, author.token, `/api/v1/posts/${id}`)).card?.photos[0]?.files[0]?.url ?? '';
  assert.match(own, /^\/media\/private\//);
  assert.deepEqual([await statusAt(own, author.token), await statusAt(own, viewer.token)], [200, 404]);
  const videoId = await videoOf(id);
  await region.call('DELETE', `/api/v1/posts/${id}`, undefined, author.token);
  assert.equal(await statusAt(own, author.token), 404);
  world.forward(11 * 60_000);
  await eraseDeleted({ ...region.grounds, ...region.stores });
  assert.deepEqual(await filesOf(videoId), []);
  for (const table of ['photos', 'photo_files', 'videos'] as const) {
    const column = table === 'videos' ? 'id' : 'video_id';
    const rows = await region.database.db.selectFrom(table).selectAll().where(column, '=', videoId).execute();
    assert.deepEqual(rows, [], table);
  }
});

test('a damaged photo is refused with a reason and leaves nothing', async () => {
  const bytes = (await photoBytes('#123456')).subarray(0, 700);
  const id = await sendUpload(region, author.token, bytes, { filename: 'photo.jpg' });
  const upload = await waitForUpload(region, author.token, id);
  assert.deepEqual([upload.state, upload.problem?.code], ['failed', 'corrupt']);
  // Removed after the commit that tells of it.
  for (let wait = 0; (await filesOf(id)).length > 0 && wait < 100; wait += 1) await sleep(50);
  assert.deepEqual(await filesOf(id), []);
});
