/** Opens a source with every whitelist and limit that FFmpeg honours. Runs in the worker only. */
import { closeSync, openSync, readSync } from 'node:fs';
import {
  AVERROR_EAGAIN,
  AVERROR_ENOMEM,
  AVMEDIA_TYPE_AUDIO,
  AVMEDIA_TYPE_VIDEO,
  AV_DISPOSITION_ATTACHED_PIC,
  AV_DISPOSITION_DEFAULT,
  AV_DISPOSITION_TIMED_THUMBNAILS,
  AV_NOPTS_VALUE,
  AV_PKT_DATA_ENCRYPTION_INIT_INFO,
  AVDISCARD_ALL,
  Codec,
  CodecContext,
  Dictionary,
  FormatContext,
  Frame,
  InputFormat,
  Packet,
} from 'node-av';
import type { Stream } from 'node-av';
import { readBoxHeader } from './boxes.ts';
import { RefusalError } from './refusal.ts';
import type { SourceLimits } from './types.ts';

/** Decoders that may run, by FFmpeg's names. Rare ones are where the holes are found. */
const VIDEO_DECODERS = [
  'h264',
  'hevc',
  'vp8',
  'vp9',
  'libdav1d',
  'mpeg4',
  'h263',
  'mjpeg',
  'mpeg1video',
  'mpeg2video',
  'theora',
  'prores',
];
const PCM_DECODERS = [
  'u8',
  's8',
  's16le',
  's16be',
  's24le',
  's24be',
  's32le',
  's32be',
  'f32le',
  'f32be',
  'f64le',
  'f64be',
  'alaw',
  'mulaw',
].map((format) => `pcm_${format}`);
const AUDIO_DECODERS = [
  'aac',
  'aac_latm',
  'mp3float',
  'mp3',
  'mp2float',
  'mp2',
  'vorbis',
  'opus',
  'libopus',
  'flac',
  'alac',
  'ac3',
  'eac3',
  'amrnb',
  'amrwb',
  'adpcm_ima_wav',
  'adpcm_ms',
  'adpcm_ima_qt',
  'dca',
  ...PCM_DECODERS,
];
const DECODERS = new Set([...VIDEO_DECODERS, ...AUDIO_DECODERS]);
/** For FFmpeg's own check. Text subtitles never decode here, but a list without them makes it give up on good files. */
const CODEC_WHITELIST = [...DECODERS, 'mov_text', 'srt', 'subrip', 'ass', 'ssa', 'webvtt', 'text', 'cc_dec'].join(',');

/** A picture or sound track of an open source. */
export type Track = {
  stream: Stream;
  index: number;
  type: 'video' | 'audio';
  isCover: boolean;
  isDefault: boolean;
  isEncrypted: boolean;
  decoder: Codec | undefined;
  codecName: string;
};
/** An open source. Must be closed. */
export type Source = { context: FormatContext; tracks: Track[]; close: () => void };

/** Opens `path` with one named demuxer, and nothing else. Throws a `RefusalError`. */
export function openSource(path: string, demuxer: string, limits: SourceLimits): Source {
  const format = InputFormat.findInputFormat(demuxer);
  if (format === null || format.name === null) throw new RefusalError('unsupported_container');
  const context = new FormatContext();
  // By descriptor, so that no protocol that takes names is allowed: whatever a file names stays closed.
  const input = openSync(path, 'r');
  using options = Dictionary.fromObject({
    protocol_whitelist: 'fd',
    fd: input,
    format_whitelist: format.name,
    codec_whitelist: CODEC_WHITELIST,
    // One more: some demuxers leave out the rest and what lies behind it without a word.
    max_streams: limits.maxStreams + 1,
  });
  const opened = context.openInputSync('fd:', format, options);
  // FFmpeg has its own copy of the descriptor.
  closeSync(input);
  if (opened < 0) throw openingError(path, opened);
  const close = (): void => context.closeInputSync();
  try {
    if (context.nbStreams > limits.maxStreams) throw new RefusalError('too_many_streams');
    // Options here would be freed twice; the whitelists above hold for this call too.
    context.findStreamInfoSync(null);
    return { context, tracks: context.streams.flatMap(describeTrack), close };
  } catch (error) {
    close();
    throw error;
  }
}

function openingError(path: string, code: number): RefusalError {
  if (hasEncryptedTracks(path)) return new RefusalError('encrypted');
  return new RefusalError(
    code === AVERROR_ENOMEM ? 'too_many_streams' : 'corrupt',
    undefined,
    new Error(`FFmpeg ${code}`),
  );
}

/** Sample entries of shops that bind a file to its buyer. FFmpeg would decode the scrambled bytes to noise. */
const BOUND_TAGS = new Set(['drms', 'drmi']);

function describeTrack(stream: Stream): Track[] {
  const { codecType, codecId } = stream.codecpar;
  if (codecType !== AVMEDIA_TYPE_VIDEO && codecType !== AVMEDIA_TYPE_AUDIO) return [];
  const found = Codec.findDecoder(codecId);
  const name = found?.name ?? '';
  return [
    {
      stream,
      index: stream.index,
      type: codecType === AVMEDIA_TYPE_VIDEO ? 'video' : 'audio',
      isCover: (stream.disposition & (AV_DISPOSITION_ATTACHED_PIC | AV_DISPOSITION_TIMED_THUMBNAILS)) !== 0,
      isDefault: (stream.disposition & AV_DISPOSITION_DEFAULT) !== 0,
      isEncrypted:
        stream.codecpar.getCodedSideData(AV_PKT_DATA_ENCRYPTION_INIT_INFO) !== null ||
        BOUND_TAGS.has(stream.codecpar.codecTagString ?? ''),
      decoder: found !== null && DECODERS.has(name) ? found : undefined,
      codecName: CODEC_NAMES[name] ?? name,
    },
  ];
}

/** Decoders whose names are not the codec's. */
const CODEC_NAMES: Record<string, string> = { libdav1d: 'av1', mp3float: 'mp3', mp2float: 'mp2', libopus: 'opus' };

/** Opens the decoder of a track. Whitelist and pixel cap have to be told to every decoder again. */
export function openDecoder(track: Track, limits: SourceLimits, threads: number): CodecContext {
  if (track.decoder === undefined) throw new RefusalError('unsupported_codec');
  const context = new CodecContext();
  context.allocContext3(track.decoder);
  context.parametersToContext(track.stream.codecpar);
  context.pktTimebase = track.stream.timeBase;
  context.threadCount = threads;
  // As options of the context, not as a dictionary: that one would be freed twice.
  setOptions(context, { codec_whitelist: CODEC_WHITELIST, max_pixels: limits.maxPixels });
  const opened = context.open2Sync(track.decoder, null);
  if (opened < 0) {
    context.freeContext();
    throw new RefusalError('corrupt', undefined, new Error(`decoder ${track.codecName}: FFmpeg ${opened}`));
  }
  return context;
}

/** Sets options by name and throws on one that is not known: FFmpeg itself would say nothing. */
export function setOptions(
  target: { setOption: (name: string, value: string | number) => number },
  options: Record<string, string | number>,
): void {
  for (const [name, value] of Object.entries(options)) {
    const code = target.setOption(name, value);
    if (code < 0) throw new Error(`FFmpeg takes no option ${name}=${value} here (${code})`);
  }
}

/** Reads packets of the kept tracks until the end, or until `visit` says stop. The packet is only valid inside. */
export async function readPackets(
  source: Source,
  kept: readonly Track[],
  visit: (packet: Packet, track: Track) => void | 'stop' | Promise<void | 'stop'>,
): Promise<void> {
  const byIndex = new Map(kept.map((track) => [track.index, track]));
  for (const stream of source.context.streams) if (!byIndex.has(stream.index)) stream.discard = AVDISCARD_ALL;
  const isJoinable = JOINABLE.has(source.context.iformat?.name ?? '');
  const lanes = new Map<number, ClockLane>();
  const packet = new Packet();
  packet.alloc();
  try {
    // A demuxer that asks to be called again without end is not followed.
    for (let retries = 0; retries < 1000;) {
      const code = source.context.readFrameSync(packet);
      if (code === AVERROR_EAGAIN) {
        retries += 1;
        continue;
      }
      if (code < 0) return;
      const track = byIndex.get(packet.streamIndex);
      if (isJoinable && track !== undefined) joinClocks(packet, track, lanes);
      const verdict = track === undefined ? undefined : visit(packet, track);
      const settled = verdict instanceof Promise ? await verdict : verdict;
      packet.unref();
      if (settled === 'stop') return;
    }
  } finally {
    packet.free();
  }
}

/** Containers of which one may be written behind another in the same file; each brings its own clock. */
const JOINABLE = new Set(['ogg', 'mpegts', 'mpeg']);
/** A step back that no container makes within one clock. */
const MAX_STEP_BACK_US = 1_000_000;

/** How far the packets of one track have come, and what their own clock lacks. */
type ClockLane = { endUs: number; shift: bigint };

/** Lets a clock that begins anew go on where the one before it ended. */
function joinClocks(packet: Packet, { index, stream: { timeBase } }: Track, lanes: Map<number, ClockLane>): void {
  const { pts, dts, duration } = packet;
  const stamp = dts === AV_NOPTS_VALUE ? pts : dts;
  const atUs = toMicroseconds(stamp, timeBase);
  if (atUs === undefined) return;
  const lane = lanes.get(index) ?? { endUs: -Infinity, shift: 0n };
  lanes.set(index, lane);
  const us = (ticks: bigint): number => (Number(ticks) * timeBase.num * 1e6) / timeBase.den;
  if (atUs + us(lane.shift) < lane.endUs - MAX_STEP_BACK_US)
    lane.shift = BigInt(Math.round(((lane.endUs - atUs) * timeBase.den) / (timeBase.num * 1e6)));
  lane.endUs = Math.max(lane.endUs, atUs + us(lane.shift) + us(duration));
  if (lane.shift === 0n) return;
  if (pts !== AV_NOPTS_VALUE) packet.pts = pts + lane.shift;
  if (dts !== AV_NOPTS_VALUE) packet.dts = dts + lane.shift;
}

/** All frames that a decoder has ready; each is valid until the next. */
export function* framesOf(decoder: CodecContext): Generator<Frame> {
  const frame = new Frame();
  frame.alloc();
  try {
    while (decoder.receiveFrameSync(frame) >= 0) {
      yield frame;
      frame.unref();
    }
  } finally {
    frame.free();
  }
}

/** A time stamp in microseconds; undefined where the file gives none. */
export function toMicroseconds(stamp: bigint, timeBase: { num: number; den: number }): number | undefined {
  return stamp === AV_NOPTS_VALUE ? undefined : (Number(stamp) * timeBase.num * 1e6) / timeBase.den;
}

/** Largest movie header that is searched for signs of encryption. */
const MOVIE_HEADER_BYTES = 8 * 1024 * 1024;

/** True if the movie header names encrypted sample entries. Such files often do not open at all. */
export function hasEncryptedTracks(path: string): boolean {
  const file = openSync(path, 'r');
  try {
    const header = Buffer.alloc(16);
    for (let at = 0; readSync(file, header, 0, 16, at) >= 8;) {
      const box = readBoxHeader(new DataView(header.buffer, header.byteOffset, 16), 0, Number.MAX_SAFE_INTEGER);
      if (box === undefined) return false;
      if (box.type === 'moov') {
        const body = Buffer.alloc(Math.min(box.size, MOVIE_HEADER_BYTES));
        const held = body.subarray(0, readSync(file, body, 0, body.length, at));
        return held.includes('sinf') && (held.includes('encv') || held.includes('enca'));
      }
      at += box.size;
    }
    return false;
  } finally {
    closeSync(file);
  }
}
