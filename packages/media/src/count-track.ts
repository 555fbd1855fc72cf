/** Counts the packets of tracks and decodes the first frame of each. Runs in the worker only. */
import {
  AV_CODEC_ID_H264,
  AV_FRAME_DATA_DISPLAYMATRIX,
  AV_NOPTS_VALUE,
  AV_PKT_DATA_ENCRYPTION_INFO,
  AV_PKT_FLAG_DISCARD,
  AV_PKT_FLAG_KEY,
  Frame,
} from 'node-av';
import type { CodecContext, Packet } from 'node-av';
import { hasWholeUnits } from './encode/nal.ts';
import { lookOf } from './encode/picture-filter.ts';
import type { PictureLook } from './encode/picture-filter.ts';
import { RefusalError } from './refusal.ts';
import { openDecoder, toMicroseconds } from './source.ts';
import type { Track } from './source.ts';
import type { SourceLimits } from './types.ts';

/** What one decoded frame says; a header may say something else. */
export type FirstFrame = PictureLook & {
  pixelAspect: { num: number; den: number };
  displayMatrix: Buffer | null;
  channels: number;
  sampleRateHz: number;
};
/** What was counted over all packets of a track; times on the source's clock. */
export type TrackCount = {
  track: Track;
  packets: number;
  sizeBytes: number;
  /** Of what is shown or heard; hidden packets may lie before it. */
  startUs: number;
  earliestUs: number;
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

/** One empty count for each track that may be used, with its decoder open. */
export function startCounts(tracks: readonly Track[], limits: SourceLimits): TrackCount[] {
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
    earliestUs: Infinity,
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

/** Adds one packet. */
export function countPacket(packet: Packet, count: TrackCount | undefined): void {
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
  const timeUs = toMicroseconds(pts, timeBase) ?? toMicroseconds(dts, timeBase);
  count.earliestUs = Math.min(count.earliestUs, timeUs ?? Infinity);
  if ((flags & AV_PKT_FLAG_DISCARD) !== 0) {
    count.hasHidden = true;
    return;
  }
  if (timeUs === undefined) return;
  count.startUs = Math.min(count.startUs, timeUs);
  count.endUs = Math.max(count.endUs, timeUs + (toMicroseconds(packet.duration, timeBase) ?? 0));
  if (count.track.type === 'audio') return;
  count.timesUs.push(timeUs);
  if ((flags & AV_PKT_FLAG_KEY) === 0) return;
  count.maxKeyGapUs = Math.max(count.maxKeyGapUs, timeUs - (count.lastKeyUs ?? timeUs));
  count.lastKeyUs = timeUs;
}

/** Gives the decoder one packet more (null: no more come) and keeps what its first frame says. */
export function tryDecode(count: TrackCount, packet: Packet | null): void {
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
    displayMatrix: frame.isVideo() ? frame.getSideData(AV_FRAME_DATA_DISPLAYMATRIX) : null,
    channels: frame.channels,
    sampleRateHz: frame.sampleRate,
  };
}
