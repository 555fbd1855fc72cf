/** What a file is, by its own first bytes. Names and media types that people send are never looked at. */
import { refuse } from './refusal.ts';
import type { Refusal } from './types.ts';

/** Bytes that `sniff` wants to see. */
export const SNIFF_BYTES = 64 * 1024;

/** Demuxers that may be opened; the name is FFmpeg's own. */
type DemuxerName =
  | 'mov'
  | 'matroska'
  | 'avi'
  | 'flv'
  | 'mpegts'
  | 'mpeg'
  | 'ogg'
  | 'wav'
  | 'mp3'
  | 'flac'
  | 'aac'
  | 'amr'
  | 'aiff'
  | 'caf';
/** Formats of pictures that are taken. */
export type PhotoFormat = 'jpeg' | 'png' | 'gif' | 'webp' | 'avif' | 'avif-sequence' | 'heif';
type Sniffed =
  | { kind: 'stream'; demuxer: DemuxerName }
  | { kind: 'photo'; format: PhotoFormat }
  | { kind: 'caption'; format: 'vtt' | 'srt' }
  | Refusal;

/** One character a byte; the web's own `latin1` decoder is windows-1252. */
const text = (bytes: Uint8Array, from: number, to: number): string =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(
    'latin1',
    Math.min(from, bytes.length),
    Math.min(to, bytes.length),
  );

/** First boxes of an ISO file that begins without `ftyp`, as old QuickTime and fragments do. */
const FIRST_BOXES = new Set(['moov', 'mdat', 'free', 'skip', 'wide', 'pnot', 'styp', 'moof', 'sidx', 'uuid']);
const HEIF_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'mif2', 'msf1']);
const AVIF_BRANDS = new Set(['avif', 'avis']);
/** Documents, archives, programs and players' lists: refused as what they are, not as broken media. */
const FOREIGN_STARTS = [
  '#EXTM3U',
  'ffconcat',
  '<?xml',
  '<svg',
  '<!DOC',
  '<html',
  'PK\x03\x04',
  '\x1f\x8b',
  '%PDF',
  'FWS',
  'CWS',
  'ZWS',
  '\x7fELF',
  'MZ',
];
/** Media of kinds that are left out on purpose: rare, old, or dangerous to decode. */
const LEFT_OUT_STARTS = [
  '\x30\x26\xb2\x75\x8e\x66\xcf\x11',
  'BM',
  'II*\0',
  'MM\0*',
  '8BPS',
  '\0\0\x01\0',
  '.RMF',
  'wvpk',
  'MAC ',
  '\xff\x0a',
  '\x06\x0e\x2b\x34',
  '\x0b\x77',
  '\x7f\xfe\x80\x01',
  '.snd',
  'riff',
  '\0\0\0\x01',
  '\0\0\x01\xb3',
  '\0\0\0\x0cjP  ',
  '\0\0\0\x0cJXL ',
];

/** Decides from the first 64 kB (`head`) and the whole file's size. Pure. */
export function sniff(head: Uint8Array, sizeBytes: number): Sniffed {
  if (sizeBytes === 0 || head.length === 0) return refuse('empty');
  const start = text(head, 0, 16);
  return (
    sniffIso(head) ??
    sniffRiff(head) ??
    sniffPhoto(start) ??
    sniffStream(head, start) ??
    sniffSound(head, start) ??
    sniffCaption(head) ??
    sniffForeign(start)
  );
}

function sniffIso(head: Uint8Array): Sniffed | undefined {
  const box = text(head, 4, 8);
  if (FIRST_BOXES.has(box)) return { kind: 'stream', demuxer: 'mov' };
  if (box !== 'ftyp') return undefined;
  const sizeBytes = new DataView(head.buffer, head.byteOffset).getUint32(0);
  const major = text(head, 8, 12);
  const brands = [major];
  for (let at = 16; at + 4 <= Math.min(sizeBytes, 256, head.length); at += 4) brands.push(text(head, at, at + 4));
  if (AVIF_BRANDS.has(major)) return { kind: 'photo', format: major === 'avis' ? 'avif-sequence' : 'avif' };
  const isStill =
    HEIF_BRANDS.has(major) ||
    (brands.some((brand) => HEIF_BRANDS.has(brand)) && text(head, sizeBytes + 4, sizeBytes + 8) === 'meta');
  if (isStill) return { kind: 'photo', format: brands.some((brand) => AVIF_BRANDS.has(brand)) ? 'avif' : 'heif' };
  return { kind: 'stream', demuxer: 'mov' };
}

function sniffRiff(head: Uint8Array): Sniffed | undefined {
  const start = text(head, 0, 4);
  if (start !== 'RIFF' && start !== 'RF64') return undefined;
  const form = text(head, 8, 12);
  if (form === 'WAVE') return { kind: 'stream', demuxer: 'wav' };
  if (form === 'WEBP') return { kind: 'photo', format: 'webp' };
  if (form !== 'AVI ') return refuse('not_media');
  // An AVI of nothing but texts is a known carrier of players' lists that read local files.
  const hasTracks = /strh.{4}(vids|auds)/s.test(text(head, 0, head.length));
  return hasTracks
    ? { kind: 'stream', demuxer: 'avi' }
    : refuse('not_media', 'This AVI file holds neither pictures nor sound.');
}

function sniffPhoto(start: string): Sniffed | undefined {
  if (start.startsWith('\xff\xd8\xff')) return { kind: 'photo', format: 'jpeg' };
  if (start.startsWith('\x89PNG\r\n\x1a\n')) return { kind: 'photo', format: 'png' };
  if (start.startsWith('GIF87a') || start.startsWith('GIF89a')) return { kind: 'photo', format: 'gif' };
  return undefined;
}

function sniffStream(head: Uint8Array, start: string): Sniffed | undefined {
  if (start.startsWith('\x1a\x45\xdf\xa3')) return { kind: 'stream', demuxer: 'matroska' };
  if (start.startsWith('FLV\x01')) return { kind: 'stream', demuxer: 'flv' };
  if (start.startsWith('\0\0\x01\xba')) return { kind: 'stream', demuxer: 'mpeg' };
  if (start.startsWith('OggS')) return { kind: 'stream', demuxer: 'ogg' };
  // Packets of 188 bytes, or 192 with a time stamp before each.
  for (const [offset, step] of [
    [0, 188],
    [4, 192],
  ] as const) {
    const syncs = [0, 1, 2, 3].map((n) => head[offset + n * step]);
    if (syncs.every((byte) => byte === 0x47)) return { kind: 'stream', demuxer: 'mpegts' };
  }
  return undefined;
}

function sniffSound(head: Uint8Array, start: string): Sniffed | undefined {
  if (start.startsWith('fLaC')) return { kind: 'stream', demuxer: 'flac' };
  if (start.startsWith('#!AMR')) return { kind: 'stream', demuxer: 'amr' };
  if (start.startsWith('caff')) return { kind: 'stream', demuxer: 'caf' };
  if (/^FORM.{4}AIF[FC]/s.test(start)) return { kind: 'stream', demuxer: 'aiff' };
  if (start.startsWith('ID3')) return { kind: 'stream', demuxer: soundBehindId3(head) };
  return mpegAudio(head, 0);
}

/** An MPEG audio or ADTS frame header at `at`. Two sync bytes alone are no proof, so its fields must make sense. */
function mpegAudio(head: Uint8Array, at: number): { kind: 'stream'; demuxer: 'mp3' | 'aac' } | undefined {
  const [sync = 0, kind = 0, rate = 0] = head.subarray(at, at + 3);
  if (sync !== 0xff) return undefined;
  if ((kind & 0xf6) === 0xf0) return ((rate >> 2) & 15) < 13 ? { kind: 'stream', demuxer: 'aac' } : undefined;
  const isMpegAudio =
    (kind & 0xe0) === 0xe0 &&
    (kind & 0x18) !== 0x08 &&
    (kind & 0x06) !== 0 &&
    rate >> 4 !== 15 &&
    (rate & 0x0c) !== 0x0c;
  return isMpegAudio ? { kind: 'stream', demuxer: 'mp3' } : undefined;
}

/** ID3 tags stand before MP3, but also before FLAC and ADTS. */
function soundBehindId3(head: Uint8Array): DemuxerName {
  const [a = 0, b = 0, c = 0, d = 0] = head.subarray(6, 10);
  const behind = 10 + ((a << 21) | (b << 14) | (c << 7) | d);
  if (text(head, behind, behind + 4) === 'fLaC') return 'flac';
  return mpegAudio(head, behind)?.demuxer ?? 'mp3';
}

/** Texts with a cue's arrow in them are captions; whether they are right is for `parseCaptions`. */
function sniffCaption(head: Uint8Array): Sniffed | undefined {
  if (head.includes(0)) return undefined;
  const lines = new TextDecoder()
    .decode(head)
    .trimStart()
    .split(/\r\n|\n|\r/);
  const first = lines[0] ?? '';
  if (/^WEBVTT([ \t]|$)/.test(first)) return { kind: 'caption', format: 'vtt' };
  const arrow = /^\s*\d+:\d\d(:\d\d)?[.,]\d+\s*-->/;
  if (/^\d+\s*$/.test(first) && arrow.test(lines[1] ?? '')) return { kind: 'caption', format: 'srt' };
  return arrow.test(first) ? { kind: 'caption', format: /^[^>]*\d,\d/.test(first) ? 'srt' : 'vtt' } : undefined;
}

function sniffForeign(start: string): Refusal {
  if (start.startsWith('#EXTM3U') || start.startsWith('ffconcat'))
    return refuse('not_media', 'This is a list for players, not a video.');
  if (FOREIGN_STARTS.some((foreign) => start.startsWith(foreign))) return refuse('not_media');
  if (LEFT_OUT_STARTS.some((leftOut) => start.startsWith(leftOut))) return refuse('unsupported_container');
  return refuse('not_media');
}
