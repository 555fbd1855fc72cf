/** Rows of videos: their beginning, their end, and what others may ask of them. */
import type { VideoProbe } from '@vitrine/media';
import type { Db, Tx } from '../platform/database.ts';
import { finishJob, type Job } from '../platform/jobs.ts';
import { writeEvent } from '../platform/outbox.ts';
import type { World } from '../platform/world.ts';
import type { UploadStore } from '../upload/store.ts';
import { ask } from './asking.ts';
import { beginComposed, refuseComposed } from './compose-rows.ts';
import { newFileId } from './files.ts';
import { beginPhotos } from './photo-rows.ts';
import { readRungs, type RungStep } from './progress.ts';
import { muteVideo, settleFiles, type Muting } from './silence.ts';

/** received -> probed -> ready (playable) | failed; or received -> sound: there are no pictures in it. */
type VideoState = 'received' | 'probed' | 'ready' | 'failed' | 'sound';

/** A video as kept. */
export interface Video {
  id: string;
  accountId: string;
  kind: 'video' | 'photos';
  state: VideoState;
  /** The studio still edits: nothing is encoded yet. */
  isWaiting: boolean;
  isPublic: boolean;
  probe: VideoProbe | undefined;
  problem: { code: string; detail: string } | undefined;
  durationMs: number | null;
  widthPx: number | null;
  heightPx: number | null;
  hasAudio: boolean | null;
  coverMs: number | undefined;
  posterFileId: string | undefined;
  storyboard: { fileId: string; frames: number; frameWidthPx: number; frameHeightPx: number } | undefined;
  rungs: RungStep[];
}

/** The owner of videos. */
export type VideoStore = ReturnType<typeof videoStore>;

/** Opens the store. */
export function videoStore(db: Db, world: World) {
  return {
    /** A source has arrived: called in the transaction that keeps it. */
    async begin(tx: Tx, source: { id: string; accountId: string; isEditing: boolean }): Promise<void> {
      await tx
        .insertInto('videos')
        .values({
          account_id: source.accountId,
          id: source.id,
          source_id: source.id,
          state: 'received',
          is_waiting: source.isEditing,
          created_at: world.now(),
        })
        .execute();
      await ask(tx, world, { kind: 'video.probe', videoId: source.id, accountId: source.accountId });
    },
    /** Of several uploads: a video that is rendered by the job `video.compose`, or photos. */
    compose: (tx: Tx, wanted: Parameters<typeof beginComposed>[2]) => beginComposed(tx, world, wanted),
    composePhotos: (tx: Tx, set: Parameters<typeof beginPhotos>[2]) => beginPhotos(tx, world, set),
    refuse: (tx: Tx, refused: Parameters<typeof refuseComposed>[2]) => refuseComposed(tx, world, refused),
    one: (id: string) => oneVideo(db, id),
    read: oneVideo,
    /** The studio is done: encode now. */
    encode: (tx: Tx, id: string) => encodeVideo(tx, world, id),
    /** Another cover: made again from the source when there is one already. */
    async setCover(tx: Tx, id: string, coverMs: number): Promise<void> {
      const row = await tx
        .updateTable('videos')
        .set({ cover_ms: coverMs })
        .where('id', '=', id)
        .returning(['poster_file_id', 'account_id', 'state'])
        .executeTakeFirst();
      if (row?.poster_file_id) await ask(tx, world, { kind: 'video.poster', videoId: id, accountId: row.account_id });
    },
    show: (tx: Tx, id: string, isPublic: boolean) => showVideo(tx, world, { id, isPublic }),
    /** Takes the files off every address, or gives them back. */
    async withdraw(tx: Tx, id: string, isWithdrawn: boolean): Promise<void> {
      await lockVideo(tx, id);
      await tx.updateTable('videos').set({ is_withdrawn: isWithdrawn }).where('id', '=', id).execute();
      await settleFiles(tx, world, id);
    },
    /** Silences the video, or gives its sound back; see `Muting`. */
    mute: (tx: Tx, muting: Muting) => muteVideo(tx, world, muting),
    discard: discardVideo,
    setRungs: async (id: string, rungs: readonly RungStep[]) =>
      void (await db
        .updateTable('videos')
        .set({ rungs: JSON.stringify(rungs) })
        .where('id', '=', id)
        .where('complete_at', 'is', null)
        .execute()),
  };
}

/** Ends the waiting for the studio. */
async function encodeVideo(tx: Tx, world: World, id: string): Promise<void> {
  const row = await tx
    .updateTable('videos')
    .set({ is_waiting: false })
    .where('id', '=', id)
    .where('is_waiting', '=', true)
    .returning(['state', 'account_id', 'kind'])
    .executeTakeFirst();
  if (row?.state !== 'probed') return;
  const kind = row.kind === 'photos' ? 'video.photos' : 'video.first';
  await ask(tx, world, { kind, videoId: id, accountId: row.account_id });
}

/** Every change of a video's files holds its row first, so that no two wait for each other. */
async function lockVideo(tx: Tx, id: string): Promise<void> {
  await tx.selectFrom('videos').select('id').where('id', '=', id).forUpdate().execute();
}

/** Reads one video, in a transaction or outside. */
async function oneVideo(db: Db | Tx, id: string): Promise<Video | undefined> {
  const row = await db.selectFrom('videos').selectAll().where('id', '=', id).executeTakeFirst();
  if (!row) return undefined;
  return {
    id: row.id,
    accountId: row.account_id,
    kind: row.kind === 'photos' ? 'photos' : 'video',
    state: toState(row.state),
    isWaiting: row.is_waiting,
    isPublic: row.is_public,
    // Written by this folder alone, from what packages/media answered.
    probe: (row.probe ?? undefined) as VideoProbe | undefined,
    problem: row.problem_code ? { code: row.problem_code, detail: row.problem_detail ?? '' } : undefined,
    durationMs: row.duration_ms,
    widthPx: row.width_px,
    heightPx: row.height_px,
    hasAudio: row.has_audio,
    coverMs: row.cover_ms ?? undefined,
    posterFileId: row.poster_file_id ?? undefined,
    storyboard: row.storyboard_file_id
      ? {
          fileId: row.storyboard_file_id,
          frames: row.storyboard_frames ?? 0,
          frameWidthPx: row.storyboard_width_px ?? 0,
          frameHeightPx: row.storyboard_height_px ?? 0,
        }
      : undefined,
    rungs: readRungs(row.rungs),
  };
}

function toState(state: string): VideoState {
  const known = (['received', 'probed', 'ready', 'failed', 'sound'] as const).find((word) => word === state);
  if (known) return known;
  throw new Error(`a video in the state ${state}`);
}

/** Changes where the files are served; every file takes a new id, so that old addresses die at once. Playlists are written again by a job. */
async function showVideo(
  tx: Tx,
  world: World,
  given: { id: string; isPublic: boolean },
): Promise<ReadonlyMap<string, string>> {
  const renamed = new Map<string, string>();
  const video = await tx
    .updateTable('videos')
    .set({ is_public: given.isPublic })
    .where('id', '=', given.id)
    .where('is_public', '!=', given.isPublic)
    .returningAll()
    .executeTakeFirst();
  if (!video) return renamed;
  // What the studio plays stays its owner's.
  const files = await tx
    .selectFrom('media_files')
    .select('id')
    .where('video_id', '=', given.id)
    .where('kind', '!=', 'preview')
    .execute();
  for (const { id } of files) {
    const next = newFileId(world);
    renamed.set(id, next);
    await tx.updateTable('media_files').set({ id: next, is_public: given.isPublic }).where('id', '=', id).execute();
    await tx
      .updateTable('renditions')
      .set({ file_id: next })
      .where('video_id', '=', given.id)
      .where('file_id', '=', id)
      .execute();
    await tx
      .updateTable('photo_files')
      .set({ file_id: next })
      .where('video_id', '=', given.id)
      .where('file_id', '=', id)
      .execute();
  }
  const renew = (id: string | null) => (id === null ? null : (renamed.get(id) ?? null));
  await tx
    .updateTable('videos')
    .set({
      poster_file_id: renew(video.poster_file_id),
      poster_avif_file_id: renew(video.poster_avif_file_id),
      storyboard_file_id: renew(video.storyboard_file_id),
      hls_file_id: null,
    })
    .where('id', '=', given.id)
    .execute();
  if (video.hls_file_id)
    await ask(tx, world, { kind: 'video.playlists', videoId: given.id, accountId: video.account_id });
  return renamed;
}

/** Forgets a video and its files; returns the keys to remove from the store after the commit. */
async function discardVideo(tx: Tx, id: string): Promise<string[]> {
  await lockVideo(tx, id);
  const files = await tx.deleteFrom('media_files').where('video_id', '=', id).returning('store_key').execute();
  for (const table of ['renditions', 'photos', 'photo_files'] as const)
    await tx.deleteFrom(table).where('video_id', '=', id).execute();
  await tx.deleteFrom('videos').where('id', '=', id).execute();
  await tx
    .deleteFrom('jobs')
    .where('subject_id', '=', id)
    .where('state', '=', 'waiting')
    .where('kind', 'like', 'video.%')
    .execute();
  return files.map((file) => file.store_key);
}

/** What failing a video needs. */
interface FailGrounds {
  db: Db;
  world: World;
  uploads: UploadStore;
}

/**
 * Ends a video that cannot be taken: nothing of it stays but one clear reason. Its job ends in the same transaction, if it is given.
 * @returns the keys to remove from the store
 */
export async function failVideo(
  { db, world, uploads }: FailGrounds,
  id: string,
  given: { code: string; detail: string; job?: Job },
): Promise<string[]> {
  return db.transaction().execute(async (tx) => {
    const reason = { code: given.code, detail: given.detail };
    // In the order in which publishing takes them: the upload first.
    await uploads.lock(tx, id);
    const failed = await tx
      .updateTable('videos')
      .set({
        state: 'failed',
        problem_code: reason.code,
        problem_detail: reason.detail,
        poster_file_id: null,
        poster_avif_file_id: null,
        storyboard_file_id: null,
        rungs: '[]',
      })
      .where('id', '=', id)
      .where('state', 'in', ['received', 'probed', 'sound'])
      .executeTakeFirst();
    if (given.job) await finishJob(tx, world, given.job);
    if (failed.numUpdatedRows !== 1n) return [];
    const files = await tx.deleteFrom('media_files').where('video_id', '=', id).returning('store_key').execute();
    const sourceKey = await uploads.release(tx, id, reason);
    await writeEvent(tx, world, { kind: 'video.failed', writerKey: id, body: { videoId: id, ...reason } });
    return [...files.map((file) => file.store_key), ...(sourceKey ? [sourceKey] : [])];
  });
}
