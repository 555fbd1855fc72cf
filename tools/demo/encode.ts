import { AV_PIX_FMT_RGB24, AV_SAMPLE_FMT_FLTP, type AVPixelFormat } from "node-av/constants";
import { Encoder, FilterAPI, Muxer } from "node-av/api";
import { AV_LOG_ERROR } from "node-av/constants";
import { Frame, Log, Rational } from "node-av/lib";

/** Every clip is 1080x1920 at 30 pictures a second with stereo sound at 48 kHz. */
export const CLIP_WIDTH_PX = 1080;
export const CLIP_HEIGHT_PX = 1920;
export const FRAMES_PER_S = 30;
export const SAMPLES_PER_S = 48_000;

const GOP_FRAMES = 60;
const AUDIO_FRAME_SAMPLES = 1024;
const AUDIO_BITRATE_BPS = 128_000;
const VIDEO_CEILING_BPS = 2_100_000;

/** What is encoded: pictures asked for one by one as RGB bytes, and interleaved stereo sound of the whole length. */
export type ClipSource = {
  widthPx: number;
  heightPx: number;
  frameCount: number;
  frameAt: (index: number) => Promise<Uint8Array>;
  samples: Float32Array;
};

/** Writes an MP4 (H.264 high, yuv420p, closed groups of 2 s; AAC-LC stereo), index first. */
export async function encodeClip(path: string, source: ClipSource): Promise<void> {
  Log.setLevel(AV_LOG_ERROR);
  const picture = await openPictureEncoder();
  const sound = await openSoundEncoder();
  const muxer = await Muxer.open(path, { format: "mp4", options: { movflags: "+faststart", fflags: "+bitexact" } });
  const pictureIndex = muxer.addStream(picture.encoder);
  const soundIndex = muxer.addStream(sound);
  let sampleAt = 0;
  for (let index = 0; index < source.frameCount; index += 1) {
    const scaled = scaledFrames(picture.filter, await source.frameAt(index), source, index);
    for (const frame of scaled) {
      for (const packet of picture.encoder.encodeAllSync(frame)) await muxer.writePacket(packet, pictureIndex);
      frame.free();
    }
    const due = ((index + 1) * SAMPLES_PER_S) / FRAMES_PER_S;
    while (sampleAt + AUDIO_FRAME_SAMPLES <= due) {
      await encodeSound(sound, muxer, soundIndex, source.samples, sampleAt);
      sampleAt += AUDIO_FRAME_SAMPLES;
    }
  }
  for (const packet of picture.encoder.encodeAllSync(null)) await muxer.writePacket(packet, pictureIndex);
  for (const packet of await sound.encodeAll(null)) await muxer.writePacket(packet, soundIndex);
  await muxer.close();
  picture.encoder.close();
  picture.filter.close();
  sound.close();
}

type PictureEncoder = { filter: FilterAPI; encoder: Encoder };

async function openPictureEncoder(): Promise<PictureEncoder> {
  const filter = FilterAPI.create(
    `scale=${CLIP_WIDTH_PX}:${CLIP_HEIGHT_PX}:flags=bicubic+accurate_rnd:out_color_matrix=bt709:out_range=tv,format=yuv420p,setsar=1`,
    { framerate: new Rational(FRAMES_PER_S, 1), timeBase: new Rational(1, FRAMES_PER_S) },
  );
  const encoder = await Encoder.create("libx264", {
    gopSize: GOP_FRAMES,
    maxBFrames: 2,
    threadCount: 2,
    maxRate: VIDEO_CEILING_BPS,
    bufSize: VIDEO_CEILING_BPS,
    options: {
      preset: "superfast",
      profile: "high",
      crf: 25,
      flags: "+cgop+bitexact",
      "x264-params": "keyint=60:min-keyint=60:scenecut=0:open-gop=0:8x8dct=1:colorprim=bt709:transfer=bt709:colormatrix=bt709",
    },
  });
  return { filter, encoder };
}

async function openSoundEncoder(): Promise<Encoder> {
  return Encoder.create("aac", { bitrate: AUDIO_BITRATE_BPS, options: { profile: "aac_low", flags: "+bitexact" } });
}

function scaledFrames(filter: FilterAPI, bytes: Uint8Array, source: ClipSource, index: number): Frame[] {
  using frame = Frame.fromVideoBuffer(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), {
    width: source.widthPx,
    height: source.heightPx,
    format: AV_PIX_FMT_RGB24 as AVPixelFormat,
    pts: BigInt(index),
    timeBase: new Rational(1, FRAMES_PER_S),
  });
  frame.pts = BigInt(index);
  frame.timeBase = new Rational(1, FRAMES_PER_S);
  return filter.processAllSync(frame);
}

async function encodeSound(sound: Encoder, muxer: Muxer, index: number, samples: Float32Array, from: number): Promise<void> {
  const planes = new Float32Array(AUDIO_FRAME_SAMPLES * 2);
  for (let at = 0; at < AUDIO_FRAME_SAMPLES; at += 1) {
    planes[at] = samples[(from + at) * 2] ?? 0;
    planes[AUDIO_FRAME_SAMPLES + at] = samples[(from + at) * 2 + 1] ?? 0;
  }
  using frame = Frame.fromAudioBuffer(Buffer.from(planes.buffer), {
    nbSamples: AUDIO_FRAME_SAMPLES,
    format: AV_SAMPLE_FMT_FLTP,
    sampleRate: SAMPLES_PER_S,
    channelLayout: { nbChannels: 2, order: 1, mask: 3n },
    pts: BigInt(from),
    timeBase: new Rational(1, SAMPLES_PER_S),
  });
  // AAC only through the asynchronous call: the synchronous one corrupts the heap.
  for (const packet of await sound.encodeAll(frame)) await muxer.writePacket(packet, index);
}
