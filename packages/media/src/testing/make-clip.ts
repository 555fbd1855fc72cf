/** Small clips for tests: a moving pattern with fine grain, and a tone. */
import { AV_PIX_FMT_YUV420P, AV_SAMPLE_FMT_FLTP, AV_CHANNEL_LAYOUT_STEREO, Frame } from 'node-av';
import { AudioEncoder } from '../encode/audio-encoder.ts';
import { Mp4Writer } from '../encode/mp4-writer.ts';
import { VideoEncoder } from '../encode/video-encoder.ts';

export type ClipOrder = {
  widthPx: number;
  heightPx: number;
  frames: number;
  fps: number;
  hasAudio: boolean;
  /** How long it is heard, in pictures; absent: as long as it is seen. */
  soundFrames?: number;
  /** Planar 4:2:0 of frame `n`; absent: a moving, grainy pattern. */
  picture?: (n: number) => Buffer;
  /** Sample `n` of 48,000 a second; absent: a tone of 440 Hz. */
  sample?: (n: number) => number;
};

const SAMPLE_RATE_HZ = 48_000;
const BLOCK_SAMPLES = 1024;
const BT709 = { matrix: 1, primaries: 1, transfer: 1 };

/** Writes a plain MP4 of H.264 and AAC. The same order gives the same bytes. */
export async function makeClip(path: string, order: ClipOrder): Promise<void> {
  const {
    widthPx,
    heightPx,
    frames,
    fps,
    hasAudio,
    soundFrames = frames,
    picture = (n) => paint(widthPx, heightPx, n),
    sample = sine,
  } = order;
  const rung = { shortSidePx: Math.min(widthPx, heightPx), widthPx, heightPx };
  const video = new VideoEncoder({ rung, rate: { num: fps, den: 1 }, colour: BT709, crf: 32 });
  const audio = hasAudio ? new AudioEncoder({ sampleRateHz: SAMPLE_RATE_HZ, channels: 2 }) : undefined;
  const writer = new Mp4Writer(path, 'plain');
  writer.addStream('video', { encoder: () => video.context }, video.timeBase);
  if (audio !== undefined) writer.addStream('audio', { encoder: () => audio.context }, audio.timeBase);
  for (let n = 0; n < frames; n += 1) {
    using frame = Frame.fromVideoBuffer(picture(n), {
      width: widthPx,
      height: heightPx,
      format: AV_PIX_FMT_YUV420P,
    });
    for (const packet of video.encode(frame, n, n + 1)) writer.push('video', packet);
  }
  for (const packet of video.flush()) writer.push('video', packet);
  if (audio !== undefined) {
    for (let at = 0; at < (soundFrames * SAMPLE_RATE_HZ) / fps; at += BLOCK_SAMPLES) {
      using frame = Frame.fromAudioBuffer(tone(at, sample), {
        nbSamples: BLOCK_SAMPLES,
        format: AV_SAMPLE_FMT_FLTP,
        sampleRate: SAMPLE_RATE_HZ,
        channelLayout: AV_CHANNEL_LAYOUT_STEREO,
      });
      for (const packet of await audio.encode(frame, (at * 1e6) / SAMPLE_RATE_HZ)) writer.push('audio', packet);
    }
    for (const packet of await audio.flush()) writer.push('audio', packet);
  }
  writer.end();
  video.close();
  audio?.close();
}

/** Grain from a fixed sequence: hard to encode, so that small first pictures are no accident. */
function paint(widthPx: number, heightPx: number, n: number): Buffer {
  const picture = Buffer.alloc((widthPx * heightPx * 3) / 2, 128);
  let seed = 12_345 + n;
  for (let at = 0; at < widthPx * heightPx; at += 1) {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
    picture[at] = 60 + (((at % widthPx) + Math.floor(at / widthPx) + n * 4) & 127) + ((seed >> 16) & 31);
  }
  return picture;
}

function sine(n: number): number {
  return 0.2 * Math.sin((2 * Math.PI * 440 * n) / SAMPLE_RATE_HZ);
}

function tone(from: number, sample: (n: number) => number): Buffer {
  const channel = Float32Array.from({ length: BLOCK_SAMPLES }, (_, n) => sample(from + n));
  return Buffer.concat([Buffer.from(channel.buffer), Buffer.from(channel.buffer)]);
}
