import { Encoder, FilterAPI, Muxer } from 'node-av/api';
import {
  AV_CHANNEL_ORDER_NATIVE,
  AV_LOG_ERROR,
  AV_PIX_FMT_RGB24,
  AV_SAMPLE_FMT_FLTP,
  FF_ENCODER_AAC,
  FF_ENCODER_LIBX264,
} from 'node-av/constants';
import { Frame, Log, Rational } from 'node-av/lib';

/** Every clip is 1080x1920 at 30 pictures a second with stereo sound at 48 kHz. */
const CLIP_WIDTH_PX = 1080;
const CLIP_HEIGHT_PX = 1920;
export const FRAMES_PER_S = 30;
export const SAMPLES_PER_S = 48_000;

const GOP_FRAMES = 60;
const AUDIO_FRAME_SAMPLES = 1024;
const AUDIO_BITRATE_BPS = 128_000;
const VIDEO_CEILING_BPS = 2_100_000;
const STEREO_MASK = 3n;

/** What is encoded: pictures asked for one by one as RGB bytes, and interleaved stereo sound of the whole length. */
type ClipSource = {
  widthPx: number;
  heightPx: number;
  frameCount: number;
  frameAt: (index: number) => Promise<Uint8Array>;
  samples: Float32Array;
};

type Desk = { filter: FilterAPI; video: Encoder; audio: Encoder; muxer: Muxer; videoIndex: number; audioIndex: number };

/** Writes an MP4 (H.264 high, yuv420p, closed groups of 2 s; AAC-LC stereo), index first. */
export async function encodeClip(path: string, source: ClipSource): Promise<void> {
  const desk = await openDesk(path);
  let sampleAt = 0;
  for (let index = 0; index < source.frameCount; index += 1) {
    await encodePicture(desk, source, index);
    const due = ((index + 1) * SAMPLES_PER_S) / FRAMES_PER_S;
    for (; sampleAt + AUDIO_FRAME_SAMPLES <= due; sampleAt += AUDIO_FRAME_SAMPLES)
      await encodeSound(desk, source.samples, sampleAt);
  }
  for (const packet of desk.video.encodeAllSync(null)) await desk.muxer.writePacket(packet, desk.videoIndex);
  for (const packet of await desk.audio.encodeAll(null)) await desk.muxer.writePacket(packet, desk.audioIndex);
  await desk.muxer.close();
}

async function openDesk(path: string): Promise<Desk> {
  Log.setLevel(AV_LOG_ERROR);
  const filter = FilterAPI.create(
    `scale=${CLIP_WIDTH_PX}:${CLIP_HEIGHT_PX}:flags=bicubic+accurate_rnd:out_color_matrix=bt709:out_range=tv,format=yuv420p,setsar=1`,
    { framerate: new Rational(FRAMES_PER_S, 1) },
  );
  const video = await Encoder.create(FF_ENCODER_LIBX264, {
    gopSize: GOP_FRAMES,
    maxBFrames: 2,
    threadCount: 2,
    maxRate: VIDEO_CEILING_BPS,
    bufSize: VIDEO_CEILING_BPS,
    options: {
      preset: 'superfast',
      profile: 'high',
      crf: 25,
      flags: '+cgop+bitexact',
      'x264-params': 'keyint=60:scenecut=0:open-gop=0:8x8dct=1:colorprim=bt709:transfer=bt709:colormatrix=bt709',
    },
  });
  const audio = await Encoder.create(FF_ENCODER_AAC, {
    bitrate: AUDIO_BITRATE_BPS,
    options: { flags: '+bitexact' },
  });
  const muxer = await Muxer.open(path, { format: 'mp4', options: { movflags: '+faststart', fflags: '+bitexact' } });
  return { filter, video, audio, muxer, videoIndex: muxer.addStream(video), audioIndex: muxer.addStream(audio) };
}

async function encodePicture(desk: Desk, source: ClipSource, index: number): Promise<void> {
  const bytes = await source.frameAt(index);
  using painted = Frame.fromVideoBuffer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
    width: source.widthPx,
    height: source.heightPx,
    format: AV_PIX_FMT_RGB24,
    pts: BigInt(index),
    timeBase: new Rational(1, FRAMES_PER_S),
  });
  for (const frame of desk.filter.processAllSync(painted)) {
    for (const packet of desk.video.encodeAllSync(frame)) await desk.muxer.writePacket(packet, desk.videoIndex);
    frame.free();
  }
}

async function encodeSound(desk: Desk, samples: Float32Array, from: number): Promise<void> {
  // Planar: all of the left channel, then all of the right.
  const planes = new Float32Array(AUDIO_FRAME_SAMPLES * 2);
  for (let at = 0; at < AUDIO_FRAME_SAMPLES; at += 1) {
    planes[at] = samples[(from + at) * 2] ?? 0;
    planes[AUDIO_FRAME_SAMPLES + at] = samples[(from + at) * 2 + 1] ?? 0;
  }
  using frame = Frame.fromAudioBuffer(Buffer.from(planes.buffer), {
    nbSamples: AUDIO_FRAME_SAMPLES,
    format: AV_SAMPLE_FMT_FLTP,
    sampleRate: SAMPLES_PER_S,
    channelLayout: { nbChannels: 2, order: AV_CHANNEL_ORDER_NATIVE, mask: STEREO_MASK },
    pts: BigInt(from),
    timeBase: new Rational(1, SAMPLES_PER_S),
  });
  // AAC only through the asynchronous call: the synchronous one corrupts the heap.
  for (const packet of await desk.audio.encodeAll(frame)) await desk.muxer.writePacket(packet, desk.audioIndex);
}
