/** An edit becomes one file. Runs in the worker only. */
import { unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { clipKey, soundPlan, timelineOf, untouchedClip, type Size, type SourceKey, type Sources } from '@vitrine/edit';
import { renditionRate, type FrameRate } from '../cadence.ts';
import { finishMp4 } from '../encode/finish-mp4.ts';
import { Mp4Writer } from '../encode/mp4-writer.ts';
import { maxBitrateBps } from '../encode/render.ts';
import type { Report } from '../encode/render.ts';
import { VideoEncoder } from '../encode/video-encoder.ts';
import type { RenditionFile, VideoProbe } from '../types.ts';
import { copyPictures } from './copy-pictures.ts';
import { FrameLine } from './frame-line.ts';
import { mixSound } from './mix.ts';
import type { Pcm } from './pcm.ts';
import { SoundTrack } from './sound-track.ts';
import { factsOf, type Composed, type ComposeSource, type ComposeWork } from './types.ts';

/** Finer than renditions: the smaller ones are made from this one. */
const MASTER_CRF = 21;
/** x264's coarsest. */
const MAX_CRF = 51;
const USUAL_RATE: FrameRate = { num: 30, den: 1 };
const BT709 = { matrix: 1, primaries: 1, transfer: 1 };

/** Renders, or copies the pictures where nothing is done to them. */
export async function compose(work: ComposeWork, report: Report): Promise<Composed> {
  const files = new Map(work.sources);
  const facts: Sources = new Map(work.sources.map(([key, { probe }]) => [key, factsOf(probe)]));
  const mix = await mixSound({
    pieces: soundPlan(work.edit, facts),
    sources: files,
    durationMs: timelineOf(work.edit).durationMs,
    limits: work.limits,
  });
  const rawPath = join(work.outDir, 'composed.raw.part');
  const copied = await copyIfUntouched(work, { facts, files, rawPath, mix });
  const hasAudio = mix !== undefined;
  if (copied !== undefined) {
    const rendition = finish(work, { rawPath, size: copied, fps: copied.fps, hasAudio, isRemuxed: true });
    return { kind: 'composed', rendition, isPictureCopied: true };
  }
  const made = await encode(work, { rawPath, mix, report, crf: MASTER_CRF });
  const rendition = finish(work, { rawPath, ...made, hasAudio, isRemuxed: false });
  const over = rendition.bitrateBps / maxBitrateBps(rendition);
  if (over <= 1) return { kind: 'composed', rendition, isPictureCopied: false };
  // Six steps of the rate factor halve the bits.
  const crf = Math.min(MAX_CRF, MASTER_CRF + Math.ceil(6 * Math.log2(over)));
  const lighter = await encode(work, { rawPath, mix, report, crf });
  return {
    kind: 'composed',
    rendition: finish(work, { rawPath, ...lighter, hasAudio, isRemuxed: false }),
    isPictureCopied: false,
  };
}

type Written = { rawPath: string; size: Size; fps: number; hasAudio: boolean; isRemuxed: boolean };

/** Makes what the muxer wrote ready to be served. */
function finish({ outDir }: ComposeWork, { rawPath, size, fps, hasAudio, isRemuxed }: Written): RenditionFile {
  const path = join(outDir, 'composed.mp4');
  const finished = finishMp4(rawPath, path);
  unlinkSync(rawPath);
  const { widthPx, heightPx } = size;
  const bitrateBps = Math.round((finished.sizeBytes * 8000) / Math.max(1, finished.durationMs));
  const shortSidePx = Math.min(widthPx, heightPx);
  return { path, shortSidePx, widthPx, heightPx, ...finished, fps, hasAudio, bitrateBps, isRemuxed };
}

type CopyGrounds = {
  facts: Sources;
  files: ReadonlyMap<SourceKey, ComposeSource>;
  rawPath: string;
  mix: Pcm | undefined;
};

async function copyIfUntouched(work: ComposeWork, grounds: CopyGrounds): Promise<VideoProbe | undefined> {
  const clip = untouchedClip(work.edit, grounds.facts);
  const source = clip === undefined ? undefined : grounds.files.get(clipKey(clip));
  if (clip === undefined || source?.probe.kind !== 'video' || !source.probe.isRemuxable) return undefined;
  const { path, probe } = source;
  const { rawPath, mix } = grounds;
  return (await copyPictures({ path, probe, clip, limits: work.limits }, { rawPath, mix })) ? probe : undefined;
}

type EncodeGrounds = { rawPath: string; mix: Pcm | undefined; report: Report; crf: number };

async function encode(
  work: ComposeWork,
  { rawPath, mix, report, crf }: EncodeGrounds,
): Promise<{ size: Size; fps: number }> {
  const rate = rateOf(work);
  const line = new FrameLine(work, rate);
  const shortSidePx = Math.min(line.size.widthPx, line.size.heightPx);
  const encoder = new VideoEncoder({ rung: { shortSidePx, ...line.size }, rate, colour: BT709, crf });
  const writer = new Mp4Writer(rawPath);
  writer.addStream('video', { encoder: () => encoder.context }, encoder.timeBase);
  const sound = mix === undefined ? undefined : new SoundTrack(mix, writer);
  try {
    const count = line.frameCount;
    for (let index = 0, told = 0; index < count; index += 1) {
      using picture = await line.at(index);
      for (const packet of encoder.encode(picture, index, index + 1)) writer.push('video', packet);
      await sound?.writeUntil((index * rate.den) / rate.num);
      if (index / count < told + 0.01) continue;
      told = index / count;
      report({ shortSidePx, fraction: told });
    }
    for (const packet of encoder.flush()) writer.push('video', packet);
    await sound?.end();
    writer.end();
  } finally {
    line.close();
    encoder.close();
    sound?.close();
  }
  return { size: line.size, fps: rate.num / rate.den };
}

/** The clips' own rate where all have one and keep to it, else thirty a second. */
function rateOf({ edit, sources }: ComposeWork): FrameRate {
  const files = new Map(sources);
  const rates = edit.clips.map((clip): FrameRate | undefined => {
    const probe = files.get(clipKey(clip))?.probe;
    if (probe?.kind !== 'video' || !probe.reading.isConstantRate || clip.speed !== 1) return undefined;
    return renditionRate({ rate: probe.reading.rate, isConstant: true });
  });
  const [first] = rates;
  const isCommon = first !== undefined && rates.every((rate) => rate?.num === first.num && rate.den === first.den);
  return isCommon && first.num / first.den >= LEAST_FPS ? first : USUAL_RATE;
}

/** Below this texts would come and go late. */
const LEAST_FPS = 20;
