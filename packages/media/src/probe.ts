/** Says what an opened file really holds. Runs in the worker only. */
import { AV_PKT_DATA_DISPLAYMATRIX } from 'node-av';
import { MAX_SANE_FPS, measureRate } from './cadence.ts';
import { countPacket, startCounts, tryDecode } from './count-track.ts';
import type { TrackCount } from './count-track.ts';
import { outputColour } from './encode/picture-filter.ts';
import { displayedSize, readOrientation } from './orientation.ts';
import { refuse } from './refusal.ts';
import { isCopyableSound, isRemuxable } from './remuxable.ts';
import { hasEncryptedTracks, openSource, readPackets } from './source.ts';
import type { Track } from './source.ts';
import type { HdrTransfer, Refusal, SoundProbe, SourceLimits, VideoProbe } from './types.ts';

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

function describeVideo(video: TrackCount, audio: TrackCount | undefined, opened: Opened): VideoProbe | Refusal {
  const { demuxer, limits } = opened;
  const { frame, track } = video;
  if (frame === undefined) return refuse('corrupt');
  const orientation = readOrientation(
    track.stream.codecpar.getCodedSideData(AV_PKT_DATA_DISPLAYMATRIX) ?? frame.displayMatrix,
  );
  const size = displayedSize(frame, [track.stream.sampleAspectRatio, frame.pixelAspect], orientation);
  if (size.widthPx * size.heightPx > limits.maxPixels || frame.widthPx * frame.heightPx > limits.maxPixels)
    return refuse('too_large_pixels');
  const { rate, isConstant } = measureRate(video.timesUs);
  const fps = rate.num / rate.den;
  if (fps >= MAX_SANE_FPS) return refuse('corrupt', 'The times in this file make no sense.');
  const used = audio !== undefined && Math.abs(audio.startUs - video.startUs) <= MAX_START_GAP_US ? audio : undefined;
  const { startUs, durationMs } = measureSpan(video, used, { beatUs: 1e6 / fps, demuxer });
  if (durationMs > limits.maxDurationMs)
    return refuse('too_long', `This video is longer than ${Math.round(limits.maxDurationMs / 60_000)} minutes.`);
  return {
    kind: 'video',
    ...size,
    durationMs,
    hasAudio: used !== undefined,
    fps,
    videoCodec: track.codecName,
    audioCodec: used?.track.codecName ?? null,
    hdr: hdrTransfer(frame.transfer),
    isRemuxable: isRemuxable({ video, audio: used, orientation, size, fps, durationMs, demuxer }),
    reading: {
      demuxer,
      videoIndex: track.index,
      startUs,
      rate,
      isConstantRate: isConstant,
      ...orientation,
      colour: outputColour(frame),
      audio: describeAudio(used, isCopyableSound({ video, audio: used, durationMs, demuxer })),
    },
  };
}

function describeAudio(audio: TrackCount | undefined, isCopyable: boolean): VideoProbe['reading']['audio'] {
  if (audio?.frame === undefined) return null;
  const { channels, sampleRateHz } = audio.frame;
  return { index: audio.track.index, sampleRateHz, channels, isCopyable };
}

/** From the first moment that is shown or heard to the last. */
function measureSpan(
  video: TrackCount,
  audio: TrackCount | undefined,
  { beatUs, demuxer }: { beatUs: number; demuxer: string },
): { startUs: number; durationMs: number } {
  const lastUs = video.timesUs.reduce((a, b) => Math.max(a, b), video.startUs);
  // Where the last frame has no duration of its own, it lasts one beat.
  const endUs = Math.max(video.endUs, lastUs + beatUs, audio?.endUs ?? -Infinity);
  const earliestUs = Math.min(video.startUs, audio?.startUs ?? Infinity);
  // What lies before zero is there to be decoded, not to be shown; but a broadcast's clock passes zero at any moment.
  const isHidden = endUs > 0 && demuxer !== 'mpegts' && demuxer !== 'mpeg';
  const startUs = isHidden ? Math.max(0, earliestUs) : earliestUs;
  return { startUs, durationMs: Math.round((endUs - startUs) / 1000) };
}

/** ITU-T H.273 transfer 16 and 18. */
function hdrTransfer(transfer: number): HdrTransfer | null {
  return transfer === 16 ? 'pq' : transfer === 18 ? 'hlg' : null;
}
