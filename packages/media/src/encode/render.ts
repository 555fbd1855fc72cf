/** Decodes a source once and encodes every rung asked for. Runs in the worker only. */
import { availableParallelism } from 'node:os';
import { unlinkSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame, Packet } from 'node-av';
import { createCadence, frameTimeUs, renditionRate } from '../cadence.ts';
import type { FrameRate } from '../cadence.ts';
import { RefusalError } from '../refusal.ts';
import { framesOf, openDecoder, openSource, readPackets, toMicroseconds } from '../source.ts';
import type { Source, Track } from '../source.ts';
import type { RenditionFile, Rung, SourceLimits, VideoProbe } from '../types.ts';
import { finishMp4 } from './finish-mp4.ts';
import { Mp4Writer } from './mp4-writer.ts';
import { PictureFilter } from './picture-filter.ts';
import { openSoundLine } from './sound-line.ts';
import type { SoundLine } from './sound-line.ts';
import { USUAL_CRF, VideoEncoder } from './video-encoder.ts';

export type RenderWork = { sourcePath: string; outDir: string; probe: VideoProbe; rungs: Rung[]; limits: SourceLimits };
/** Filters behind the usual ones, and the form of the file. */
export type RenderForm = {
  form: 'fragmented' | 'plain';
  tail: readonly (readonly [string, string])[];
  crfOf: (rung: Rung) => number;
};
const RENDITION: RenderForm = { form: 'fragmented', tail: [], crfOf: () => USUAL_CRF };

/** Bits a second that a phone's connection carries: 4 million at 540p, growing slower than the area. */
export function maxBitrateBps({ widthPx, heightPx }: Rung): number {
  return Math.round(4_000_000 * Math.max(0.25, (widthPx * heightPx) / (540 * 960)) ** 0.75);
}
/** Told now and then how far each rung is. */
export type Report = (progress: { shortSidePx: number; fraction: number }) => void;

/** Sound that ends so much later than the pictures is nothing to wait for. */
const MAX_SOUND_TAIL_US = 200_000;
/** Beats past the probed end that are still taken, for sources that count badly. */
const SPARE_MS = 1_000;

/** One rung on its way. */
type RungWork = { rung: Rung; rawPath: string; filter: PictureFilter; encoder: VideoEncoder; writer: Mp4Writer };

/** Makes one rendition per rung in `outDir`; nothing else is left there. Rungs that came out too heavy are made again, coarser. */
export async function renderRungs(work: RenderWork, report: Report): Promise<RenditionFile[]> {
  const raws = await encodeRungs(work, RENDITION, report);
  const renditions = raws.map((raw) => finishRung(raw, work));
  const heavy = renditions.filter((rendition) => rendition.bitrateBps > maxBitrateBps(rendition));
  if (heavy.length === 0) return renditions;
  // Six steps of the rate factor halve the bits.
  const crfOf = (rung: Rung): number => {
    const { bitrateBps = 0 } = heavy.find(({ shortSidePx }) => shortSidePx === rung.shortSidePx) ?? {};
    return Math.min(51, USUAL_CRF + Math.ceil(6 * Math.log2(bitrateBps / maxBitrateBps(rung))));
  };
  const rungs = work.rungs.filter((rung) => heavy.some(({ shortSidePx }) => shortSidePx === rung.shortSidePx));
  const again = await encodeRungs({ ...work, rungs }, { ...RENDITION, crfOf }, report);
  const lighter = again.map((raw) => finishRung(raw, work));
  return renditions.map((rendition) => lighter.find(({ path }) => path === rendition.path) ?? rendition);
}

function finishRung({ rung, rawPath }: { rung: Rung; rawPath: string }, work: RenderWork): RenditionFile {
  const path = join(work.outDir, `${rung.shortSidePx}.mp4`);
  const finished = finishMp4(rawPath, path);
  unlinkSync(rawPath);
  const { num, den } = rateOf(work);
  const bitrateBps = Math.round((finished.sizeBytes * 8000) / Math.max(1, finished.durationMs));
  return { path, ...rung, ...finished, fps: num / den, hasAudio: work.probe.hasAudio, isRemuxed: false, bitrateBps };
}

/** Decodes once, encodes every rung, and says where the muxer's files lie. */
export async function encodeRungs(
  work: RenderWork,
  form: RenderForm,
  report: Report,
): Promise<{ rung: Rung; rawPath: string }[]> {
  const { probe, limits } = work;
  const source = openSource(work.sourcePath, probe.reading.demuxer, limits);
  const sound = openSoundLine(source, probe.reading, limits);
  const rungs = work.rungs.map((rung) => startRung(rung, { work, form, sound }));
  try {
    const pictures = new PictureLine(rungs, work, report);
    await decodeAll({ source, work, pictures, onSound: (packets) => shareSound(rungs, packets), sound });
    if (pictures.shown === 0) throw new RefusalError('corrupt', 'No picture in this file could be decoded.');
    for (const { encoder, writer } of rungs) {
      for (const packet of encoder.flush()) writer.push('video', packet);
      writer.end();
    }
    return rungs;
  } finally {
    for (const { filter, encoder } of rungs) {
      filter.close();
      encoder.close();
    }
    sound?.close();
    source.close();
  }
}

/** The even beat of all renditions of a source. */
function rateOf({ probe: { reading } }: RenderWork): FrameRate {
  return renditionRate({ rate: reading.rate, isConstant: reading.isConstantRate });
}

function startRung(
  rung: Rung,
  { work, form: { form, tail, crfOf }, sound }: { work: RenderWork; form: RenderForm; sound: SoundLine | undefined },
): RungWork {
  const { reading } = work.probe;
  const rawPath = join(work.outDir, `${rung.shortSidePx}.raw.part`);
  const encoder = new VideoEncoder({ rung, rate: rateOf(work), colour: reading.colour, crf: crfOf(rung) });
  const writer = new Mp4Writer(rawPath, form);
  writer.addStream('video', { encoder: () => encoder.context }, encoder.timeBase);
  if (sound !== undefined) writer.addStream('audio', sound.from, sound.timeBase);
  return { rung, rawPath, filter: new PictureFilter(rung, reading, tail), encoder, writer };
}

/** The same sound goes into every rung. */
function shareSound(rungs: readonly RungWork[], packets: readonly Packet[]): void {
  for (const packet of packets) {
    rungs.forEach(({ writer }, n) => {
      const own = n === rungs.length - 1 ? packet : packet.clone();
      if (own !== null) writer.push('audio', own);
    });
  }
}

/** Takes decoded pictures in order, puts them on the beat, hands them to every rung. */
class PictureLine {
  shown = 0;
  readonly #rungs: readonly RungWork[];
  readonly #probe: VideoProbe;
  readonly #report: Report;
  readonly #cadence: ReturnType<typeof createCadence>;
  #held: Frame | undefined;
  #heldEndUs = 0;
  #reported = 0;

  constructor(rungs: readonly RungWork[], work: RenderWork, report: Report) {
    const { probe } = work;
    const rate = rateOf(work);
    this.#rungs = rungs;
    this.#probe = probe;
    this.#report = report;
    this.#cadence = createCadence(rate, Math.ceil(((probe.durationMs + SPARE_MS) * rate.num) / (rate.den * 1000)));
  }

  take(frame: Frame, track: Track): void {
    const { reading } = this.#probe;
    const beatUs = frameTimeUs(1, reading.rate);
    const timeUs =
      (toMicroseconds(frame.bestEffortTimestamp, track.stream.timeBase) ?? this.#heldEndUs + reading.startUs) -
      reading.startUs;
    const durationUs = toMicroseconds(frame.duration, track.stream.timeBase) ?? 0;
    this.#show(this.#cadence.next(timeUs));
    this.#held?.free();
    this.#held = frame.clone() ?? undefined;
    this.#heldEndUs = timeUs + (durationUs > 0 ? durationUs : beatUs);
  }

  /** The last picture stays where the sound goes on: seeking and playlists follow the pictures. */
  end(soundEndUs: number): void {
    const isOutlasted = soundEndUs > this.#heldEndUs + MAX_SOUND_TAIL_US;
    this.#show(this.#cadence.end(isOutlasted ? soundEndUs : this.#heldEndUs));
    this.#held?.free();
    this.#held = undefined;
  }

  #show({ from, to }: { from: number; to: number }): void {
    if (this.#held === undefined || from >= to) return;
    for (const { filter, encoder, writer } of this.#rungs) {
      const picture = filter.apply(this.#held);
      if (picture === undefined) continue;
      for (const packet of encoder.encode(picture, from, to)) writer.push('video', packet);
      picture.free();
    }
    this.shown += to - from;
    const fraction = Math.min(1, this.#heldEndUs / 1000 / Math.max(1, this.#probe.durationMs));
    if (fraction < this.#reported + 0.01) return;
    this.#reported = fraction;
    for (const { rung } of this.#rungs) this.#report({ shortSidePx: rung.shortSidePx, fraction });
  }
}

type Decoding = {
  source: Source;
  work: RenderWork;
  pictures: PictureLine;
  sound: SoundLine | undefined;
  onSound: (packets: Packet[]) => void;
};

async function decodeAll({ source, work, pictures, sound, onSound }: Decoding): Promise<void> {
  const { reading } = work.probe;
  const video = source.tracks.find((track) => track.index === reading.videoIndex);
  if (video === undefined) throw new RefusalError('corrupt');
  const decoder = openDecoder(video, work.limits, Math.min(4, availableParallelism()));
  let soundEndUs = 0;
  const hear = (packets: Packet[]): void => {
    for (const { pts, duration } of packets)
      soundEndUs = Math.max(soundEndUs, toMicroseconds(pts + duration, sound?.timeBase ?? video.stream.timeBase) ?? 0);
    onSound(packets);
  };
  const takePictures = (packet: Packet | null): void => {
    // A packet that cannot be decoded is passed over.
    decoder.sendPacketSync(packet);
    for (const frame of framesOf(decoder)) pictures.take(frame, video);
  };
  try {
    await readPackets(source, sound === undefined ? [video] : [video, sound.track], (packet, track) => {
      if (track === video) return takePictures(packet);
      const made = sound?.take(packet) ?? [];
      return made instanceof Promise ? made.then(hear) : hear(made);
    });
    takePictures(null);
    if (sound !== undefined) hear(await sound.end());
    pictures.end(soundEndUs);
  } finally {
    decoder.freeContext();
  }
}
