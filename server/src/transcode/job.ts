/** The jobs of a video: probe, first rendition, the rest; another poster, playlists again. */
import {
  composeEdit,
  copySound,
  makePhoto,
  makeStills,
  planLadder,
  probeSource,
  renderFirst,
  renderRest,
  type RenderOutcome,
  type RungProgress,
  type VideoProbe,
} from '@vitrine/media';
import type { Job, JobKind } from '../platform/jobs.ts';
import { reach } from '../platform/kill-points.ts';
import type { MediaStore } from '../platform/media-store.ts';
import type { VideoJobKind } from './asking.ts';
import { removeKeys } from './files.ts';
import type { MediaWork, Run, TranscodeGrounds } from './grounds.ts';
import {
  endRungs,
  keepPlaylists,
  keepPoster,
  keepPreview,
  keepProbe,
  keepRenditions,
  keepSoundProbe,
} from './commits.ts';
import { keepPlaylistFiles, keepPreviewFile, keepRenditionFiles, keepStills } from './outputs.ts';
import { makePhotos, probedPhoto } from './photo-job.ts';
import { moveRungs, throttled, type RungStep } from './progress.ts';
import { composeVideo } from './compose-job.ts';
import { keptRenditions, largestRenditionKey, toPlaylistRendition } from './renditions.ts';
import { silenceVideo } from './silence-job.ts';
import { failVideo, type Video } from './store.ts';
import { inWorkshop } from './workshop.ts';

const PROGRESS_EVERY_MS = 700;
const REAL_WORK: MediaWork = { probeSource, renderFirst, renderRest, makeStills, makePhoto, composeEdit, copySound };
const OUR_FAULT = {
  code: 'encode_failed',
  detail: 'The video could not be encoded on our side. Nothing is published; upload it again.',
};

/** The kinds and how they are done. */
export function transcodeJobs(
  given: Omit<TranscodeGrounds, 'work'> & { work?: MediaWork },
): Readonly<Record<VideoJobKind, JobKind>> {
  const grounds = { ...given, work: given.work ?? REAL_WORK };
  const giveUp = async (job: Job) => removeKeys(grounds, await failVideo(grounds, job.subjectId, OUR_FAULT));
  return {
    'video.probe': { run: (job) => onVideo(grounds, job, (run) => probe(grounds, run)), giveUp },
    'video.first': { run: (job) => onVideo(grounds, job, (run) => first(grounds, run)), giveUp },
    'video.rest': {
      run: (job) => onVideo(grounds, job, (run) => rest(grounds, run)),
      giveUp: (job) => endRungs(grounds, job.subjectId),
    },
    'video.poster': { run: (job) => onVideo(grounds, job, (run) => poster(grounds, run)) },
    'video.preview': { run: (job) => onVideo(grounds, job, (run) => preview(grounds, run)) },
    'video.compose': { run: (job) => composeVideo(grounds, job), giveUp },
    'video.silence': { run: (job) => silenceVideo(grounds, job) },
    'video.photos': { run: (job) => makePhotos(grounds, job), giveUp },
    'video.playlists': { run: (job) => onVideo(grounds, job, (run) => playlists(grounds, run)) },
  };
}

/** Prepares a run; a video or source that is gone meanwhile just ends the job. */
async function onVideo(grounds: TranscodeGrounds, job: Job, act: (run: Run) => Promise<string[]>): Promise<void> {
  const video = await grounds.videos.one(job.subjectId);
  const storeKey = video && (await sourceKeyOf(grounds, video.id));
  if (!video || storeKey === undefined || video.state === 'failed') return;
  const folder = `videos/${video.id}/${job.fence}`;
  const kept: string[] = [];
  const media: MediaStore = {
    ...grounds.media,
    put: (key, path) => {
      kept.push(key);
      return grounds.media.put(key, path);
    },
  };
  const removed = await inWorkshop({ workDir: grounds.workDir, media: grounds.media, job, storeKey }, (workshop) =>
    act({
      job,
      video,
      workshop,
      work: grounds.work,
      keep: { media, world: grounds.world, folder, outDir: workshop.outDir },
    }),
  );
  await removeKeys(grounds, removed);
  // Deleted while it was worked on: its rows are gone, and so are its files from now on.
  if (!(await grounds.videos.one(video.id))) await removeKeys(grounds, kept);
}

/** What copies and stills are made from: the upload; of a video that was put together, its first copy. */
async function sourceKeyOf({ db, uploads }: TranscodeGrounds, id: string): Promise<string | undefined> {
  return (await uploads.source(id))?.storeKey ?? largestRenditionKey(db, id);
}

async function probe(grounds: TranscodeGrounds, run: Run): Promise<string[]> {
  const { job, workshop, work, video } = run;
  const outcome = await work.probeSource({
    path: workshop.sourcePath,
    limits: { maxDurationMs: grounds.maxDurationMs, maxSizeBytes: grounds.maxBytes },
    signal: job.signal,
  });
  reach('probe done');
  if (outcome.kind === 'photo') return probedPhoto(grounds, run, outcome);
  if (outcome.kind === 'sound') return keepSoundProbe(grounds, job, outcome);
  if (outcome.kind !== 'video') return failVideo(grounds, video.id, { ...toProblem(outcome), job });
  const rungs = planLadder(outcome).map((rung): RungStep => ({
    heightPx: rung.shortSidePx,
    fraction: 0,
    state: 'waiting',
  }));
  if (!video.isWaiting) return keepProbe(grounds, job, { probe: outcome, rungs });
  const stills = await makeStillsOf(run, outcome);
  return keepProbe(grounds, job, { probe: outcome, rungs, ...(stills ? { stills } : {}) });
}

/** Why a file that is no video is not taken. */
function toProblem(outcome: Exclude<Awaited<ReturnType<typeof probeSource>>, { kind: 'video' | 'photo' | 'sound' }>): {
  code: string;
  detail: string;
} {
  switch (outcome.kind) {
    case 'refused':
      return { code: outcome.code, detail: outcome.sentence };
    case 'caption':
      return { code: 'caption_alone', detail: 'This is a caption file. Add it to the video that it belongs to.' };
  }
}

async function first(grounds: TranscodeGrounds, run: Run): Promise<string[]> {
  const { job, video, workshop, work, keep } = run;
  const { probe: found } = video;
  if (!found || video.state !== 'probed') return [];
  const progress = tellProgress(grounds, video);
  const order = { ...workshop, probe: found, onProgress: progress.tell, signal: job.signal };
  const [outcome, stills] = await Promise.all([
    work.renderFirst(order),
    video.posterFileId ? undefined : makeStillsOf(run, found),
  ]).finally(progress.stop);
  if (outcome.kind === 'refused')
    return failVideo(grounds, video.id, { code: outcome.code, detail: outcome.sentence, job });
  const isPosterMissing = !stills && !video.posterFileId;
  const shown = isPosterMissing ? await makeStillsOf(run, found, outcome.renditions[0]?.path) : stills;
  const renditions = await keepRenditionFiles(keep, outcome.renditions);
  const kept = await keepPlaylistFiles(keep, renditions.map(toPlaylistRendition));
  reach('output fsynced');
  const isComplete = video.rungs.every((rung) => outcome.renditions.some((made) => made.shortSidePx === rung.heightPx));
  return keepRenditions(grounds, job, {
    renditions,
    rungs: doneRungs(outcome),
    ...(shown ? { stills: shown } : {}),
    playlists: kept,
    isComplete,
  });
}

/** A copy for the studio on another device: repacked where that will do, else small. */
async function preview(grounds: TranscodeGrounds, run: Run): Promise<string[]> {
  const { job, video, keep } = run;
  if (!video.isWaiting) return [];
  const made = video.state === 'sound' ? await soundCopy(run) : await smallCopy(run);
  return made ? keepPreview(grounds, job, await keepPreviewFile(keep, made)) : [];
}

async function smallCopy({ job, video, workshop, work }: Run) {
  if (!video.probe || video.state !== 'probed') return undefined;
  const outcome = await work.renderFirst({ ...workshop, probe: video.probe, signal: job.signal });
  return outcome.kind === 'refused' ? undefined : outcome.renditions[0];
}

async function soundCopy({ job, workshop, work }: Run) {
  const probe = await work.probeSource({ path: workshop.sourcePath, signal: job.signal });
  if (probe.kind !== 'sound') return undefined;
  const outcome = await work.copySound({ ...workshop, probe, signal: job.signal });
  return outcome.kind === 'refused' ? undefined : outcome.file;
}

async function rest(grounds: TranscodeGrounds, run: Run): Promise<string[]> {
  const { job, video, workshop, work, keep } = run;
  const { probe: found } = video;
  if (!found || video.state !== 'ready') return [];
  const before = await keptRenditions(grounds.db, video.id);
  const progress = tellProgress(grounds, video);
  const order = {
    ...workshop,
    probe: found,
    done: before.map((row) => ({ shortSidePx: Math.min(row.widthPx, row.heightPx) })),
    onProgress: progress.tell,
    signal: job.signal,
  };
  const outcome = await work.renderRest(order).finally(progress.stop);
  if (outcome.kind === 'refused') {
    await endRungs(grounds, video.id);
    return [];
  }
  const renditions = await keepRenditionFiles(keep, outcome.renditions);
  const kept = await keepPlaylistFiles(keep, [...before, ...renditions.map(toPlaylistRendition)]);
  reach('output fsynced');
  return keepRenditions(grounds, job, { renditions, rungs: doneRungs(outcome), playlists: kept, isComplete: true });
}

async function poster(grounds: TranscodeGrounds, run: Run): Promise<string[]> {
  if (!run.video.probe) return [];
  const stills = await makeStillsOf(run, run.video.probe);
  return stills ? keepPoster(grounds, run.job, stills) : [];
}

async function playlists(grounds: TranscodeGrounds, run: Run): Promise<string[]> {
  const renditions = await keptRenditions(grounds.db, run.video.id);
  if (renditions.length === 0) return [];
  return keepPlaylists(grounds, run.job, await keepPlaylistFiles(run.keep, renditions));
}

/** From a rendition where the source itself gave none: seeking in it may take too long, or miss. */
async function makeStillsOf(run: Run, found: VideoProbe, renditionPath?: string) {
  const { coverMs } = run.video;
  const order = {
    ...run.workshop,
    ...(renditionPath === undefined ? { probe: found } : { sourcePath: renditionPath }),
    signal: run.job.signal,
    ...(coverMs === undefined ? {} : { coverMs: Math.min(coverMs, found.durationMs) }),
  };
  const outcome = await run.work.makeStills(order);
  // A video that decodes has a picture: without one the rendition itself will be refused with its reason.
  return outcome.kind === 'refused' ? undefined : keepStills(run.keep, outcome, coverMs);
}

function tellProgress(grounds: TranscodeGrounds, video: Video) {
  let rungs = video.rungs;
  const writer = throttled<readonly RungStep[]>(PROGRESS_EVERY_MS, (now) => grounds.videos.setRungs(video.id, now));
  return {
    tell: (moved: RungProgress) => {
      reach('mid-encode');
      rungs = moveRungs(rungs, [{ heightPx: moved.shortSidePx, fraction: moved.fraction, state: 'running' }]);
      writer.push(rungs);
    },
    stop: () => writer.stop(),
  };
}

function doneRungs(outcome: Extract<RenderOutcome, { kind: 'rendered' }>): RungStep[] {
  return outcome.renditions.map((made) => ({ heightPx: made.shortSidePx, fraction: 1, state: 'done' }));
}
