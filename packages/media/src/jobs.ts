/** The calls of this package: each makes an order, runs it in a process of its own, and clears up after a crash. */
import { mkdtemp, mkdir, rename, rm, readdir } from 'node:fs/promises';
import { basename, join, resolve } from 'node:path';
import { frameSize, layoutText, timelineOf, type SourceKey } from '@vitrine/edit';
import type { ComposeOrder, ComposeOutcome, ComposeSource } from './compose/types.ts';
import { syncFolder } from './encode/finish-mp4.ts';
import { planLadder } from './ladder.ts';
import { composeWallMs, DEFAULT_LIMITS, PROBE_WALL_MS, renderWallMs } from './limits.ts';
import type { Order } from './order.ts';
import { runJob } from './run-job.ts';
import type { JobOptions } from './run-job.ts';
import type {
  AvatarOrder,
  AvatarOutcome,
  SoundCopyOrder,
  SoundCopyOutcome,
  FramesOrder,
  FramesOutcome,
  PhotoOrder,
  PhotoOutcome,
  ProbeOutcome,
  Refusal,
  RenderOrder,
  RenderOutcome,
  RenditionFile,
  SilenceOrder,
  SoundOrder,
  SoundOutcome,
  SourceLimits,
  StillFile,
  StillsOrder,
  StillsOutcome,
  WatermarkOrder,
  WatermarkOutcome,
} from './types.ts';

/** Says what a file is. Names mean nothing: the bytes decide. */
export async function probeSource({
  path,
  limits,
  signal,
}: {
  path: string;
  limits?: Partial<SourceLimits>;
  signal?: AbortSignal;
}): Promise<ProbeOutcome> {
  const order: Order = { job: 'probe', sourcePath: resolve(path), limits: { ...DEFAULT_LIMITS, ...limits } };
  const { cpuMs: _, ...outcome } = await runJob<ProbeOutcome>(order, { wallMs: PROBE_WALL_MS, signal });
  return outcome as ProbeOutcome;
}

/** Makes the first playable rendition: the source's own pictures where they will do, else the lowest rung. */
export async function renderFirst(order: RenderOrder): Promise<RenderOutcome> {
  const { probe } = order;
  if (probe.isRemuxable)
    return render(order, {
      job: 'remux',
      sourcePath: order.sourcePath,
      outDir: order.outDir,
      probe,
      limits: DEFAULT_LIMITS,
    });
  return encode(order, planLadder(probe).slice(0, 1));
}

/** Makes all rungs that are still missing, from one decode. Empty `renditions` if none is. */
export async function renderRest(
  order: RenderOrder & { done: readonly Pick<RenditionFile, 'shortSidePx'>[] },
): Promise<RenderOutcome> {
  const missing = planLadder(order.probe).filter(
    (rung) => !order.done.some((done) => done.shortSidePx === rung.shortSidePx),
  );
  return missing.length === 0 ? { kind: 'rendered', renditions: [], cpuMs: 0 } : encode(order, missing);
}

function encode(order: RenderOrder, rungs: ReturnType<typeof planLadder>): Promise<RenderOutcome> {
  return render(order, {
    job: 'encode',
    sourcePath: order.sourcePath,
    outDir: order.outDir,
    probe: order.probe,
    rungs,
    limits: DEFAULT_LIMITS,
  });
}

async function render(
  { probe, onProgress, signal }: RenderOrder,
  order: Order & { outDir: string },
): Promise<RenderOutcome> {
  return inScratch<RenderOutcome>(
    order,
    { wallMs: renderWallMs(probe.durationMs), onProgress, signal },
    (outcome, place) =>
      outcome.kind === 'refused'
        ? outcome
        : {
            ...outcome,
            renditions: outcome.renditions.map((rendition) => ({ ...rendition, path: place(rendition.path) })),
          },
  );
}

/** Makes poster, placeholder and storyboard. May run beside the first render. */
export async function makeStills({ signal, ...order }: StillsOrder): Promise<StillsOutcome> {
  const wallMs = renderWallMs(order.probe?.durationMs ?? 0);
  return inScratch<StillsOutcome>(
    { job: 'stills', limits: DEFAULT_LIMITS, ...order },
    { wallMs, signal },
    (outcome, place) => {
      if (outcome.kind === 'refused') return outcome;
      const placed = <T extends StillFile>(still: T): T => ({ ...still, path: place(still.path) });
      const { poster, storyboard } = outcome;
      return {
        ...outcome,
        poster: { ...poster, jpeg: placed(poster.jpeg), webp: placed(poster.webp), avif: placed(poster.avif) },
        storyboard: placed(storyboard),
      };
    },
  );
}

/** Makes a sound of a sound file, or of what is heard in a video. */
export async function makeSound({ signal, ...order }: SoundOrder): Promise<SoundOutcome> {
  return inScratch<SoundOutcome>(
    { job: 'sound', limits: DEFAULT_LIMITS, ...order },
    { wallMs: renderWallMs(order.durationMs), signal },
    (outcome, place) => {
      if (outcome.kind === 'refused') return outcome;
      const { file, cover } = outcome;
      return {
        ...outcome,
        file: { ...file, path: place(file.path) },
        cover: cover === null ? null : { ...cover, path: place(cover.path) },
      };
    },
  );
}

/** Makes the same rendition without its sound; its pictures are copied. */
export async function makeSilent({ renditionPath, outDir, signal }: SilenceOrder): Promise<RenderOutcome> {
  const probe = await probeSource({ path: renditionPath, ...(signal ? { signal } : {}) });
  if (probe.kind === 'refused') return probe;
  if (probe.kind !== 'video') throw new Error('this is not one of our renditions');
  const silent = { ...probe, hasAudio: false, audioCodec: null, reading: { ...probe.reading, audio: null } };
  return render(
    { sourcePath: renditionPath, outDir, probe: silent, ...(signal ? { signal } : {}) },
    { job: 'remux', sourcePath: renditionPath, outDir, probe: silent, limits: DEFAULT_LIMITS },
  );
}

/** Makes a copy of a sound file that every browser plays, neither louder nor softer. */
export async function copySound({ signal, ...order }: SoundCopyOrder): Promise<SoundCopyOutcome> {
  return inScratch<SoundCopyOutcome>(
    { job: 'copy-sound', limits: DEFAULT_LIMITS, ...order },
    { wallMs: renderWallMs(order.probe.durationMs), signal },
    (outcome, place) =>
      outcome.kind === 'refused' ? outcome : { ...outcome, file: { ...outcome.file, path: place(outcome.file.path) } },
  );
}

/** Writes whole frames as PNG files. */
export async function makeFrames({ signal, ...order }: FramesOrder): Promise<FramesOutcome> {
  return inScratch<FramesOutcome>(
    { job: 'frames', limits: DEFAULT_LIMITS, ...order },
    { wallMs: renderWallMs(order.probe.durationMs), signal },
    (outcome, place) =>
      outcome.kind === 'refused'
        ? outcome
        : { ...outcome, frames: outcome.frames.map((frame) => ({ ...frame, path: place(frame.path) })) },
  );
}

/** Makes square pictures of a photo, upright, with nothing left of its metadata. */
export async function makeAvatar({ signal, ...order }: AvatarOrder): Promise<AvatarOutcome> {
  return inScratch<AvatarOutcome>(
    { job: 'avatar', limits: DEFAULT_LIMITS, ...order },
    { wallMs: PROBE_WALL_MS, signal },
    (outcome, place) =>
      outcome.kind === 'refused'
        ? outcome
        : { ...outcome, files: outcome.files.map((file) => ({ ...file, path: place(file.path) })) },
  );
}

/** Makes the copies of a photo that are shown, with nothing left of its metadata. */
export async function makePhoto({ signal, ...order }: PhotoOrder): Promise<PhotoOutcome> {
  return inScratch<PhotoOutcome>(
    { job: 'photo', limits: DEFAULT_LIMITS, ...order },
    { wallMs: renderWallMs(0), signal },
    (outcome, place) => {
      if (outcome.kind === 'refused') return outcome;
      const placed = (still: StillFile): StillFile => ({ ...still, path: place(still.path) });
      const { poster } = outcome;
      return {
        ...outcome,
        files: outcome.files.map(placed),
        poster: { jpeg: placed(poster.jpeg), avif: placed(poster.avif) },
      };
    },
  );
}

/** Makes a copy to keep, with handle and site in the picture. */
export async function makeWatermarked({ signal, onProgress, ...order }: WatermarkOrder): Promise<WatermarkOutcome> {
  return inScratch<WatermarkOutcome>(
    { job: 'watermark', limits: DEFAULT_LIMITS, ...order },
    { wallMs: renderWallMs(order.durationMs), onProgress, signal },
    (outcome, place) => (outcome.kind === 'refused' ? outcome : { ...outcome, path: place(outcome.path) }),
  );
}

/** Puts an edit together: one file that is published as it is, the smaller renditions being made from it. */
export async function composeEdit({
  edit,
  sources,
  outDir,
  onProgress,
  signal,
}: ComposeOrder): Promise<ComposeOutcome> {
  const { measureText, fontExtents } = await import('./compose/measure.ts');
  const size = frameSize(edit.frame);
  const work = {
    job: 'compose' as const,
    edit,
    sources: [...sources].map(([key, source]): [SourceKey, ComposeSource] => [
      key,
      { ...source, path: resolve(source.path) },
    ]),
    texts: edit.texts.map((text) => layoutText(text, size, measureText)),
    extents: fontExtents(),
    outDir,
    limits: DEFAULT_LIMITS,
  };
  const wallMs = composeWallMs(timelineOf(edit).durationMs);
  return inScratch<ComposeOutcome>(work, { wallMs, onProgress, signal }, (outcome, place) =>
    outcome.kind === 'refused'
      ? outcome
      : { ...outcome, rendition: { ...outcome.rendition, path: place(outcome.rendition.path) } },
  );
}

/** Lets the worker write into a folder of its own inside `outDir`, and moves the files up only after it ended well. */
async function inScratch<T extends { kind: string }>(
  order: Order & { outDir: string },
  options: JobOptions,
  settle: (outcome: T | Refusal, place: (path: string) => string) => T | Refusal,
): Promise<T> {
  const outDir = resolve(order.outDir);
  await mkdir(outDir, { recursive: true });
  const scratch = await mkdtemp(join(outDir, '.part-'));
  try {
    const moved = {
      ...order,
      outDir: scratch,
      ...('sourcePath' in order ? { sourcePath: resolve(order.sourcePath) } : {}),
      ...('renditionPath' in order ? { renditionPath: resolve(order.renditionPath) } : {}),
    } as Order;
    const outcome = await runJob<T>(moved, options);
    if (outcome.kind !== 'refused')
      for (const name of await readdir(scratch)) await rename(join(scratch, name), join(outDir, name));
    syncFolder(outDir);
    return settle(outcome, (path) => join(outDir, basename(path))) as T;
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
