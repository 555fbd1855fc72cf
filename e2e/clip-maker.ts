/**
 * Encodes one clip and ends: `node clip-maker.ts PATH ORDER-AS-JSON`. A process of its own, as FFmpeg's memory is not ours.
 * Every encoder is opened by an asynchronous call: opened by a synchronous one it corrupts the heap (docs/decisions/0002-encoder-calls.md).
 */
import { Encoder, Muxer } from 'node-av/api';
import {
  AV_CHANNEL_ORDER_NATIVE,
  AV_LOG_ERROR,
  AV_PIX_FMT_YUV420P,
  AV_SAMPLE_FMT_FLTP,
  FF_ENCODER_AAC,
  FF_ENCODER_LIBX264,
  FF_ENCODER_LIBX265,
} from 'node-av/constants';
import { Frame, Log, Rational } from 'node-av/lib';
import type { ClipOrder } from './media.ts';

const SAMPLES_PER_SECOND = 48_000;
const AUDIO_FRAME_SAMPLES = 1024;
/** Binary digits of the frame's number along the top edge, highest first. */
const NUMBER_SQUARES = 16;
const WHITE = 235;
const BLACK = 16;

async function makeClip(path: string, order: ClipOrder): Promise<void> {
  Log.setLevel(AV_LOG_ERROR);
  const gopSize = order.framesPerSecond * 2;
  const video = await Encoder.create(order.codec === 'h264' ? FF_ENCODER_LIBX264 : FF_ENCODER_LIBX265, {
    gopSize,
    maxBFrames: 2,
    options: { preset: 'ultrafast', crf: 26, ...(order.codec === 'h264' ? { profile: 'main' } : {}) },
  });
  const audio = order.hasAudio ? await Encoder.create(FF_ENCODER_AAC, { bitrate: 96_000 }) : undefined;
  const muxer = await Muxer.open(path, { format: 'mp4', options: { movflags: '+faststart' } });
  const videoIndex = muxer.addStream(video);
  const audioIndex = audio ? muxer.addStream(audio) : -1;
  const frameCount = Math.round((order.durationMs * order.framesPerSecond) / 1000);
  const paint = painter(order);
  let sample = 0;
  for (let number = 0; number < frameCount; number += 1) {
    using frame = pictureFrame(paint(number), order, number);
    for (const packet of await video.encodeAll(frame)) await muxer.writePacket(packet, videoIndex);
    const dueSamples = ((number + 1) * SAMPLES_PER_SECOND) / order.framesPerSecond;
    for (; audio && sample + AUDIO_FRAME_SAMPLES <= dueSamples; sample += AUDIO_FRAME_SAMPLES) {
      using sound = soundFrame(sample);
      for (const packet of await audio.encodeAll(sound)) await muxer.writePacket(packet, audioIndex);
    }
  }
  for (const packet of await video.encodeAll(null)) await muxer.writePacket(packet, videoIndex);
  if (audio) for (const packet of await audio.encodeAll(null)) await muxer.writePacket(packet, audioIndex);
  await muxer.close();
  video.close();
  audio?.close();
}

function pictureFrame(pixels: Buffer, order: ClipOrder, number: number): Frame {
  const timeBase = new Rational(1, order.framesPerSecond);
  const frame = Frame.fromVideoBuffer(pixels, {
    width: order.widthPx,
    height: order.heightPx,
    format: AV_PIX_FMT_YUV420P,
    timeBase,
    pts: BigInt(number),
  });
  frame.pts = BigInt(number);
  frame.timeBase = timeBase;
  return frame;
}

/** A quiet A of 440 Hz on both sides. */
function soundFrame(from: number): Frame {
  const planes = new Float32Array(AUDIO_FRAME_SAMPLES * 2);
  for (let at = 0; at < AUDIO_FRAME_SAMPLES; at += 1) {
    const value = 0.2 * Math.sin((2 * Math.PI * 440 * (from + at)) / SAMPLES_PER_SECOND);
    planes[at] = value;
    planes[AUDIO_FRAME_SAMPLES + at] = value;
  }
  return Frame.fromAudioBuffer(Buffer.from(planes.buffer), {
    nbSamples: AUDIO_FRAME_SAMPLES,
    format: AV_SAMPLE_FMT_FLTP,
    sampleRate: SAMPLES_PER_SECOND,
    channelLayout: { nbChannels: 2, order: AV_CHANNEL_ORDER_NATIVE, mask: 3n },
    timeBase: new Rational(1, SAMPLES_PER_SECOND),
    pts: BigInt(from),
  });
}

/** Gives the planar YUV 4:2:0 bytes of each frame; the same buffer every time. */
function painter(order: ClipOrder): (number: number) => Buffer {
  const { widthPx, heightPx } = order;
  const lumaBytes = widthPx * heightPx;
  const chromaBytes = (widthPx / 2) * (heightPx / 2);
  const pixels = Buffer.alloc(lumaBytes + 2 * chromaBytes);
  const radians = (order.hueDegrees * Math.PI) / 180;
  pixels.fill(Math.round(128 + 70 * Math.cos(radians)), lumaBytes, lumaBytes + chromaBytes);
  pixels.fill(Math.round(128 + 70 * Math.sin(radians)), lumaBytes + chromaBytes);
  const squarePx = Math.floor(widthPx / NUMBER_SQUARES);
  const barPx = Math.floor(heightPx / 12);
  return (number) => {
    pixels.fill(110, 0, lumaBytes);
    const barTop = squarePx + ((number * 8) % (heightPx - squarePx - barPx));
    pixels.fill(WHITE, barTop * widthPx, (barTop + barPx) * widthPx);
    for (let line = 0; line < squarePx; line += 1) {
      for (let square = 0; square < NUMBER_SQUARES; square += 1) {
        const isOne = ((number >> (NUMBER_SQUARES - 1 - square)) & 1) === 1;
        const start = line * widthPx + square * squarePx;
        pixels.fill(isOne ? WHITE : BLACK, start, start + squarePx);
      }
    }
    return pixels;
  };
}

const [path = '', order = '{}'] = process.argv.slice(2);
await makeClip(path, JSON.parse(order) as ClipOrder);
