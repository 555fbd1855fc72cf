import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Post } from '@vitrine/schema';
import S3rver from 's3rver';
import { restoreBackup } from './machine/bring-back.ts';
import { makeBackup } from './machine/save.ts';
import { openMediaStore } from './platform/open-media-store.ts';
import { readSettings } from './platform/settings.ts';
import { eraseDeleted } from './publish/erase.ts';
import { freePort } from './testing/child-server.ts';
import { clipBytes } from './testing/clips.ts';
import { heldWorld, startStoredRegion, startTestRegion, type TestRegion } from './testing/region.ts';
import { sendUpload, waitForAllRenditions, waitForPost } from './testing/uploads.ts';

let folder: string;
let s3: S3rver;
let region: TestRegion;
let token: string;
let s3Settings: Record<string, string>;
const clock = heldWorld(new Date().toISOString());

before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-s3-'));
  const port = await freePort();
  const bucket = (name: string) => ({ name, configs: [] });
  s3 = new S3rver({
    port,
    address: '127.0.0.1',
    silent: true,
    directory: join(folder, 's3'),
    configureBuckets: [bucket('clips'), bucket('second')],
  });
  await s3.run();
  s3Settings = {
    S3_ENDPOINT: `http://127.0.0.1:${port}`,
    S3_BUCKET: 'clips',
    S3_ACCESS_KEY_ID: 'S3RVER',
    S3_SECRET_ACCESS_KEY: 'S3RVER',
  };
  region = await startTestRegion({ settings: { ...s3Settings, X_ACCEL_PREFIX: '/internal-media' }, world: clock });
  ({ token } = await region.signUp('anna'));
});
after(async () => {
  await region.close();
  await s3.close();
  await rm(folder, { recursive: true, force: true });
});

async function publish(audience: string, hueDegrees: number): Promise<Post> {
  const bytes = await clipBytes({ hueDegrees, durationMs: 300, codec: 'hevc' });
  const uploadId = await sendUpload(region, token, bytes);
  const made: { body: { id: string } } = await region.call('POST', '/api/v1/posts', { uploadId, audience }, token);
  await waitForPost(region, token, made.body.id);
  const post = await waitForAllRenditions(region, token, made.body.id);
  assert.equal(post.state, 'published', JSON.stringify(post.problem));
  return post;
}

/** Until all that a publication brings with it (the sound of its own, say) is made too. */
async function untilQuiet(): Promise<void> {
  for (let tries = 0; tries < 200; tries += 1) {
    await region.drainEvents();
    const open = await region.database.db
      .selectFrom('jobs')
      .select('id')
      .where('state', 'in', ['waiting', 'running'])
      .where('kind', 'like', 'sound.%')
      .execute();
    // A job's own folder goes just after its end.
    if (open.length === 0 && (await readdir(join(region.dataDir, 'work'))).length === 0) return;
    await sleep(100);
  }
}

/** All but the files of public shelves, which come and go by themselves. */
async function keysInStore(): Promise<string[]> {
  const keys: string[] = [];
  for await (const file of region.grounds.media.list('')) if (!file.key.startsWith('shelves/')) keys.push(file.key);
  return keys.toSorted();
}

const fetchFrom = (path: string | undefined, headers: Record<string, string> = {}) =>
  fetch(new URL(path ?? '', region.url), { headers });

test('on S3 a clip is uploaded, encoded and watched in parts; nothing of it stays on this disk', async () => {
  const post = await publish('everyone', 71);
  const [rendition] = post.renditions;
  const whole = await fetchFrom(rendition?.url);
  const bytes = Buffer.from(await whole.arrayBuffer());
  assert.deepEqual([whole.status, bytes.length], [200, rendition?.sizeBytes]);
  const part = await fetchFrom(rendition?.url, { range: 'bytes=10-19' });
  assert.equal(part.status, 206);
  assert.equal(part.headers.get('content-range'), `bytes 10-19/${bytes.length}`);
  assert.deepEqual(Buffer.from(await part.arrayBuffer()), bytes.subarray(10, 20));
  const last = await fetchFrom(rendition?.url, { range: 'bytes=-5' });
  assert.deepEqual(Buffer.from(await last.arrayBuffer()), bytes.subarray(-5));
  const unchanged = await fetchFrom(rendition?.url, { 'if-none-match': whole.headers.get('etag') ?? '' });
  assert.equal(unchanged.status, 304);
  assert.equal((await fetchFrom(post.posterUrl ?? undefined)).status, 200);
  await untilQuiet();
  for (const name of ['staging', 'work']) assert.deepEqual(await readdir(join(region.dataDir, name)), []);
  assert.equal((await readdir(region.dataDir)).includes('media'), false);
});

test('on S3 what is for its author alone is passed on to nobody else', async () => {
  const post = await publish('onlyMe', 72);
  const path = post.renditions[0]?.url;
  const own = await fetchFrom(path, { authorization: `Bearer ${token}`, range: 'bytes=0-9' });
  assert.deepEqual([own.status, (await own.arrayBuffer()).byteLength], [206, 10]);
  const { token: other } = await region.signUp('ben');
  assert.equal((await fetchFrom(path, { authorization: `Bearer ${other}` })).status, 404);
});

test('on S3 a file that went missing is told as a fault of the server, not as a broken answer of 200', async () => {
  const post = await publish('everyone', 74);
  const { store_key: storeKey } = await region.database.db
    .selectFrom('media_files')
    .select('store_key')
    .where('id', '=', post.renditions[0]?.url.split('/').at(-1) ?? '')
    .executeTakeFirstOrThrow();
  await region.grounds.media.remove(storeKey);
  assert.equal((await fetchFrom(post.renditions[0]?.url)).status, 500);
});

test('a deleted post leaves nothing on S3', async () => {
  await untilQuiet();
  const before = await keysInStore();
  const post = await publish('everyone', 73);
  await untilQuiet();
  assert.ok((await keysInStore()).length > before.length);
  await region.call('DELETE', `/api/v1/posts/${post.id}`, undefined, token);
  clock.forward(11 * 60_000);
  await eraseDeleted({ ...region.stores, ...region.grounds });
  await region.drainEvents();
  await sleep(100);
  assert.deepEqual(await keysInStore(), before);
});

test('what lies on S3 is in the backup, and comes back into another bucket', { skip: skipBackup() }, async () => {
  const dataDir = join(folder, 'original');
  const settings = readSettings({ PORT: '0', LOG_LEVEL: 'silent', DATA_DIR: dataDir, ...s3Settings });
  const original = await startStoredRegion(settings);
  const saved = await makeBackup(settings, join(folder, 'saved'), () => undefined);
  await original.close();
  assert.equal(saved.media.files, (await keysInStore()).length);
  const target = readSettings({
    PORT: '0',
    LOG_LEVEL: 'silent',
    DATA_DIR: join(folder, 'target'),
    ...s3Settings,
    S3_BUCKET: 'second',
  });
  const restored = await restoreBackup(target, join(folder, 'saved'));
  assert.deepEqual([restored.mediaFiles, restored.missing], [saved.media.files, []]);
  const store = await openMediaStore(target);
  const keys: string[] = [];
  for await (const file of store.list('')) keys.push(file.key);
  assert.deepEqual(keys.toSorted(), await keysInStore());
});

/** Here the embedded database is saved; the one on PostgreSQL: machine/backup.test.ts. */
function skipBackup(): string | false {
  return process.env.DATABASE_URL ? 'this one is about the embedded database' : false;
}
