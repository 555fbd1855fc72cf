/** The job `video.compose`: an edit and its files become a video's first rendition. */
import { problemsOf, type SourceKey, type Sources } from '@vitrine/edit';
import { factsOf, planLadder, type ComposeSource, type RungProgress, type VideoProbe } from '@vitrine/media';
import { videoEditSchema } from '@vitrine/schema';
import { z } from 'zod';
import type { Job } from '../platform/jobs.ts';
import { reach } from '../platform/kill-points.ts';
import type { MediaStore } from '../platform/media-store.ts';
import { keepRenditions } from './commits.ts';
import type { ComposeOrder } from './compose-rows.ts';
import { removeKeys } from './files.ts';
import type { TranscodeGrounds } from './grounds.ts';
import { keepPlaylistFiles, keepRenditionFiles, keepStills } from './outputs.ts';
import { moveRungs, throttled, type RungStep } from './progress.ts';
import { toPlaylistRendition } from './renditions.ts';
import { failVideo, type Video } from './store.ts';
import { inWorkshopOf } from './workshop.ts';

const PROGRESS_EVERY_MS = 700;
/** A render order as a job carries it. */
export const composeBodySchema = z.object({
  edit: videoEditSchema,
  files: z.array(
    z.object({
      key: z.custom<SourceKey>((key) => typeof key === 'string' && /^(upload|post|sound):/.test(key)),
      storeKey: z.string(),
    }),
  ),
});

/** Why it cannot be put together: the same on every attempt. */
class Unfit extends Error {
  readonly code: string;
  constructor(code: string, sentence: string) {
    super(sentence);
    this.code = code;
  }
}

/** Renders, keeps, publishes; a video that is gone meanwhile just ends the job. */
export async function composeVideo(grounds: TranscodeGrounds, job: Job): Promise<void> {
  const video = await grounds.videos.one(job.subjectId);
  if (video?.state !== 'received') return;
  const order: ComposeOrder = composeBodySchema.parse(job.body);
  const stored: string[] = [];
  const media: MediaStore = {
    ...grounds.media,
    put: (key, path) => {
      stored.push(key);
      return grounds.media.put(key, path);
    },
  };
  const storeKeys = order.files.map((file) => file.storeKey);
  const removed = await inWorkshopOf(
    { workDir: grounds.workDir, media: grounds.media, job, storeKeys },
    ({ sourcePaths, outDir }) => makeAndKeep({ ...grounds, media }, { job, video, order, sourcePaths, outDir }),
  ).catch((cause: unknown) => {
    if (!(cause instanceof Unfit)) throw cause;
    return failVideo(grounds, video.id, { code: cause.code, detail: cause.message, job });
  });
  await removeKeys(grounds, removed);
  // Deleted or refused while it was worked on: its rows are gone, and so are its files from now on.
  if ((await grounds.videos.one(video.id))?.state !== 'ready') await removeKeys(grounds, stored);
}

interface ComposeRun {
  job: Job;
  video: Video;
  order: ComposeOrder;
  sourcePaths: string[];
  outDir: string;
}

async function makeAndKeep(grounds: TranscodeGrounds, run: ComposeRun): Promise<string[]> {
  const { job, video, order, outDir } = run;
  const { work, world, media } = grounds;
  const sources = await probeSources(grounds, run);
  const facts: Sources = new Map([...sources].map(([key, { probe }]) => [key, factsOf(probe)]));
  const [problem] = problemsOf(order.edit, facts, { maxDurationMs: grounds.maxDurationMs });
  if (problem) throw new Unfit(problem.code, problem.sentence);
  const progress = tellProgress(grounds, video);
  const made = await work
    .composeEdit({ edit: order.edit, sources, outDir, onProgress: progress.tell, signal: job.signal })
    .finally(progress.stop);
  if (made.kind === 'refused') throw new Unfit(made.code, made.sentence);
  const { rendition } = made;
  const probe = await probeOwn(grounds, rendition.path);
  const { coverMs } = video;
  const cover = coverMs === undefined ? {} : { coverMs: Math.min(coverMs, probe.durationMs) };
  const stills = await work.makeStills({ sourcePath: rendition.path, outDir, probe, signal: job.signal, ...cover });
  if (stills.kind === 'refused') throw new Error(`a composed video without a picture: ${stills.sentence}`);
  const keep = { media, world, folder: `videos/${video.id}/${job.fence}`, outDir };
  const renditions = await keepRenditionFiles(keep, [rendition]);
  const rungs = planLadder(probe).map((rung): RungStep => {
    const isDone = rung.shortSidePx === rendition.shortSidePx;
    return { heightPx: rung.shortSidePx, fraction: isDone ? 1 : 0, state: isDone ? 'done' : 'waiting' };
  });
  const kept = {
    probe,
    renditions,
    rungs,
    stills: await keepStills(keep, stills, coverMs),
    playlists: await keepPlaylistFiles(keep, renditions.map(toPlaylistRendition)),
    isComplete: rungs.every((rung) => rung.state === 'done'),
  };
  reach('output fsynced');
  return keepRenditions(grounds, job, kept);
}

/** Looks at every file anew: what others found may have been another file. */
export async function probeSources(
  { work, maxDurationMs, maxBytes }: TranscodeGrounds,
  { job, order, sourcePaths }: Pick<ComposeRun, 'job' | 'order' | 'sourcePaths'>,
): Promise<Map<SourceKey, ComposeSource>> {
  const sources = new Map<SourceKey, ComposeSource>();
  for (const [n, { key }] of order.files.entries()) {
    const path = sourcePaths[n] ?? '';
    const probe = await work.probeSource({
      path,
      limits: { maxDurationMs, maxSizeBytes: maxBytes },
      signal: job.signal,
    });
    if (probe.kind === 'refused') throw new Unfit(probe.code, probe.sentence);
    if (probe.kind === 'video' || probe.kind === 'sound') sources.set(key, { path, probe });
  }
  reach('probe done');
  return sources;
}

async function probeOwn({ work }: TranscodeGrounds, path: string): Promise<VideoProbe> {
  const probe = await work.probeSource({ path });
  if (probe.kind !== 'video') throw new Error('what was put together is no video');
  return probe;
}

function tellProgress(grounds: TranscodeGrounds, video: Video) {
  let { rungs } = video;
  const writer = throttled<readonly RungStep[]>(PROGRESS_EVERY_MS, (now) => grounds.videos.setRungs(video.id, now));
  return {
    tell: ({ shortSidePx, fraction }: RungProgress) => {
      reach('mid-encode');
      rungs = moveRungs(rungs, [{ heightPx: shortSidePx, fraction, state: 'running' }]);
      writer.push(rungs);
    },
    stop: () => writer.stop(),
  };
}
