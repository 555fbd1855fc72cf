/** Kills the server at a named step of one video's way, starts it again, and checks what must hold after every restart (quality.md, I1 to I10). */
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { probeSource } from '@vitrine/media';
import type { OwnPosts, Post } from '@vitrine/schema';
import { openDatabase } from '../platform/database.ts';
import type { KillPoint } from '../platform/kill-points.ts';
import { openLocalStore } from '../platform/media-store.ts';
import { readSettings } from '../platform/settings.ts';
import { systemWorld } from '../platform/world.ts';
import { compareStore } from '../transcode/sweep.ts';
import { freePort, startChild, type ChildServer, type Place } from './child-server.ts';
import { makeScratchDatabase } from './scratch-database.ts';
import { askOffset, getJson, idOf, openUpload, sendChunk, waitForAllRenditions, waitForPost } from './uploads.ts';

/** A folder on which servers are killed one after another. */
export interface FaultBench {
  place: Place & { settings: Record<string, string> };
  token: string;
  /** What was sent: upload id to SHA-256. */
  sent: Map<string, string>;
  close(): Promise<void>;
}

/** Makes the folder, with one account; on PostgreSQL when DATABASE_URL is set. */
export async function openFaultBench(): Promise<FaultBench> {
  const dataDir = await mkdtemp(join(tmpdir(), 'vitrine-faults-'));
  const scratch = process.env.DATABASE_URL ? await makeScratchDatabase(process.env.DATABASE_URL) : undefined;
  const place = { dataDir, port: await freePort(), settings: scratch ? { DATABASE_URL: scratch.url } : {} };
  const server = await startChild(place);
  try {
    const made = await fetch(`${server.url}/api/v1/accounts`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ handle: 'survivor', password: 'correct horse survivor', bearer: true }),
    });
    const { token } = (await made.json()) as { token: string };
    const close = async (): Promise<void> => {
      await scratch?.drop();
      await rm(dataDir, { recursive: true, force: true });
    };
    return { place, token, sent: new Map(), close };
  } finally {
    await server.stop();
  }
}

/** One person's wish to post one file, carried out step by step and gone on with after any failure. */
interface Attempt {
  bytes: Uint8Array;
  key: string;
  uploadId?: string;
  postId?: string;
}

async function publishOnce(bench: FaultBench, server: ChildServer, attempt: Attempt): Promise<void> {
  const { token } = bench;
  const { bytes, key } = attempt;
  if (!attempt.uploadId) {
    const opened = await openUpload(server, token, { sizeBytes: bytes.length, headers: { 'idempotency-key': key } });
    attempt.uploadId = idOf(opened);
    bench.sent.set(attempt.uploadId, createHash('sha256').update(bytes).digest('hex'));
  }
  const id = attempt.uploadId;
  let offset = await askOffset(server, token, id);
  const half = Math.ceil(bytes.length / 2);
  while (offset < bytes.length) {
    const sent = await sendChunk(server, token, { id, offset, bytes: bytes.subarray(offset, offset + half) });
    assert.equal(sent.status, 204, await sent.text());
    offset = Number(sent.headers.get('upload-offset'));
  }
  const made = await fetch(`${server.url}/api/v1/posts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'idempotency-key': key },
    body: JSON.stringify({ uploadId: id }),
  });
  assert.equal(made.status, 202, await made.clone().text());
  attempt.postId = ((await made.json()) as { id: string }).id;
}

/** Posts a file while the server is killed at a step; then starts it again and goes on. Fails when the step is never reached. */
export async function postThrough(bench: FaultBench, killAt: KillPoint, bytes: Uint8Array): Promise<void> {
  const attempt: Attempt = { bytes, key: `fault ${killAt}`.replaceAll(' ', '-') };
  const doomed = await startChild(bench.place, killAt);
  // What fails here failed because the server died; it is tried again below.
  await publishOnce(bench, doomed, attempt).catch(() => undefined);
  const signal = await Promise.race([doomed.ended, sleep(30_000, undefined, { ref: false })]);
  if (signal !== 'SIGKILL') {
    await doomed.stop();
    throw new Error(`the step "${killAt}" was never reached\n${doomed.log()}`);
  }
  const server = await startChild(bench.place);
  try {
    await publishOnce(bench, server, attempt);
    await checkPlays(bench, server, attempt);
  } finally {
    await server.stop();
  }
}

/** I2: what is visible can be played, whole. */
async function checkPlays(bench: FaultBench, server: ChildServer, attempt: Attempt): Promise<void> {
  const postId = attempt.postId ?? '';
  const post: Post = await waitForPost(server, bench.token, postId);
  assert.equal(post.state, 'published', JSON.stringify(post.problem));
  const whole = await waitForAllRenditions(server, bench.token, postId);
  const scratch = await mkdtemp(join(tmpdir(), 'vitrine-plays-'));
  try {
    for (const rendition of whole.renditions) {
      const bytes = Buffer.from(await (await fetch(new URL(rendition.url, server.url))).arrayBuffer());
      assert.equal(bytes.length, rendition.sizeBytes);
      await writeFile(join(scratch, 'served.mp4'), bytes);
      assert.equal((await probeSource({ path: join(scratch, 'served.mp4') })).kind, 'video');
    }
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

/** Everything that must hold on the folder, with a server running and then with none. */
export async function checkInvariants(bench: FaultBench): Promise<void> {
  const server = await startChild(bench.place);
  try {
    const { posts } = await getJson<OwnPosts>(server, bench.token, '/api/v1/me/posts?limit=50');
    // I3: each upload became one post, and no more.
    assert.equal(posts.length, bench.sent.size);
    for (const post of posts) assert.equal(post.state, 'published');
  } finally {
    await server.stop();
  }
  const { dataDir } = bench.place;
  const media = openLocalStore(join(dataDir, 'media'));
  // I1: every byte that was acknowledged is kept.
  for (const [id, sha256] of bench.sent) {
    const kept = createHash('sha256')
      .update(await readFile(join(dataDir, 'media', 'sources', id)))
      .digest('hex');
    assert.equal(kept, sha256);
  }
  assert.deepEqual(await readdir(join(dataDir, 'staging')), []);
  assert.deepEqual(await readdir(join(dataDir, 'work')), []);
  const database = await openDatabase(readSettings({ DATA_DIR: dataDir, ...bench.place.settings }));
  try {
    const { db } = database;
    const grounds = { db, world: systemWorld(), media, report: () => undefined };
    assert.deepEqual((await compareStore(grounds)).missing, [], 'every file that a row names is there');
    const published = await db.selectFrom('outbox').select('writer_key').where('kind', '=', 'post.published').execute();
    assert.equal(
      new Set(published.map((row) => row.writer_key)).size,
      published.length,
      'each post was published once',
    );
    assert.equal(published.length, bench.sent.size);
    // I9: the quota is what is held.
    const quota = await db.selectFrom('quotas').selectAll().executeTakeFirstOrThrow();
    const sources = await db.selectFrom('sources').select('size_bytes').execute();
    assert.equal(
      Number(quota.held_bytes),
      sources.reduce((sum, source) => sum + Number(source.size_bytes), 0),
    );
    assert.equal(Number(quota.reserved_bytes), 0);
  } finally {
    await database.close();
  }
}
