import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Post } from '@vitrine/schema';
import { openDatabase, type OpenDatabase } from './platform/database.ts';
import { readSettings } from './platform/settings.ts';
import { freePort, startChild, type ChildServer } from './testing/child-server.ts';
import { clipBytes } from './testing/clips.ts';
import { makeScratchDatabase, type ScratchDatabase } from './testing/scratch-database.ts';
import {
  askOffset,
  idOf,
  openUpload,
  sendChunk,
  sendUpload,
  waitForAllRenditions,
  waitForPost,
} from './testing/uploads.ts';

const server = process.env.DATABASE_URL;
const skip = server ? false : 'several processes need PostgreSQL: set DATABASE_URL';

describe('several processes over one PostgreSQL', { skip }, () => {
  let folder: string;
  let scratch: ScratchDatabase;
  let database: OpenDatabase;
  let one: ChildServer;
  let two: ChildServer;
  let token: string;
  const running: ChildServer[] = [];

  async function start(role: 'web' | 'worker', own: Record<string, string> = {}): Promise<ChildServer> {
    const settings = { DATABASE_URL: scratch.url, ROLE: role, ...own };
    const started = await startChild({ dataDir: join(folder, 'data'), port: await freePort(), settings });
    running.push(started);
    return started;
  }

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vitrine-roles-'));
    scratch = await makeScratchDatabase(server ?? '');
    // Both at once: the tables are made once.
    [one, two] = await Promise.all([start('web'), start('web')]);
    database = await openDatabase(readSettings({ DATABASE_URL: scratch.url }));
    token = await signUp('anna');
  });
  after(async () => {
    await Promise.all(running.map((each) => each.stop()));
    await database.close();
    await scratch.drop();
    await rm(folder, { recursive: true, force: true });
  });

  async function signUp(handle: string): Promise<string> {
    const made = await fetch(`${one.url}/api/v1/accounts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ handle, password: `correct horse ${handle}`, bearer: true }),
    });
    return ((await made.json()) as { token: string }).token;
  }

  async function publish(uploadId: string, by = token): Promise<string> {
    const made = await fetch(`${two.url}/api/v1/posts`, {
      method: 'POST',
      headers: { authorization: `Bearer ${by}`, 'content-type': 'application/json' },
      body: JSON.stringify({ uploadId }),
    });
    assert.equal(made.status, 202, await made.clone().text());
    return ((await made.json()) as { id: string }).id;
  }

  async function checkServed(post: Post): Promise<void> {
    assert.equal(post.state, 'published', JSON.stringify(post.problem));
    for (const rendition of post.renditions) {
      const bytes = await (await fetch(new URL(rendition.url, two.url))).arrayBuffer();
      assert.equal(bytes.byteLength, rendition.sizeBytes);
    }
  }

  /** Every job with the times it was taken. */
  const jobs = () => database.db.selectFrom('jobs').selectAll().execute();

  test('a file sent in pieces to two web processes in turn is encoded by a worker and watched at either', async () => {
    const bytes = await clipBytes({ hueDegrees: 11, durationMs: 500, codec: 'hevc' });
    const sha256 = createHash('sha256').update(bytes).digest('hex');
    const id = idOf(await openUpload(one, token, { sizeBytes: bytes.length, metadata: { sha256 } }));
    const step = Math.ceil(bytes.length / 5);
    for (let offset = 0, turn = 0; offset < bytes.length; turn += 1) {
      const to = turn % 2 === 0 ? two : one;
      assert.equal(await askOffset(to === one ? two : one, token, id), offset);
      const sent = await sendChunk(to, token, { id, offset, bytes: bytes.subarray(offset, offset + step) });
      assert.equal(sent.status, 204, await sent.text());
      offset += step;
    }
    const postId = await publish(id);
    assert.equal((await jobs()).filter((job) => job.state !== 'waiting').length, 0, 'web processes take no jobs');
    await start('worker');
    await waitForPost(two, token, postId);
    await checkServed(await waitForAllRenditions(two, token, postId));
  });

  test('web processes with folders of their own refuse what lies with another, and lose nothing', async () => {
    const apart = await start('web', { STAGING_DIR: join(folder, 'apart') });
    const bytes = await clipBytes({ hueDegrees: 22, durationMs: 300 });
    const half = Math.ceil(bytes.length / 2);
    const id = idOf(await openUpload(one, token, { sizeBytes: bytes.length }));
    assert.equal((await sendChunk(one, token, { id, offset: 0, bytes: bytes.subarray(0, half) })).status, 204);
    const refused = await sendChunk(apart, token, { id, offset: half, bytes: bytes.subarray(half) });
    assert.equal(refused.status, 503);
    assert.equal(refused.headers.get('retry-after'), '1');
    assert.match(await refused.text(), /upload_elsewhere/);
    await assert.rejects(askOffset(apart, token, id), /503/);
    assert.equal((await sendChunk(two, token, { id, offset: half, bytes: bytes.subarray(half) })).status, 204);
    assert.equal((await waitForPost(apart, token, await publish(id))).state, 'published');
    assert.deepEqual(await readdir(join(folder, 'apart')), []);
  });

  test('a worker that is killed in the middle is followed by another at once', async () => {
    const doomed = await startChild(
      {
        dataDir: join(folder, 'data'),
        port: await freePort(),
        settings: { DATABASE_URL: scratch.url, ROLE: 'worker', MEDIA_PROCESSES: '3' },
      },
      'mid-encode',
    );
    // The other worker may take some; of so many at once the doomed one gets its part.
    const ids: string[] = [];
    for (const hueDegrees of [31, 32, 33, 34, 35])
      ids.push(
        await publish(await sendUpload(one, token, await clipBytes({ hueDegrees, durationMs: 700, codec: 'hevc' }))),
      );
    assert.equal(await Promise.race([doomed.ended, sleep(60_000, 'lives', { ref: false })]), 'SIGKILL');
    for (const id of ids) {
      await waitForPost(two, token, id);
      await checkServed(await waitForAllRenditions(two, token, id));
    }
  });

  test('three takers in two workers do each job once', async () => {
    await start('worker', { MEDIA_PROCESSES: '2' });
    const other = await signUp('ben');
    const [before, ids] = [new Set((await jobs()).map((job) => job.id)), [] as [string, string][]];
    for (const hueDegrees of [41, 42, 43, 44])
      ids.push([token, await publish(await sendUpload(one, token, await clipBytes({ hueDegrees, durationMs: 400 })))]);
    ids.push([
      other,
      await publish(await sendUpload(one, other, await clipBytes({ hueDegrees: 45, durationMs: 400 })), other),
    ]);
    for (const [by, id] of ids) {
      await waitForPost(two, by, id);
      await checkServed(await waitForAllRenditions(two, by, id));
    }
    const made = async () => (await jobs()).filter((job) => !before.has(job.id));
    for (
      let tries = 0;
      tries < 300 && (await made()).some(({ state }) => state === 'waiting' || state === 'running');
      tries += 1
    )
      await sleep(100);
    const done = await made();
    assert.deepEqual(
      done.map((job) => [job.kind, job.state, job.attempts]),
      done.map((job) => [job.kind, 'done', 1]),
    );
    const told = await database.db
      .selectFrom('outbox')
      .select('writer_key')
      .where('kind', '=', 'post.published')
      .execute();
    assert.equal(new Set(told.map((row) => row.writer_key)).size, told.length);
  });

  test('what one process withdraws is gone at the other within two seconds', async () => {
    const id = await publish(await sendUpload(one, token, await clipBytes({ hueDegrees: 51, durationMs: 300 })));
    await waitForPost(two, token, id);
    const { renditions } = await waitForAllRenditions(two, token, id);
    const path = renditions[0]?.url ?? '';
    assert.equal((await fetch(two.url + path)).status, 200);
    const gone = await fetch(`${one.url}/api/v1/posts/${id}`, {
      method: 'DELETE',
      headers: { authorization: `Bearer ${token}` },
    });
    assert.ok(gone.ok, String(gone.status));
    await sleep(2000);
    assert.equal((await fetch(two.url + path)).status, 404);
    assert.equal((await fetch(`${two.url}/api/v1/posts/${id}`)).status, 404);
  });
});
