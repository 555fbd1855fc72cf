/** Sound as numbers: two channels of 48,000 samples a second, -1 to 1. */
import { AV_CHANNEL_LAYOUT_STEREO, AV_SAMPLE_FMT_FLTP, Frame } from 'node-av';
import { Graph } from './graph.ts';

/** Both of one length. */
export type Pcm = { left: Float32Array; right: Float32Array };

export const RATE_HZ = 48_000;
/** Samples of a block that goes through filters and encoder. */
export const BLOCK_SAMPLES = 4096;

/** Silence. */
export function silence(samples: number): Pcm {
  return { left: new Float32Array(samples), right: new Float32Array(samples) };
}

/** Samples in so many milliseconds. */
export function samplesIn(ms: number): number {
  return Math.round((ms * RATE_HZ) / 1000);
}

/** A stretch as a frame for FFmpeg; the caller frees it. Its time stamp counts samples. */
export function pcmFrame({ left, right }: Pcm, from: number, to: number): Frame {
  const channels = [left, right].map((channel) => {
    const part = channel.subarray(from, to);
    return Buffer.from(part.buffer, part.byteOffset, part.byteLength);
  });
  const frame = Frame.fromAudioBuffer(Buffer.concat(channels), {
    nbSamples: to - from,
    format: AV_SAMPLE_FMT_FLTP,
    sampleRate: RATE_HZ,
    channelLayout: AV_CHANNEL_LAYOUT_STEREO,
  });
  frame.pts = BigInt(from);
  return frame;
}

/** The channels of a planar float frame; one channel counts for both. Valid as long as the frame is. */
export function channelsOf(frame: Frame): Pcm {
  const planes = (frame.extendedData ?? frame.data ?? []).map(
    (plane) => new Float32Array(plane.buffer, plane.byteOffset, frame.nbSamples),
  );
  const left = planes[0] ?? new Float32Array(frame.nbSamples);
  return { left, right: planes[1] ?? left };
}

/** Sends sound through filters between a source and a sink of our kind, and collects what comes out. */
export function throughFilters(pcm: Pcm, filters: string): Pcm {
  const parts: Pcm[] = [];
  eachFiltered(pcm, `${filters},aformat=sample_fmts=fltp:sample_rates=${RATE_HZ}:channel_layouts=stereo`, (frame) => {
    const { left, right } = channelsOf(frame);
    parts.push({ left: left.slice(), right: right.slice() });
  });
  const out = silence(parts.reduce((sum, part) => sum + part.left.length, 0));
  let at = 0;
  for (const part of parts) {
    out.left.set(part.left, at);
    out.right.set(part.right, at);
    at += part.left.length;
  }
  return out;
}

/** Sends sound through filters and shows every frame that comes out. */
export function eachFiltered(pcm: Pcm, filters: string, visit: (frame: Frame) => void): void {
  const source = `abuffer@in=time_base=1/${RATE_HZ}:sample_rate=${RATE_HZ}:sample_fmt=fltp:channel_layout=stereo`;
  const graph = new Graph(`${source},${filters},abuffersink@out`, ['abuffer@in'], 'abuffersink@out');
  const drain = (): void => {
    for (let frame = graph.pull(); frame !== undefined; frame = graph.pull()) {
      visit(frame);
      frame.free();
    }
  };
  try {
    for (let from = 0; from < pcm.left.length; from += BLOCK_SAMPLES) {
      using frame = pcmFrame(pcm, from, Math.min(pcm.left.length, from + BLOCK_SAMPLES));
      graph.push('abuffer@in', frame);
      drain();
    }
    graph.push('abuffer@in', null);
    drain();
  } finally {
    graph.close();
  }
}
