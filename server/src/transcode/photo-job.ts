/** The work on photos: a poster while the studio edits, all copies once they are posted. */
import type { PhotoOutcome, PhotoProbe } from '@vitrine/media';
import type { Job } from '../platform/jobs.ts';
import { reach } from '../platform/kill-points.ts';
import type { MediaStore } from '../platform/media-store.ts';
import { removeKeys } from './files.ts';
import type { Run, TranscodeGrounds } from './grounds.ts';
import { keepPhotoFiles, type KeepGrounds } from './outputs.ts';
import { keepPhotoProbe, keepPhotos, photosOf, type KeptPhoto } from './photo-rows.ts';
import { throttled, type RungStep } from './progress.ts';
import { failVideo } from './store.ts';
import { inWorkshop } from './workshop.ts';

/** The size that the author sees named while the copies are made. */
const STEP_PX = 1080;
const PROGRESS_EVERY_MS = 700;

/** What probing a photo leads to. */
export async function probedPhoto(grounds: TranscodeGrounds, run: Run, found: PhotoProbe): Promise<string[]> {
  const { job, video, workshop, work, keep } = run;
  if (!video.isWaiting) return keepPhotoProbe(grounds, job, { ...found, poster: undefined });
  const made = await work.makePhoto({ ...workshop, isPosterOnly: true, signal: job.signal });
  if (made.kind === 'refused') return failVideo(grounds, video.id, { code: made.code, detail: made.sentence, job });
  return keepPhotoProbe(grounds, job, { ...found, poster: await keepPhotoFiles(keep, made) });
}

/** Makes all copies of a set of photos, one photo after the other. */
export async function makePhotos(grounds: TranscodeGrounds, job: Job): Promise<void> {
  const video = await grounds.videos.one(job.subjectId);
  if (video?.state !== 'probed' || video.kind !== 'photos') return;
  const stored: string[] = [];
  const media: MediaStore = {
    ...grounds.media,
    put: (key, path) => {
      stored.push(key);
      return grounds.media.put(key, path);
    },
  };
  const photos = await photosOf(grounds.db, video.id);
  const progress = throttled<readonly RungStep[]>(PROGRESS_EVERY_MS, (now) => grounds.videos.setRungs(video.id, now));
  const kept: KeptPhoto[] = [];
  try {
    for (const { sourceId } of photos) {
      progress.push([{ heightPx: STEP_PX, fraction: kept.length / photos.length, state: 'running' }]);
      const outcome = await onePhoto({ ...grounds, media }, job, sourceId);
      if (outcome.kind === 'refused') {
        await removeKeys(grounds, [
          ...stored,
          ...(await failVideo(grounds, video.id, { code: outcome.code, detail: outcome.sentence, job })),
        ]);
        return;
      }
      kept.push(outcome.photo);
      reach('mid-encode');
    }
  } finally {
    await progress.stop();
  }
  reach('output fsynced');
  await removeKeys(grounds, await keepPhotos(grounds, job, kept));
  // Deleted while it was worked on: its rows are gone, and so are its files from now on.
  if (!(await grounds.videos.one(video.id))) await removeKeys(grounds, stored);
}

type OnePhoto = { kind: 'kept'; photo: KeptPhoto } | Extract<PhotoOutcome, { kind: 'refused' }>;

async function onePhoto(
  grounds: TranscodeGrounds & { media: MediaStore },
  job: Job,
  sourceId: string,
): Promise<OnePhoto> {
  const source = await grounds.uploads.source(sourceId);
  if (!source) return { kind: 'refused', code: 'corrupt', sentence: 'One of the photos is no longer there.' };
  const order = { workDir: grounds.workDir, media: grounds.media, job, storeKey: source.storeKey };
  return inWorkshop(order, async (workshop) => {
    const made = await grounds.work.makePhoto({ ...workshop, signal: job.signal });
    if (made.kind === 'refused') return made;
    const keep: KeepGrounds = {
      media: grounds.media,
      world: grounds.world,
      folder: `videos/${job.subjectId}/${job.fence}`,
      outDir: workshop.outDir,
    };
    return { kind: 'kept', photo: await keepPhotoFiles(keep, made) };
  });
}
