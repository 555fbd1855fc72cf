/** Whether a source's own pictures and sound can be published as they are. Pure but for the constants' names. */
import { AV_CODEC_ID_AAC, AV_CODEC_ID_H264, AV_PIX_FMT_YUV420P } from 'node-av';
import type { Orientation } from './orientation.ts';
import type { TrackCount } from './count-track.ts';

/** Baseline, Main, High of H.264; Low Complexity of AAC (FF_PROFILE numbers). */
const H264_PROFILES = new Set([66, 578, 77, 100]);
const AAC_LOW_COMPLEXITY = 1;
const MAX_LEVEL = 42;
const MAX_FPS = 60.5;
/** A viewer who seeks waits for at most so much video to be decoded. */
const MAX_KEY_GAP_US = 5_100_000;
/** Sound and picture begin together, or an edit list would have to say so. */
const MAX_START_GAP_US = 60_000;
/** Where the sound goes on for longer, the last picture has to be encoded anew to stay. */
const MAX_SOUND_TAIL_US = 200_000;
const SAMPLE_RATES = new Set([44_100, 48_000]);
const MAX_SOUND_BPS = 330_000;
/** Containers that keep times and headers as ours does. */
const DEMUXERS = new Set(['mov', 'matroska']);

/** Most bits a second by short side: what a phone's connection carries without a stall. */
function maxBitrateBps(shortSidePx: number): number {
  return shortSidePx <= 540 ? 3_500_000 : shortSidePx <= 720 ? 5_500_000 : 9_000_000;
}

export type RemuxCandidate = {
  video: TrackCount;
  audio: TrackCount | undefined;
  orientation: Orientation;
  size: { widthPx: number; heightPx: number };
  fps: number;
  durationMs: number;
  demuxer: string;
};

/** H.264 8-bit 4:2:0 with AAC-LC or nothing, upright, square pixels, from the start, seekable, within the ladder's caps. */
export function isRemuxable(candidate: RemuxCandidate): boolean {
  const { video, audio } = candidate;
  if (audio === undefined) return isPlayableVideo(candidate);
  return isPlayableVideo(candidate) && isCopyableSound(candidate) && audio.endUs - video.endUs <= MAX_SOUND_TAIL_US;
}

function isPlayableVideo({ video, orientation, size, fps, durationMs, demuxer }: RemuxCandidate): boolean {
  const { codecpar } = video.track.stream;
  const { frame } = video;
  const shortSidePx = Math.min(size.widthPx, size.heightPx);
  const isPlain =
    codecpar.codecId === AV_CODEC_ID_H264 &&
    H264_PROFILES.has(codecpar.profile) &&
    codecpar.level > 0 &&
    codecpar.level <= MAX_LEVEL &&
    video.unitLengthBytes > 0 &&
    video.isWhole;
  const isSdr =
    frame !== undefined &&
    frame.pixelFormat === AV_PIX_FMT_YUV420P &&
    !frame.isInterlaced &&
    frame.transfer < 14 &&
    frame.primaries < 9;
  const isUpright =
    orientation.quarterTurns === 0 &&
    !orientation.isMirrored &&
    frame?.widthPx === size.widthPx &&
    frame.heightPx === size.heightPx;
  const isSized =
    shortSidePx >= 16 &&
    shortSidePx <= 1080 &&
    Math.max(size.widthPx, size.heightPx) <= 1920 &&
    size.widthPx % 2 === 0 &&
    size.heightPx % 2 === 0;
  const isSeekable =
    video.startUs >= 0 &&
    video.isFirstKey &&
    !video.hasHidden &&
    video.isInOrder &&
    video.maxKeyGapUs <= MAX_KEY_GAP_US &&
    video.endUs - (video.lastKeyUs ?? 0) <= MAX_KEY_GAP_US * 2;
  const isLight = fps <= MAX_FPS && (video.sizeBytes * 8000) / Math.max(durationMs, 1000) <= maxBitrateBps(shortSidePx);
  return (
    DEMUXERS.has(demuxer) &&
    isPlain &&
    isSdr &&
    isUpright &&
    isSized &&
    isSeekable &&
    isLight &&
    video.packets === video.timesUs.length
  );
}

/** AAC-LC in one or two channels that begins with the picture: it goes into every rendition without a new encode. */
export function isCopyableSound({
  video,
  audio,
  durationMs,
  demuxer,
}: Pick<RemuxCandidate, 'video' | 'audio' | 'durationMs' | 'demuxer'>): boolean {
  if (audio === undefined) return false;
  const { codecpar } = audio.track.stream;
  const isPlain =
    codecpar.codecId === AV_CODEC_ID_AAC &&
    codecpar.profile === AAC_LOW_COMPLEXITY &&
    codecpar.channels <= 2 &&
    SAMPLE_RATES.has(codecpar.sampleRate) &&
    codecpar.extradataSize > 0;
  const isLight = (audio.sizeBytes * 8000) / Math.max(durationMs, 1000) <= MAX_SOUND_BPS;
  // More hidden sound than a decoder's run-up was cut away by an edit.
  const startGapUs = Math.max(Math.abs(audio.startUs - video.startUs), audio.startUs - audio.earliestUs);
  return DEMUXERS.has(demuxer) && isPlain && isLight && audio.isInOrder && startGapUs <= MAX_START_GAP_US;
}
