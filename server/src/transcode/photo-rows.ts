/** Rows of photos: a `videos` row of the kind `photos` has up to 35, each with a source. */
import { placeholderUrl, type PhotoCopies } from '@vitrine/media';
import type { Db, Tx } from '../platform/database.ts';
import { finishJob, type Job } from '../platform/jobs.ts';
import { reach } from '../platform/kill-points.ts';
import { writeEvent } from '../platform/outbox.ts';
import type { World } from '../platform/world.ts';
import { ask } from './asking.ts';
import { deleteFiles, insertFiles, type KeptFile } from './files.ts';

/** A photo of a set, before its copies are made. */
interface WantedPhoto {
  sourceId: string;
  altText: string;
}

/** The copies of a photo and the files they were kept as; the poster is its smaller picture for lists. */
export interface KeptPhoto {
  made: PhotoCopies;
  files: KeptFile[];
  poster: { jpeg: KeptFile; avif: KeptFile };
}

interface RowGrounds {
  db: Db;
  world: World;
}

/** Puts photos of several uploads together under an id of their own, and asks for their copies. */
export async function beginPhotos(
  tx: Tx,
  world: World,
  set: { videoId: string; accountId: string; photos: readonly WantedPhoto[] },
): Promise<void> {
  await tx
    .insertInto('videos')
    .values({
      account_id: set.accountId,
      id: set.videoId,
      source_id: null,
      kind: 'photos',
      state: 'probed',
      is_waiting: false,
      duration_ms: 0,
      has_audio: false,
      created_at: world.now(),
    })
    .execute();
  await insertPhotos(tx, set.videoId, set.photos);
  await ask(tx, world, { kind: 'video.photos', videoId: set.videoId, accountId: set.accountId });
}

async function insertPhotos(tx: Tx, videoId: string, photos: readonly WantedPhoto[]): Promise<void> {
  await tx
    .insertInto('photos')
    .values(
      photos.map(({ sourceId, altText }, position) => ({
        video_id: videoId,
        position,
        source_id: sourceId,
        alt_text: altText,
      })),
    )
    .execute();
}

/** The photos of a set, in their order. */
export async function photosOf(db: Db, videoId: string): Promise<{ position: number; sourceId: string }[]> {
  const rows = await db
    .selectFrom('photos')
    .select(['position', 'source_id'])
    .where('video_id', '=', videoId)
    .orderBy('position')
    .execute();
  return rows.map((row) => ({ position: row.position, sourceId: row.source_id }));
}

/** An upload turned out to be a photo. Asks for its copies unless the studio still edits; then it has a poster already. */
export async function keepPhotoProbe(
  { db, world }: RowGrounds,
  job: Job,
  found: { widthPx: number; heightPx: number; poster: KeptPhoto | undefined },
): Promise<string[]> {
  return db.transaction().execute(async (tx) => {
    const video = await lockPhotoVideo(tx, job.subjectId);
    await finishJob(tx, world, job);
    if (video?.state !== 'received') return [];
    await tx
      .updateTable('videos')
      .set({
        kind: 'photos',
        state: 'probed',
        duration_ms: 0,
        width_px: found.widthPx,
        height_px: found.heightPx,
        has_audio: false,
      })
      .where('id', '=', video.id)
      .execute();
    await insertPhotos(tx, video.id, [{ sourceId: video.id, altText: '' }]);
    if (found.poster) await writePoster(tx, world, { video, photo: found.poster });
    await writeEvent(tx, world, { kind: 'video.probed', writerKey: video.id, body: { videoId: video.id } });
    if (!video.is_waiting)
      await ask(tx, world, { kind: 'video.photos', videoId: video.id, accountId: video.account_id });
    return [];
  });
}

/** Keeps the copies of all photos of a set, which can be shown from now on. Returns keys to remove from the store. */
export async function keepPhotos({ db, world }: RowGrounds, job: Job, photos: readonly KeptPhoto[]): Promise<string[]> {
  reach("before renditions' commit");
  const removed = await db.transaction().execute(async (tx) => {
    const video = await lockPhotoVideo(tx, job.subjectId);
    await finishJob(tx, world, job);
    const [first] = photos;
    if (video?.state !== 'probed' || !first) return [];
    const owner = { accountId: video.account_id, videoId: video.id, isPublic: video.is_public };
    for (const [position, photo] of photos.entries()) {
      await insertFiles(tx, world, { ...owner, files: photo.files });
      await describePhoto(tx, { videoId: video.id, position, photo });
    }
    const stale = await writePoster(tx, world, { video, photo: first });
    const now = world.now();
    await tx
      .updateTable('videos')
      .set({
        state: 'ready',
        width_px: first.made.widthPx,
        height_px: first.made.heightPx,
        playable_at: now,
        complete_at: now,
        rungs: '[]',
      })
      .where('id', '=', video.id)
      .execute();
    await writeEvent(tx, world, { kind: 'video.playable', writerKey: video.id, body: { videoId: video.id } });
    return stale;
  });
  reach('committed');
  return removed;
}

async function describePhoto(
  tx: Tx,
  { videoId, position, photo }: { videoId: string; position: number; photo: KeptPhoto },
): Promise<void> {
  const { made, files } = photo;
  await tx
    .updateTable('photos')
    .set({
      width_px: made.widthPx,
      height_px: made.heightPx,
      placeholder: placeholderUrl(made.placeholder) ?? null,
    })
    .where('video_id', '=', videoId)
    .where('position', '=', position)
    .execute();
  await tx
    .insertInto('photo_files')
    .values(
      files.map((file, place) => ({
        video_id: videoId,
        position,
        place,
        file_id: file.id,
        width_px: made.files[place]?.widthPx ?? made.widthPx,
        mime: file.mime,
      })),
    )
    .execute();
}

type VideoRow = NonNullable<Awaited<ReturnType<typeof lockPhotoVideo>>>;

async function lockPhotoVideo(tx: Tx, id: string) {
  return tx.selectFrom('videos').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

async function writePoster(
  tx: Tx,
  world: World,
  { video, photo: { made, poster } }: { video: VideoRow; photo: KeptPhoto },
): Promise<string[]> {
  await insertFiles(tx, world, {
    accountId: video.account_id,
    videoId: video.id,
    isPublic: video.is_public,
    files: [poster.jpeg, poster.avif],
  });
  await tx
    .updateTable('videos')
    .set({
      poster_file_id: poster.jpeg.id,
      poster_avif_file_id: poster.avif.id,
      poster_placeholder: placeholderUrl(made.placeholder) ?? null,
      poster_is_bright: made.isBright,
    })
    .where('id', '=', video.id)
    .execute();
  return deleteFiles(tx, [video.poster_file_id, video.poster_avif_file_id]);
}
