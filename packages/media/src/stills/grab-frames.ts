/** Single frames of a video at given moments, upright and in RGB. Runs in the worker only. */
import { AVSEEK_FLAG_BACKWARD, AVSEEK_FLAG_BYTE, Frame, Packet } from 'node-av';
import type { CodecContext } from 'node-av';
import { PictureFilter } from '../encode/picture-filter.ts';
import { displayedSize, readOrientation } from '../orientation.ts';
import { RefusalError } from '../refusal.ts';
import { openDecoder, openSource, toMicroseconds } from '../source.ts';
import type { Source, Track } from '../source.ts';
import type { SourceLimits, VideoProbe } from '../types.ts';

export type Picture = { rgb: Buffer; widthPx: number; heightPx: number; timeMs: number };
/** `isExact`: sides may be odd. */
type Grab = { sourcePath: string; probe?: VideoProbe; limits: SourceLimits; isExact?: boolean };

/** Largest short side of a still. */
const MAX_SHORT_PX = 720;
/** Packets that are read after a seek before the moment is given up. */
const MAX_PACKETS = 3_000;

/** Pictures in the order of `moments(duration)`; moments at which nothing decodes are left out. */
export function grabFrames(
  { sourcePath, probe, limits, isExact = false }: Grab,
  moments: (durationMs: number) => readonly number[],
): { pictures: Picture[]; durationMs: number } {
  const source = openSource(sourcePath, probe?.reading.demuxer ?? 'mov', limits);
  try {
    const track = source.tracks.find((candidate) =>
      probe === undefined ? candidate.type === 'video' : candidate.index === probe.reading.videoIndex,
    );
    if (track === undefined) throw new RefusalError('no_video');
    const durationMs = probe?.durationMs ?? Number(source.context.duration) / 1000;
    const decoder = openDecoder(track, limits, 2);
    try {
      const pictures = moments(durationMs).flatMap((timeMs) => {
        const picture = grabOne(
          { source, track, decoder, startUs: probe?.reading.startUs ?? 0, probe, isExact },
          timeMs,
        );
        return picture === undefined ? [] : [picture];
      });
      return { pictures, durationMs };
    } finally {
      decoder.freeContext();
    }
  } finally {
    source.close();
  }
}

type Reader = {
  source: Source;
  track: Track;
  decoder: CodecContext;
  startUs: number;
  probe: VideoProbe | undefined;
  isExact: boolean;
};

function grabOne(reader: Reader, timeMs: number): Picture | undefined {
  const { source, track, decoder, startUs } = reader;
  const { num, den } = track.stream.timeBase;
  const wantedUs = timeMs * 1000 + startUs;
  source.context.seekFrameSync(track.index, BigInt(Math.floor((wantedUs * den) / (num * 1e6))), AVSEEK_FLAG_BACKWARD);
  decoder.flushBuffers();
  const held = new Frame();
  held.alloc();
  try {
    let isFound = decodeUntil(reader, held, wantedUs);
    // Without an index the seek may have passed the last key frame.
    if (!isFound && source.context.seekFrameSync(track.index, 0n, AVSEEK_FLAG_BYTE) >= 0) {
      decoder.flushBuffers();
      isFound = decodeUntil(reader, held, wantedUs);
    }
    return isFound ? toPicture(held, reader, timeMs) : undefined;
  } finally {
    held.free();
  }
}

/** Leaves in `held` the last frame that does not lie after the moment, or else the first after it. */
function decodeUntil({ source, track, decoder }: Reader, held: Frame, wantedUs: number): boolean {
  using packet = new Packet();
  packet.alloc();
  using frame = new Frame();
  frame.alloc();
  let hasFrame = false;
  /** True once the moment is reached. */
  const take = (): boolean => {
    while (decoder.receiveFrameSync(frame) >= 0) {
      const timeUs = toMicroseconds(frame.bestEffortTimestamp, track.stream.timeBase) ?? 0;
      const isAfter = timeUs > wantedUs + 1000;
      if (!isAfter || !hasFrame) {
        held.unref();
        held.ref(frame);
        hasFrame = true;
      }
      frame.unref();
      if (isAfter || timeUs >= wantedUs - 1000) return true;
    }
    return false;
  };
  for (let count = 0; count < MAX_PACKETS && source.context.readFrameSync(packet) >= 0; count += 1) {
    if (packet.streamIndex === track.index) decoder.sendPacketSync(packet);
    packet.unref();
    if (take()) return true;
  }
  decoder.sendPacketSync(null);
  take();
  return hasFrame;
}

function toPicture(frame: Frame, { track, probe, isExact }: Reader, timeMs: number): Picture | undefined {
  const orientation = probe?.reading ?? readOrientation(null);
  const size =
    probe ??
    displayedSize(
      { widthPx: frame.width, heightPx: frame.height },
      [track.stream.sampleAspectRatio, frame.sampleAspectRatio],
      orientation,
    );
  const scale = Math.min(
    1,
    MAX_SHORT_PX / Math.min(size.widthPx, size.heightPx),
    MAX_LONG_PX / Math.max(size.widthPx, size.heightPx),
  );
  const step = isExact ? 1 : 2;
  const side = (lengthPx: number): number => Math.max(step, step * Math.round((lengthPx * scale) / step));
  const [widthPx, heightPx] = [side(size.widthPx), side(size.heightPx)];
  const filter = new PictureFilter({ widthPx, heightPx }, orientation, [['format', 'pix_fmts=rgb24']]);
  try {
    const out = filter.apply(frame);
    if (out === undefined) return undefined;
    const rgb = Buffer.from(out.toBuffer());
    out.free();
    return { rgb, widthPx, heightPx, timeMs };
  } finally {
    filter.close();
  }
}

/** Longest side of a still. */
const MAX_LONG_PX = 2_560;
