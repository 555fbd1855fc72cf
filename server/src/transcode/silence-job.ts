/** The job `video.silence`: copies of a muted video without the sound that is claimed. */
import { makeSilent, type RenditionFile } from '@vitrine/media';
import { join } from 'node:path';
import { z } from 'zod';
import type { Db } from '../platform/database.ts';
import { finishJob, type Job } from '../platform/jobs.ts';
import { reach } from '../platform/kill-points.ts';
import { insertRendition } from './commits.ts';
import { composeBodySchema, probeSources } from './compose-job.ts';
import type { ComposeOrder } from './compose-rows.ts';
import { insertFiles } from './files.ts';
import type { TranscodeGrounds } from './grounds.ts';
import { keepRenditionFiles } from './outputs.ts';
import { settleFiles } from './silence.ts';
import { ask } from './asking.ts';
import { inWorkshop, inWorkshopOf } from './workshop.ts';

const bodySchema = z.object({ without: composeBodySchema.optional() });

/** Makes the copies that are missing: put together again without the sound where something is left to hear, else of the pictures alone. */
export async function silenceVideo(grounds: TranscodeGrounds, job: Job): Promise<void> {
  const { db, world } = grounds;
  const video = await db.selectFrom('videos').selectAll().where('id', '=', job.subjectId).executeTakeFirst();
  if (!video?.is_muted) return;
  const { without } = bodySchema.parse(job.body);
  const sounding = await soundingWithoutTwin(db, video.id);
  // A run before may have got that far.
  const isComposed =
    sounding.length > 0 &&
    without !== undefined &&
    ((await hasSilentCopy(db, video.id)) || (await composeWithout(grounds, job, without)));
  if (!isComposed) for (const { store_key: storeKey } of sounding) await stripSound(grounds, job, storeKey);
  await db.transaction().execute(async (tx) => {
    await finishJob(tx, world, job);
    await ask(tx, world, { kind: 'video.playlists', videoId: video.id, accountId: video.account_id });
  });
}

async function stripSound(grounds: TranscodeGrounds, job: Job, storeKey: string): Promise<void> {
  const { workDir, media } = grounds;
  await inWorkshop({ workDir, media, job, storeKey }, async ({ sourcePath, outDir }) => {
    const made = await makeSilent({ renditionPath: sourcePath, outDir: join(outDir, 'silent'), signal: job.signal });
    if (made.kind === 'refused') throw new Error(`no silent copy could be made: ${made.sentence}`);
    await keepTwins(grounds, job, { outDir, renditions: made.renditions });
  });
}

/** False where it cannot be: then the pictures alone are served. */
async function composeWithout(grounds: TranscodeGrounds, job: Job, order: ComposeOrder): Promise<boolean> {
  const { workDir, media, work } = grounds;
  const storeKeys = order.files.map((file) => file.storeKey);
  return inWorkshopOf({ workDir, media, job, storeKeys }, async ({ sourcePaths, outDir }) => {
    const sources = await probeSources(grounds, { job, order, sourcePaths });
    const made = await work.composeEdit({ edit: order.edit, sources, outDir, signal: job.signal });
    if (made.kind === 'refused') return false;
    await keepTwins(grounds, job, { outDir, renditions: [made.rendition] });
    return true;
  });
}

async function keepTwins(
  grounds: TranscodeGrounds,
  job: Job,
  made: { outDir: string; renditions: readonly RenditionFile[] },
): Promise<void> {
  const { db, world, media } = grounds;
  const folder = `videos/${job.subjectId}/${job.fence}`;
  const kept = await keepRenditionFiles({ media, world, folder, outDir: made.outDir }, made.renditions);
  reach('output fsynced');
  await db.transaction().execute(async (tx) => {
    const video = await tx
      .selectFrom('videos')
      .selectAll()
      .where('id', '=', job.subjectId)
      .forUpdate()
      .executeTakeFirst();
    if (!video) return;
    const files = kept.map(({ file }) => file);
    await insertFiles(tx, world, { accountId: video.account_id, videoId: video.id, isPublic: video.is_public, files });
    for (const { made: rendition, file } of kept)
      await insertRendition(tx, grounds, { videoId: video.id, rendition, file, isSilent: true });
    await settleFiles(tx, world, video.id);
  });
}

async function hasSilentCopy(db: Db, videoId: string): Promise<boolean> {
  const found = await db
    .selectFrom('renditions')
    .select('id')
    .where('video_id', '=', videoId)
    .where('is_silent', '=', true)
    .executeTakeFirst();
  return found !== undefined;
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
