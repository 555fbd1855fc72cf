import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { emptyEdit, type SourceKey } from '@vitrine/edit';
import { videoEditSchema, type VideoEdit } from '@vitrine/schema';
import { clipBytes } from '../testing/clips.ts';
import { startTestRegion, type TestRegion } from '../testing/region.ts';
import { sendUpload, waitForUpload } from '../testing/uploads.ts';
import { compareStore } from './sweep.ts';
import type { Video } from './store.ts';

let region: TestRegion;
let accountId: string;
const uploads: string[] = [];

before(async () => {
  region = await startTestRegion();
  const { token, id } = await region.signUp('cutter');
  accountId = id;
  for (const hueDegrees of [10, 200]) {
    const bytes = await clipBytes({ hueDegrees, durationMs: 1500 });
    const uploadId = await sendUpload(region, token, bytes, { editing: 'true' });
    await waitForUpload(region, token, uploadId);
    uploads.push(uploadId);
  }
});
after(() => region.close());

function editOf(clips: object[], changes: Partial<VideoEdit> = {}): VideoEdit {
  return videoEditSchema.parse({ ...emptyEdit(), frame: '1:1', clips, ...changes });
}

const clip = (n: number, changes: object = {}): object => ({
  id: `c${n}`,
  source: { uploadId: uploads[n] },
  inMs: 0,
  outMs: 500,
  ...changes,
});

async function compose(edit: VideoEdit): Promise<Video> {
  const videoId = region.grounds.world.newId();
  const files = await Promise.all(
    uploads.map(async (id) => ({
      key: `upload:${id}` as SourceKey,
      storeKey: (await region.stores.uploads.source(id))?.storeKey ?? '',
    })),
  );
  await region.database.db
    .transaction()
    .execute((tx) => region.stores.videos.compose(tx, { videoId, accountId, order: { edit, files } }));
  for (;;) {
    const video = await region.stores.videos.one(videoId);
    if (video && video.state !== 'received' && video.rungs.every((rung) => rung.state === 'done')) return video;
    await sleep(100);
  }
}

test('two uploads and a text become one video with all its copies, a poster and a strip', async () => {
  const text = { id: 't', text: 'Hello', x: 0.5, y: 0.5, fromMs: 0, toMs: 500 };
  const edit = videoEditSchema.parse({ ...editOf([clip(0), clip(1, { filter: 'warm' })]), texts: [text] });
  const video = await compose(edit);
  assert.deepEqual([video.state, video.durationMs, video.widthPx, video.heightPx], ['ready', 1000, 1080, 1080]);
  assert.ok(video.posterFileId && video.storyboard);
  assert.deepEqual(
    video.rungs.map(({ heightPx, state }) => [heightPx, state]),
    [
      [540, 'done'],
      [720, 'done'],
      [1080, 'done'],
    ],
  );
  const copies = await region.database.db
    .selectFrom('renditions')
    .select(['height_px', 'is_silent'])
    .where('video_id', '=', video.id)
    .orderBy('height_px')
    .execute();
  assert.deepEqual(
    copies.map((copy) => copy.height_px),
    [540, 720, 1080],
  );
});

test('another cover is taken from what was put together', async () => {
  const video = await compose(editOf([clip(0), clip(1)]));
  const before = video.posterFileId;
  await region.database.db.transaction().execute((tx) => region.stores.videos.setCover(tx, video.id, 700));
  for (let n = 0; (await region.stores.videos.one(video.id))?.posterFileId === before; n += 1) {
    assert.ok(n < 200, 'the poster stayed as it was');
    await sleep(50);
  }
});

test('an edit that cannot be shown fails with its reason, and leaves no file', async () => {
  const video = await compose(editOf([clip(0, { inMs: 0, outMs: 9000 })]));
  assert.equal(video.state, 'failed');
  assert.equal(video.problem?.code, 'clip_outside_source');
  assert.match(video.problem.detail, /past the end of its file/);
});

test('what was put together keeps store and rows equal, and takes nothing from the quota', async () => {
  const { missing } = await compareStore({ ...region.grounds, report: () => undefined });
  assert.deepEqual(missing, []);
  const { db } = region.database;
  const held = await db
    .selectFrom('quotas')
    .select('held_bytes')
    .where('account_id', '=', accountId)
    .executeTakeFirstOrThrow();
  const sources = await db.selectFrom('sources').select('size_bytes').where('account_id', '=', accountId).execute();
  assert.equal(
    Number(held.held_bytes),
    sources.reduce((sum, source) => sum + Number(source.size_bytes), 0),
  );
});
