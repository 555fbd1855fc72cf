/** A claim of rights silences a video: its copies with sound are withdrawn at once, copies without sound take their place, and back. */
import { makeSilent } from '@vitrine/media';
import { sql } from 'kysely';
import { join } from 'node:path';
import type { Db, Tx } from '../platform/database.ts';
import { finishJob, type Job } from '../platform/jobs.ts';
import { reach } from '../platform/kill-points.ts';
import type { MediaStore } from '../platform/media-store.ts';
import type { World } from '../platform/world.ts';
import { insertRendition } from './commits.ts';
import { insertFiles } from './files.ts';
import { keepRenditionFiles } from './outputs.ts';
import { ask } from './store.ts';
import { inWorkshop } from './workshop.ts';

/** What the job needs. */
export interface SilenceGrounds {
  db: Db;
  world: World;
  media: MediaStore;
  workDir: string;
}

/** Silences a video, or gives its sound back. A video without sound stays as it is. */
export async function muteVideo(tx: Tx, world: World, given: { id: string; isMuted: boolean }): Promise<void> {
  const video = await tx
    .updateTable('videos')
    .set({ is_muted: given.isMuted })
    .where('id', '=', given.id)
    .where('is_muted', '!=', given.isMuted)
    .where('has_audio', '=', true)
    .returning(['id', 'account_id'])
    .executeTakeFirst();
  if (!video) return;
  // They name, or are made of, what is heard no longer; the sweep removes their bytes.
  await tx
    .deleteFrom('media_files')
    .where('video_id', '=', video.id)
    .where('kind', 'in', ['hls', 'hls-rendition', 'copy'])
    .execute();
  await tx.updateTable('videos').set({ hls_file_id: null }).where('id', '=', video.id).execute();
  await settleFiles(tx, world, video.id);
  const kind = given.isMuted ? 'video.silence' : 'video.playlists';
  await ask(tx, world, { kind, videoId: video.id, accountId: video.account_id });
}

/** Withdraws what is not to be served: everything of a withdrawn video, and the copies that sound of a muted one (or are silent of another). */
export async function settleFiles(tx: Tx, world: World, videoId: string): Promise<void> {
  const isOver = sql`(videos.is_withdrawn or exists (select 1 from renditions where renditions.file_id = media_files.id
    and renditions.is_silent != videos.is_muted))`;
  await sql`update media_files set withdrawn_at = case when ${isOver} then coalesce(media_files.withdrawn_at, ${world.now()}) end
    from videos where videos.id = media_files.video_id and media_files.video_id = ${videoId}`.execute(tx);
}

/** Makes the silent copies that are missing. */
export async function silenceVideo(grounds: SilenceGrounds, job: Job): Promise<void> {
  const { db, world, media, workDir } = grounds;
  const video = await db.selectFrom('videos').selectAll().where('id', '=', job.subjectId).executeTakeFirst();
  if (!video?.is_muted) return;
  for (const rendition of await soundingWithoutTwin(db, video.id)) {
    await inWorkshop({ workDir, media, job, storeKey: rendition.store_key }, async ({ sourcePath, outDir }) => {
      const made = await makeSilent({ renditionPath: sourcePath, outDir: join(outDir, 'silent'), signal: job.signal });
      if (made.kind === 'refused') throw new Error(`no silent copy could be made: ${made.sentence}`);
      const folder = `videos/${video.id}/${job.fence}`;
      const kept = await keepRenditionFiles({ media, world, folder, outDir }, made.renditions);
      reach('output fsynced');
      await db.transaction().execute(async (tx) => {
        const now = await tx.selectFrom('videos').selectAll().where('id', '=', video.id).forUpdate().executeTakeFirst();
        if (!now) return;
        await insertFiles(tx, world, {
          accountId: now.account_id,
          videoId: now.id,
          isPublic: now.is_public,
          files: kept.map(({ file }) => file),
        });
        for (const { made: silent, file } of kept)
          await insertRendition(tx, { db, world }, { videoId: now.id, rendition: silent, file, isSilent: true });
        await settleFiles(tx, world, now.id);
      });
    });
  }
  await db.transaction().execute(async (tx) => {
    await finishJob(tx, world, job);
    await ask(tx, world, { kind: 'video.playlists', videoId: video.id, accountId: video.account_id });
  });
}

function soundingWithoutTwin(db: Db, videoId: string) {
  return db
    .selectFrom('renditions')
    .innerJoin('media_files', 'media_files.id', 'renditions.file_id')
    .select('media_files.store_key')
    .where('renditions.video_id', '=', videoId)
    .where('renditions.is_silent', '=', false)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom('renditions as twins')
            .select('twins.id')
            .whereRef('twins.video_id', '=', 'renditions.video_id')
            .whereRef('twins.height_px', '=', 'renditions.height_px')
            .where('twins.is_silent', '=', true),
        ),
      ),
    )
    .execute();
}
