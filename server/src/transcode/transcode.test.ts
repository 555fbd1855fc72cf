import assert from 'node:assert/strict';
import { mkdtemp, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { StaleFence, type Job } from '../platform/jobs.ts';
import { clipBytes } from '../testing/clips.ts';
import { startTestRegion, type TestRegion } from '../testing/region.ts';
import { getJson, sendUpload, waitForPost, waitForUpload } from '../testing/uploads.ts';
import { keepProbe } from './commits.ts';
import { moveRungs, throttled } from './progress.ts';
import { compareStore } from './sweep.ts';

let region: TestRegion;
let token: string;
before(async () => {
  region = await startTestRegion();
  ({ token } = await region.signUp('maker'));
});
after(() => region.close());

test('the result of a job that was taken over is not kept', async () => {
  const { db } = region.database;
  const uploadId = await sendUpload(region, token, await clipBytes({ hueDegrees: 210 }), { editing: 'true' });
  await waitForUpload(region, token, uploadId);
  const { probe } = (await region.stores.videos.one(uploadId)) ?? {};
  assert.ok(probe);
  await db.updateTable('videos').set({ state: 'received' }).where('id', '=', uploadId).execute();
  const row = await db.selectFrom('jobs').select('id').where('subject_id', '=', uploadId).executeTakeFirstOrThrow();
  await db
    .updateTable('jobs')
    .set({ state: 'running', fence: '7', lease_until: new Date(Date.now() + 60_000) })
    .where('id', '=', row.id)
    .execute();
  const zombie: Job = {
    id: row.id,
    kind: 'video.probe',
    subjectId: uploadId,
    accountId: undefined,
    body: {},
    fence: 6,
    attempts: 1,
    signal: new AbortController().signal,
  };
  await assert.rejects(keepProbe(region.grounds, zombie, { probe, rungs: [] }), StaleFence);
  assert.equal((await region.stores.videos.one(uploadId))?.state, 'received');
  await keepProbe(region.grounds, { ...zombie, fence: 7 }, { probe, rungs: [] });
  assert.equal((await region.stores.videos.one(uploadId))?.state, 'probed');
});

test('files that no row names go after a day; a named file that is missing is reported and left', async () => {
  const { db } = region.database;
  const { media } = region.grounds;
  const uploadId = await sendUpload(region, token, await clipBytes({ hueDegrees: 220 }));
  await waitForUpload(region, token, uploadId);
  const scratch = await mkdtemp(join(tmpdir(), 'vitrine-sweep-'));
  try {
    await writeFile(join(scratch, 'x'), 'left by a dead job');
    await media.put('videos/dead/1/old', join(scratch, 'x'));
    await media.put('videos/dead/1/young', join(scratch, 'x'));
    await media.put('others/own', join(scratch, 'x'));
    const longAgo = new Date(Date.now() - 25 * 3_600_000);
    for (const key of ['videos/dead/1/old', 'others/own', `sources/${uploadId}`]) {
      await utimes(join(region.dataDir, 'media', key), longAgo, longAgo);
    }
    const lost = await db
      .selectFrom('media_files')
      .select('store_key')
      .where('kind', '=', 'poster')
      .executeTakeFirstOrThrow();
    await media.remove(lost.store_key);
    const reported: string[] = [];
    const { removed, missing } = await compareStore({
      ...region.grounds,
      report: (file) => reported.push(file.storeKey),
    });
    assert.deepEqual(removed, ['videos/dead/1/old']);
    assert.deepEqual([missing, reported], [[lost.store_key], [lost.store_key]]);
    assert.ok(await media.stat(`sources/${uploadId}`));
    assert.ok(await media.stat('others/own'));
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
});

test('a broken sound, captions alone and what is neither are told apart, and none of them stays', async () => {
  for (const [bytes, code] of [
    [Buffer.concat([Buffer.from('fLaC\0\0\0\x22', 'latin1'), Buffer.alloc(4000, 7)]), 'corrupt'],
    [Buffer.from('WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n'), 'caption_alone'],
    [Buffer.from('{"a": 1}'), 'not_media'],
  ] as const) {
    const id = await sendUpload(region, token, bytes);
    const upload = await waitForUpload(region, token, id);
    assert.equal(upload.problem?.code, code, JSON.stringify(upload.problem));
    assert.equal(await region.stores.uploads.source(id), undefined);
  }
});

test('a post whose upload is refused says why to its author alone', async () => {
  const id = await sendUpload(region, token, Buffer.from('no video at all'), { editing: 'true' });
  const made = await region.call('POST', '/api/v1/posts', { uploadId: id }, token);
  if (made.status === 202) {
    const { id: postId }: { id: string } = made.body;
    const post = await waitForPost(region, token, postId);
    assert.equal(post.state, 'failed');
  } else {
    assert.equal(made.status, 422);
  }
  const { uploads } = await getJson<{ uploads: { id: string; problem?: { detail: string } }[] }>(
    region,
    token,
    '/api/v1/me/uploads',
  );
  assert.ok(made.status === 202 || uploads.find((upload) => upload.id === id)?.problem?.detail);
});

test('rungs move on by their short side, smallest first', () => {
  const planned = [
    { heightPx: 540, fraction: 0, state: 'waiting' as const },
    { heightPx: 720, fraction: 0, state: 'waiting' as const },
  ];
  const moved = moveRungs(planned, [{ heightPx: 540, fraction: 0.5, state: 'running' }]);
  assert.deepEqual(
    moved.map((rung) => rung.fraction),
    [0.5, 0],
  );
});

test('progress is written now and then, the newest, and no more after its end', async () => {
  const written: number[] = [];
  const writer = throttled<number>(20, async (value) => void written.push(value));
  for (let n = 0; n < 100; n += 1) writer.push(n);
  await new Promise((resolve) => setTimeout(resolve, 60));
  assert.deepEqual(written, [99]);
  writer.push(100);
  await writer.stop();
  await new Promise((resolve) => setTimeout(resolve, 40));
  assert.deepEqual(written, [99]);
});
