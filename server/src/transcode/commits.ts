/** What a job found or made, written in the one transaction that ends the job under its fence. */
import {
  placeholderUrl,
  type Poster,
  type RenditionFile,
  type SoundProbe,
  type Storyboard,
  type VideoProbe,
} from '@vitrine/media';
import type { Db, Tx } from '../platform/database.ts';
import { finishJob, type Job } from '../platform/jobs.ts';
import { reach } from '../platform/kill-points.ts';
import { writeEvent } from '../platform/outbox.ts';
import type { World } from '../platform/world.ts';
import { deleteFiles, insertFiles, type KeptFile } from './files.ts';
import { moveRungs, readRungs, type RungStep } from './progress.ts';
import { settleFiles } from './silence.ts';
import { ask } from './asking.ts';

/** The database and the clock. */
interface CommitGrounds {
  db: Db;
  world: World;
}

/** Stills and the files they were kept as. */
export interface KeptStills {
  poster: Poster;
  posterFile: KeptFile;
  posterAvifFile: KeptFile;
  storyboard: Storyboard;
  storyboardFile: KeptFile;
  /** The moment that was asked for; undefined: we chose it. */
  askedCoverMs: number | undefined;
}

/** A rendition and the files it was kept as. */
export interface KeptRendition {
  made: RenditionFile;
  file: KeptFile;
}

/** Playlists: one for all, one for each rendition. Replaces those before. */
export interface KeptPlaylists {
  master: KeptFile;
  all: KeptFile[];
  /** The rendition files that they name: a change of ids in between makes them worthless. */
  renditionFileIds: string[];
}

type VideoRow = NonNullable<Awaited<ReturnType<typeof lockVideo>>>;

async function lockVideo(tx: Tx, id: string) {
  return tx.selectFrom('videos').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

/** Runs a commit on the locked row; a video that is gone just ends the job. Returns keys to remove from the store. */
async function commit(
  grounds: CommitGrounds,
  job: Job,
  write: (tx: Tx, video: VideoRow) => Promise<string[]>,
): Promise<string[]> {
  return grounds.db.transaction().execute(async (tx) => {
    const video = await lockVideo(tx, job.subjectId);
    await finishJob(tx, grounds.world, job);
    return video ? write(tx, video) : [];
  });
}

/** Keeps what probing found; asks for the first rendition unless the studio still edits. */
export async function keepProbe(
  grounds: CommitGrounds,
  job: Job,
  found: { probe: VideoProbe; rungs: RungStep[]; stills?: KeptStills },
): Promise<string[]> {
  const { world } = grounds;
  return commit(grounds, job, async (tx, video) => {
    if (video.state !== 'received') return [];
    const { probe } = found;
    await writeProbe(tx, video.id, probe);
    await tx
      .updateTable('videos')
      .set({ state: 'probed', rungs: JSON.stringify(found.rungs) })
      .where('id', '=', video.id)
      .execute();
    const removed = found.stills ? await writeStills(tx, grounds, { video, stills: found.stills }) : [];
    await writeEvent(tx, world, { kind: 'video.probed', writerKey: video.id, body: { videoId: video.id } });
    const kind = video.is_waiting ? 'video.preview' : 'video.first';
    await ask(tx, world, { kind, videoId: video.id, accountId: video.account_id });
    return removed;
  });
}

/** The file holds sound and no pictures: nothing is encoded here. The sound's own folder hears of it. */
export async function keepSoundProbe(grounds: CommitGrounds, job: Job, probe: SoundProbe): Promise<string[]> {
  return commit(grounds, job, async (tx, video) => {
    if (video.state !== 'received') return [];
    await tx
      .updateTable('videos')
      .set({ state: 'sound', probe: JSON.stringify(probe), duration_ms: probe.durationMs, has_audio: true })
      .where('id', '=', video.id)
      .execute();
    await writeEvent(tx, grounds.world, {
      kind: 'upload.sound',
      writerKey: video.id,
      body: { uploadId: video.id, accountId: video.account_id, isEditing: video.is_waiting },
    });
    if (video.is_waiting)
      await ask(tx, grounds.world, { kind: 'video.preview', videoId: video.id, accountId: video.account_id });
    return [];
  });
}

async function writeProbe(tx: Tx, id: string, probe: VideoProbe): Promise<void> {
  await tx
    .updateTable('videos')
    .set({
      probe: JSON.stringify(probe),
      duration_ms: probe.durationMs,
      width_px: probe.widthPx,
      height_px: probe.heightPx,
      has_audio: probe.hasAudio,
    })
    .where('id', '=', id)
    .execute();
}

/** Keeps renditions with everything that a viewer needs. The first ones make the video playable. */
export async function keepRenditions(
  grounds: CommitGrounds,
  job: Job,
  made: {
    renditions: KeptRendition[];
    rungs: RungStep[];
    stills?: KeptStills;
    playlists: KeptPlaylists;
    isComplete: boolean;
    /** Of what was put together: it becomes known with its first rendition. */
    probe?: VideoProbe;
  },
): Promise<string[]> {
  const { world } = grounds;
  reach("before renditions' commit");
  const removed = await commit(grounds, job, async (tx, video) => {
    if (video.state !== 'ready' && video.state !== (made.probe ? 'received' : 'probed')) return [];
    const now = world.now();
    const isFirst = video.state !== 'ready';
    if (made.probe) await writeProbe(tx, video.id, made.probe);
    await insertFiles(tx, world, { ...ownerOf(video), files: made.renditions.map((rendition) => rendition.file) });
    for (const { made: rendition, file } of made.renditions)
      await insertRendition(tx, grounds, { videoId: video.id, rendition, file });
    if (video.is_muted) {
      await settleFiles(tx, world, video.id);
      await ask(tx, world, { kind: 'video.silence', videoId: video.id, accountId: video.account_id });
    }
    const stale = made.stills ? await writeStills(tx, grounds, { video, stills: made.stills }) : [];
    const replaced = await writePlaylists(tx, grounds, { video, playlists: made.playlists });
    await tx
      .updateTable('videos')
      .set({
        state: 'ready',
        playable_at: video.playable_at ?? now,
        complete_at: made.isComplete ? now : null,
        rungs: JSON.stringify(moveRungs(readRungs(video.rungs), made.rungs)),
      })
      .where('id', '=', video.id)
      .execute();
    if (isFirst)
      await writeEvent(tx, world, { kind: 'video.playable', writerKey: video.id, body: { videoId: video.id } });
    if (!made.isComplete) await ask(tx, world, { kind: 'video.rest', videoId: video.id, accountId: video.account_id });
    return [...stale, ...replaced, ...(isFirst ? await deletePreviews(tx, video.id) : [])];
  });
  reach('committed');
  return removed;
}

/** Keeps another poster. */
export async function keepPoster(grounds: CommitGrounds, job: Job, stills: KeptStills): Promise<string[]> {
  return commit(grounds, job, (tx, video) => writeStills(tx, grounds, { video, stills }));
}

/** Keeps playlists that were written again. */
export async function keepPlaylists(grounds: CommitGrounds, job: Job, playlists: KeptPlaylists): Promise<string[]> {
  return commit(grounds, job, (tx, video) => writePlaylists(tx, grounds, { video, playlists }));
}

/** Keeps what the studio plays: a small copy that is served to the upload's owner alone. */
export async function keepPreview(grounds: CommitGrounds, job: Job, file: KeptFile): Promise<string[]> {
  return commit(grounds, job, async (tx, video) => {
    if (!video.is_waiting) return [file.storeKey];
    const removed = await deletePreviews(tx, video.id);
    await insertFiles(tx, grounds.world, { ...ownerOf(video), isPublic: false, files: [file] });
    return removed;
  });
}

async function deletePreviews(tx: Tx, videoId: string): Promise<string[]> {
  const rows = await tx
    .selectFrom('media_files')
    .select('id')
    .where('video_id', '=', videoId)
    .where('kind', '=', 'preview')
    .execute();
  return deleteFiles(
    tx,
    rows.map((row) => row.id),
  );
}

/** The other renditions could not be made: the video stays as it is, playable. */
export async function endRungs(grounds: CommitGrounds, videoId: string): Promise<void> {
  await grounds.db.transaction().execute(async (tx) => {
    const video = await lockVideo(tx, videoId);
    if (!video || video.complete_at) return;
    const rungs = readRungs(video.rungs).map((rung) =>
      rung.state === 'done' ? rung : { ...rung, state: 'failed' as const },
    );
    await tx
      .updateTable('videos')
      .set({ complete_at: grounds.world.now(), rungs: JSON.stringify(rungs) })
      .where('id', '=', videoId)
      .execute();
  });
}

function ownerOf(video: VideoRow) {
  return { accountId: video.account_id, videoId: video.id, isPublic: video.is_public };
}

/** Names a kept rendition. */
export async function insertRendition(
  tx: Tx,
  { world }: CommitGrounds,
  given: { videoId: string; rendition: RenditionFile; file: KeptFile; isSilent?: boolean },
): Promise<void> {
  const { rendition } = given;
  await tx
    .insertInto('renditions')
    .values({
      video_id: given.videoId,
      id: world.newId(),
      file_id: given.file.id,
      height_px: rendition.heightPx,
      width_px: rendition.widthPx,
      codec: rendition.codec,
      bitrate_bps: Math.round(rendition.bitrateBps),
      size_bytes: rendition.sizeBytes,
      head_bytes: rendition.headBytes,
      fragments: JSON.stringify({ ...rendition.index, fps: rendition.fps }),
      is_silent: given.isSilent ?? false,
      created_at: world.now(),
    })
    .execute();
}

/** Replaces poster and storyboard; asks again when another cover was wanted meanwhile. */
async function writeStills(
  tx: Tx,
  { world }: CommitGrounds,
  given: { video: VideoRow; stills: KeptStills },
): Promise<string[]> {
  const { video, stills } = given;
  const { poster, storyboard } = stills;
  await insertFiles(tx, world, {
    ...ownerOf(video),
    files: [stills.posterFile, stills.posterAvifFile, stills.storyboardFile],
  });
  await tx
    .updateTable('videos')
    .set({
      poster_file_id: stills.posterFile.id,
      poster_avif_file_id: stills.posterAvifFile.id,
      poster_placeholder: placeholderUrl(poster.placeholder) ?? null,
      poster_is_bright: poster.isBright,
      storyboard_file_id: stills.storyboardFile.id,
      storyboard_frames: storyboard.frames,
      storyboard_width_px: storyboard.frameWidthPx,
      storyboard_height_px: storyboard.frameHeightPx,
    })
    .where('id', '=', video.id)
    .execute();
  if ((video.cover_ms ?? undefined) !== stills.askedCoverMs)
    await ask(tx, world, { kind: 'video.poster', videoId: video.id, accountId: video.account_id });
  return deleteFiles(tx, [video.poster_file_id, video.poster_avif_file_id, video.storyboard_file_id]);
}

/** Replaces the playlists; if the renditions took new ids meanwhile, asks for them again instead. */
async function writePlaylists(
  tx: Tx,
  { world }: CommitGrounds,
  given: { video: VideoRow; playlists: KeptPlaylists },
): Promise<string[]> {
  const { video, playlists } = given;
  const rows = await tx
    .selectFrom('renditions')
    .select('file_id')
    .where('video_id', '=', video.id)
    .where('is_silent', '=', video.is_muted)
    .execute();
  const now = new Set(rows.map((row) => row.file_id));
  const old = await tx
    .selectFrom('media_files')
    .select('id')
    .where('video_id', '=', video.id)
    .where('kind', 'in', ['hls', 'hls-rendition'])
    .execute();
  const removed = await deleteFiles(
    tx,
    old.map((file) => file.id),
  );
  const isCurrent =
    playlists.renditionFileIds.length === now.size && playlists.renditionFileIds.every((id) => now.has(id));
  if (isCurrent) await insertFiles(tx, world, { ...ownerOf(video), files: playlists.all });
  else await ask(tx, world, { kind: 'video.playlists', videoId: video.id, accountId: video.account_id });
  await tx
    .updateTable('videos')
    .set({ hls_file_id: isCurrent ? playlists.master.id : null })
    .where('id', '=', video.id)
    .execute();
  return isCurrent ? removed : [...removed, ...playlists.all.map((file) => file.storeKey)];
}
