/** Says what an opened file really holds: decodes a first frame of each track and counts all packets. Runs in the worker only. */
import {
  AV_CODEC_ID_H264,
  AV_FRAME_DATA_DISPLAYMATRIX,
  AV_NOPTS_VALUE,
  AV_PKT_DATA_DISPLAYMATRIX,
  AV_PKT_DATA_ENCRYPTION_INFO,
  AV_PKT_FLAG_DISCARD,
  AV_PKT_FLAG_KEY,
  Frame,
} from 'node-av';
import type { CodecContext, Packet } from 'node-av';
import { MAX_SANE_FPS, measureRate } from './cadence.ts';
import { hasWholeUnits } from './encode/nal.ts';
import { lookOf, outputColour } from './encode/picture-filter.ts';
import type { PictureLook } from './encode/picture-filter.ts';
import { displayedSize, readOrientation } from './orientation.ts';
import type { Orientation } from './orientation.ts';
import { refuse, RefusalError } from './refusal.ts';
import { isRemuxable } from './remuxable.ts';
import { hasEncryptedTracks, openDecoder, openSource, readPackets, toMicroseconds } from './source.ts';
import type { Track } from './source.ts';
import type { HdrTransfer, Refusal, SoundProbe, SourceLimits, VideoProbe } from './types.ts';

/** What one decoded frame says; a header may say something else. */
export type FirstFrame = PictureLook & {
  pixelAspect: { num: number; den: number };
  isInterlaced: boolean;
  displayMatrix: Buffer | null;
  channels: number;
  sampleRateHz: number;
};
/** What was counted over all packets of a track; times on the source's clock. */
export type TrackCount = {
  track: Track;
  packets: number;
  sizeBytes: number;
  startUs: number;
  endUs: number;
  timesUs: number[];
  maxKeyGapUs: number;
  lastKeyUs: number | undefined;
  isFirstKey: boolean;
  hasHidden: boolean;
  isInOrder: boolean;
  lastDts: bigint;
  isWhole: boolean;
  unitLengthBytes: number;
  isEncrypted: boolean;
  frame: FirstFrame | undefined;
  decoder: CodecContext | undefined;
  triedPackets: number;
};

/** A track that gives no frame in so many packets gives none. */
const MAX_TRIED_PACKETS = 400;
/** Tracks of one type that are looked at. */
const MAX_TRACKS = 8;

/** Reads the whole file once. Refusals come back as values or as `RefusalError`. */
export async function probeStream(
  path: string,
  demuxer: string,
  limits: SourceLimits,
): Promise<VideoProbe | SoundProbe | Refusal> {
  const source = openSource(path, demuxer, limits);
  try {
    const tracks = source.tracks.filter((track) => !track.isCover);
    const tooLarge = tracks.some(({ stream: { codecpar } }) => codecpar.width * codecpar.height > limits.maxPixels);
    if (tooLarge) return refuse('too_large_pixels');
    const counts = startCounts(tracks, limits);
    try {
      await readPackets(
        source,
        counts.map((count) => count.track),
        (packet, track) =>
          countPacket(
            packet,
            counts.find((count) => count.track === track),
          ),
      );
      for (const count of counts) if (count.frame === undefined && count.decoder !== undefined) tryDecode(count, null);
    } finally {
      for (const count of counts) count.decoder?.freeContext();
    }
    return judge({ path, demuxer, limits, tracks, hasStreams: source.context.nbStreams > 0 }, counts);
  } finally {
    source.close();
  }
}

function startCounts(tracks: readonly Track[], limits: SourceLimits): TrackCount[] {
  const usable = tracks.filter((track) => track.decoder !== undefined && !track.isEncrypted);
  const kept = (['video', 'audio'] as const).flatMap((type) =>
    usable
      .filter((track) => track.type === type)
      .sort((a, b) => Number(b.isDefault) - Number(a.isDefault))
      .slice(0, MAX_TRACKS),
  );
  return kept.map((track) => ({
    track,
    packets: 0,
    sizeBytes: 0,
    startUs: Infinity,
    endUs: -Infinity,
    timesUs: [],
    maxKeyGapUs: 0,
    lastKeyUs: undefined,
    isFirstKey: false,
    hasHidden: false,
    isInOrder: true,
    lastDts: AV_NOPTS_VALUE,
    isWhole: true,
    unitLengthBytes: h264UnitLength(track),
    isEncrypted: false,
    frame: undefined,
    decoder: openOrUndefined(track, limits),
    triedPackets: 0,
  }));
}

/** Bytes of the length before each NAL unit, from the avcC record; 0 for everything but H.264 kept the MP4 way. */
export function h264UnitLength({ stream: { codecpar } }: Track): number {
  const extradata = codecpar.codecId === AV_CODEC_ID_H264 ? codecpar.extradata : null;
  return extradata?.[0] === 1 ? ((extradata[4] ?? 0) & 3) + 1 : 0;
}

function openOrUndefined(track: Track, limits: SourceLimits): CodecContext | undefined {
  try {
    return openDecoder(track, limits, 1);
  } catch (error) {
    if (error instanceof RefusalError) return undefined;
    throw error;
  }
}

function countPacket(packet: Packet, count: TrackCount | undefined): void {
  if (count === undefined) return;
  const { timeBase } = count.track.stream;
  if (packet.getSideData(AV_PKT_DATA_ENCRYPTION_INFO) !== null) count.isEncrypted = true;
  if (count.frame === undefined) tryDecode(count, packet);
  const { pts, dts, flags } = packet;
  if (dts === AV_NOPTS_VALUE || pts === AV_NOPTS_VALUE || (count.packets > 0 && dts <= count.lastDts))
    count.isInOrder = false;
  if (count.isWhole && count.unitLengthBytes > 0)
    count.isWhole = hasWholeUnits(packet.data ?? Buffer.alloc(0), count.unitLengthBytes);
  count.lastDts = dts;
  if (count.packets === 0) count.isFirstKey = (flags & AV_PKT_FLAG_KEY) !== 0;
  count.packets += 1;
  count.sizeBytes += packet.size;
  if ((flags & AV_PKT_FLAG_DISCARD) !== 0) {
    count.hasHidden = true;
    return;
  }
  const timeUs = toMicroseconds(pts, timeBase) ?? toMicroseconds(dts, timeBase);
  if (timeUs === undefined) return;
  count.startUs = Math.min(count.startUs, timeUs);
  count.endUs = Math.max(count.endUs, timeUs + (toMicroseconds(packet.duration, timeBase) ?? 0));
  if (count.track.type === 'audio') return;
  count.timesUs.push(timeUs);
  if ((flags & AV_PKT_FLAG_KEY) === 0) return;
  count.maxKeyGapUs = Math.max(count.maxKeyGapUs, timeUs - (count.lastKeyUs ?? timeUs));
  count.lastKeyUs = timeUs;
}

function tryDecode(count: TrackCount, packet: Packet | null): void {
  const { decoder } = count;
  if (decoder === undefined || count.triedPackets > MAX_TRIED_PACKETS) return;
  count.triedPackets += 1;
  // A packet that fails is passed over: one broken packet does not make a bad file.
  decoder.sendPacketSync(packet);
  using frame = new Frame();
  frame.alloc();
  if (decoder.receiveFrameSync(frame) < 0) return;
  count.frame = {
    ...lookOf(frame),
    pixelAspect: frame.sampleAspectRatio,
    isInterlaced: (frame.flags & AV_FRAME_FLAG_INTERLACED) !== 0,
    displayMatrix: frame.isVideo() ? frame.getSideData(AV_FRAME_DATA_DISPLAYMATRIX) : null,
    channels: frame.channels,
    sampleRateHz: frame.sampleRate,
  };
}

/** AV_FRAME_FLAG_INTERLACED of libavutil/frame.h. */
const AV_FRAME_FLAG_INTERLACED = 8;

/** The file around the counted tracks. */
type Opened = { path: string; demuxer: string; limits: SourceLimits; tracks: readonly Track[]; hasStreams: boolean };

function judge(opened: Opened, counts: readonly TrackCount[]): VideoProbe | SoundProbe | Refusal {
  const video = counts.find(
    (count) =>
      count.track.type === 'video' && count.frame !== undefined && count.timesUs.length > 0 && !count.isEncrypted,
  );
  const audio = counts.find(
    (count) =>
      count.track.type === 'audio' && count.frame !== undefined && Number.isFinite(count.startUs) && !count.isEncrypted,
  );
  if (video === undefined) {
    const refusal = whyNoVideo(opened, counts);
    if (refusal !== undefined) return refusal;
    if (audio === undefined) return refuse('corrupt');
    return describeSound(audio, opened);
  }
  return describeVideo(video, audio, opened);
}

/** Undefined: there was never a video in it, so it may be a sound. */
function whyNoVideo({ path, tracks, hasStreams }: Opened, counts: readonly TrackCount[]): Refusal | undefined {
  if (
    tracks.some((track) => track.isEncrypted) ||
    counts.some((count) => count.isEncrypted) ||
    hasEncryptedTracks(path)
  )
    return refuse('encrypted');
  const videos = tracks.filter((track) => track.type === 'video');
  if (videos.length > 0)
    return videos.every((track) => track.decoder === undefined) ? refuse('unsupported_codec') : refuse('corrupt');
  if (tracks.length === 0) return refuse(hasStreams ? 'no_video' : 'corrupt');
  return tracks.every((track) => track.decoder === undefined)
    ? refuse('unsupported_codec', 'The sound in this file is coded in a way that is not supported.')
    : undefined;
}

function describeSound(audio: TrackCount, { demuxer, limits }: Opened): SoundProbe | Refusal {
  const durationMs = Math.round((audio.endUs - audio.startUs) / 1000);
  if (durationMs > limits.maxDurationMs) return refuse('too_long');
  return {
    kind: 'sound',
    durationMs,
    audioCodec: audio.track.codecName,
    channels: audio.frame?.channels ?? 0,
    sampleRateHz: audio.frame?.sampleRateHz ?? 0,
    demuxer,
  };
}

/** Tracks that start further apart than this do not share a clock. */
const MAX_START_GAP_US = 10_000_000;

function describeVideo(
  video: TrackCount,
  audio: TrackCount | undefined,
  { demuxer, limits }: Opened,
): VideoProbe | Refusal {
  const { frame, track } = video;
  if (frame === undefined) return refuse('corrupt');
  const orientation = readOrientation(
    track.stream.codecpar.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX) ?? frame.displayMatrix,
  );
  const size = displayedSize(
    frame.widthPx,
    frame.heightPx,
    [track.stream.sampleAspectRatio, frame.pixelAspect],
    orientation,
  );
  if (Math.max(size.widthPx * size.heightPx, frame.widthPx * frame.heightPx) > limits.maxPixels)
    return refuse('too_large_pixels');
  const { rate, isConstant } = measureRate(video.timesUs);
  // Where the last frame has no duration of its own, it lasts one beat.
  const videoEndUs = Math.max(
    video.endUs,
    Math.max(
      video.startUs,
      video.timesUs.reduce((a, b) => Math.max(a, b), 0),
    ) +
      (1e6 * rate.den) / rate.num,
  );
  const sharesClock = audio !== undefined && Math.abs(audio.startUs - video.startUs) <= MAX_START_GAP_US;
  const earliestUs = sharesClock ? Math.min(video.startUs, audio.startUs) : video.startUs;
  const endUs = sharesClock ? Math.max(videoEndUs, audio.endUs) : videoEndUs;
  // What lies before zero is there to be decoded, not to be shown.
  const startUs = endUs > 0 ? Math.max(0, earliestUs) : earliestUs;
  const durationMs = Math.round((endUs - startUs) / 1000);
  if (rate.num / rate.den >= MAX_SANE_FPS) return refuse('corrupt', 'The times in this file make no sense.');
  if (durationMs > limits.maxDurationMs)
    return refuse('too_long', `This video is longer than ${Math.round(limits.maxDurationMs / 60_000)} minutes.`);
  const usedAudio = sharesClock ? audio : undefined;
  return {
    kind: 'video',
    ...size,
    durationMs,
    hasAudio: usedAudio !== undefined,
    fps: rate.num / rate.den,
    videoCodec: track.codecName,
    audioCodec: usedAudio?.track.codecName ?? null,
    hdr: hdrTransfer(frame.transfer),
    isRemuxable: isRemuxable({
      video,
      audio: usedAudio,
      orientation,
      size,
      fps: rate.num / rate.den,
      durationMs,
      demuxer,
    }),
    reading: {
      demuxer,
      videoIndex: track.index,
      startUs,
      rate,
      isConstantRate: isConstant,
      ...(orientation satisfies Orientation),
      colour: outputColour(frame),
      audio:
        usedAudio === undefined
          ? null
          : {
              index: usedAudio.track.index,
              sampleRateHz: usedAudio.frame?.sampleRateHz ?? 48_000,
              channels: usedAudio.frame?.channels ?? 2,
            },
    },
  };
}

/** ITU-T H.273 transfer 16 and 18. */
function hdrTransfer(transfer: number): HdrTransfer | null {
  return transfer === 16 ? 'pq' : transfer === 18 ? 'hlg' : null;
}
