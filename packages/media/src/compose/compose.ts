/** An edit becomes one file. Runs in the worker only. */
import { unlinkSync } from 'node:fs';
import { join } from 'node:path';
import { clipKey, soundPlan, timelineOf, untouchedClip, type SourceKey, type Sources } from '@vitrine/edit';
import { renditionRate, type FrameRate } from '../cadence.ts';
import { finishMp4 } from '../encode/finish-mp4.ts';
import { Mp4Writer } from '../encode/mp4-writer.ts';
import type { Report } from '../encode/render.ts';
import { VideoEncoder } from '../encode/video-encoder.ts';
import type { VideoProbe } from '../types.ts';
import { copyPictures } from './copy-pictures.ts';
import { FrameLine } from './frame-line.ts';
import { mixSound } from './mix.ts';
import type { Pcm } from './pcm.ts';
import { SoundTrack } from './sound-track.ts';
import { factsOf, type Composed, type ComposeSource, type ComposeWork } from './types.ts';

/** Finer than renditions: the smaller ones are made from this one. */
const MASTER_CRF = 21;
const USUAL_RATE: FrameRate = { num: 30, den: 1 };
const BT709 = { matrix: 1, primaries: 1, transfer: 1 };

/** Renders, or copies the pictures where nothing is done to them. */
export async function compose(work: ComposeWork, report: Report): Promise<Composed> {
  const files = new Map(work.sources);
  const facts: Sources = new Map(work.sources.map(([key, { probe }]) => [key, factsOf(probe)]));
  const { durationMs } = timelineOf(work.edit);
  const mix = await mixSound({
    pieces: soundPlan(work.edit, facts),
    sources: files,
    durationMs,
    limits: work.limits,
  });
  const rawPath = join(work.outDir, 'composed.raw.part');
  const copied = await copyIfUntouched(work, { facts, files, rawPath, mix });
  const size = copied ?? (await encode(work, { rawPath, mix, report }));
  const path = join(work.outDir, 'composed.mp4');
  const { sizeBytes, sha256, durationMs: madeMs } = finishMp4(rawPath, path);
  unlinkSync(rawPath);
  const { widthPx, heightPx } = size;
  return {
    kind: 'composed',
    path,
    sizeBytes,
    sha256,
    widthPx,
    heightPx,
    durationMs: madeMs,
    hasAudio: mix !== undefined,
    isPictureCopied: copied !== undefined,
  };
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

type EncodeGrounds = { rawPath: string; mix: Pcm | undefined; report: Report };

async function encode(work: ComposeWork, { rawPath, mix, report }: EncodeGrounds): Promise<FrameLine['size']> {
  const rate = rateOf(work);
  const line = new FrameLine(work, rate);
  const shortSidePx = Math.min(line.size.widthPx, line.size.heightPx);
  const encoder = new VideoEncoder({ rung: { shortSidePx, ...line.size }, rate, colour: BT709, crf: MASTER_CRF });
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
  return line.size;
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
