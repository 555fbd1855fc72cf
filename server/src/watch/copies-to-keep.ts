/** Copies that people keep: the best rendition with the author's handle and this site in the picture. Made once, then stored with the video. */
import { makeWatermarked } from '@vitrine/media';
import { join } from 'node:path';
import type { Db } from '../platform/database.ts';
import { enqueue, finishJob, type Job, type JobKind } from '../platform/jobs.ts';
import type { MediaStore } from '../platform/media-store.ts';
import type { Settings } from '../platform/settings.ts';
import type { World } from '../platform/world.ts';
import { insertFiles, keepFile, newFileId } from '../transcode/files.ts';
import { inWorkshop } from '../transcode/workshop.ts';
import type { PostFacts } from './hydration.ts';
import type { MediaFile } from './media-rows.ts';

/** What making a copy needs. */
export interface CopyGrounds {
  db: Db;
  world: World;
  media: MediaStore;
  settings: Pick<Settings, 'publicUrl'>;
  /** Where running jobs keep their files. */
  workDir: string;
}

/** What a copy is made of. */
interface CopyOrder {
  videoId: string;
  accountId: string;
  handle: string;
  durationMs: number;
  storeKey: string;
}

const KIND = 'post.copy';
const PRIORITY = 30;

/** The copy's folder: another handle makes another copy. */
function folderOf(videoId: string, handle: string): string {
  return `videos/${videoId}/copy-${handle}`;
}

/** The copy of a post under its author's present handle, if it was made already. */
export async function findCopy(db: Db, post: Pick<PostFacts, 'id' | 'handle'>): Promise<MediaFile | undefined> {
  const row = await db
    .selectFrom('posts')
    .innerJoin('media_files', 'media_files.video_id', 'posts.video_id')
    .select(['media_files.id', 'media_files.store_key', 'media_files.mime', 'media_files.size_bytes', 'posts.video_id'])
    .where('posts.id', '=', post.id)
    .where('media_files.kind', '=', 'copy')
    .where('media_files.withdrawn_at', 'is', null)
    .execute();
  const found = row.find((file) => file.store_key.startsWith(`${folderOf(file.video_id, post.handle)}/`));
  return found && { id: found.id, storeKey: found.store_key, mime: found.mime, sizeBytes: Number(found.size_bytes) };
}

/** Asks for the copy; once, however often it is called. */
export function askForCopy(db: Db, world: World, postId: string): Promise<void> {
  return enqueue(db, world, { kind: KIND, subjectId: postId, priority: PRIORITY });
}

/** The job that makes it. */
export function copyJobs(grounds: CopyGrounds): Readonly<Record<string, JobKind>> {
  return { [KIND]: { run: (job) => makeCopy(grounds, job), maxAttempts: 2 } };
}

async function readOrder(db: Db, postId: string): Promise<CopyOrder | undefined> {
  const row = await db
    .selectFrom('posts')
    .innerJoin('accounts', 'accounts.id', 'posts.account_id')
    .innerJoin('videos', 'videos.id', 'posts.video_id')
    .innerJoin('renditions', 'renditions.video_id', 'posts.video_id')
    .innerJoin('media_files', 'media_files.id', 'renditions.file_id')
    .select(['posts.video_id', 'posts.account_id', 'accounts.handle', 'videos.duration_ms', 'media_files.store_key'])
    .where('posts.id', '=', postId)
    .where('posts.state', '=', 'published')
    .where('media_files.withdrawn_at', 'is', null)
    .orderBy('renditions.height_px', 'desc')
    .limit(1)
    .executeTakeFirst();
  return (
    row && {
      videoId: row.video_id,
      accountId: row.account_id,
      handle: row.handle,
      durationMs: row.duration_ms ?? 0,
      storeKey: row.store_key,
    }
  );
}

async function makeCopy(grounds: CopyGrounds, job: Job): Promise<void> {
  const { db, world, media, settings, workDir } = grounds;
  const order = await readOrder(db, job.subjectId);
  if (!order) return;
  await inWorkshop({ workDir, media, job, storeKey: order.storeKey }, async ({ sourcePath, outDir }) => {
    const { handle, durationMs, videoId, accountId } = order;
    const made = await makeWatermarked({
      renditionPath: sourcePath,
      outDir: join(outDir),
      handle,
      site: new URL(settings.publicUrl).host,
      durationMs,
      signal: job.signal,
    });
    if (made.kind === 'refused') throw new Error(`no copy could be made: ${made.sentence}`);
    const file = {
      id: newFileId(world),
      kind: 'copy' as const,
      mime: 'video/mp4',
      path: made.path,
      sizeBytes: made.sizeBytes,
      sha256: made.sha256,
    };
    const kept = await keepFile(media, folderOf(videoId, handle), file);
    await db.transaction().execute(async (tx) => {
      await insertFiles(tx, world, { accountId, videoId, isPublic: false, files: [kept] });
      await finishJob(tx, world, job);
    });
  });
}
