/**
 * Makes the muxer's fragmented MP4 ready to be served: adds the movie's duration (mehd: FFmpeg writes none, and without
 * it Firefox cannot know how long the video is), one index of all fragments in front (sidx), drops the index at the end.
 */
import { createHash } from 'node:crypto';
import { closeSync, fstatSync, fsyncSync, openSync, readSync, renameSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { findBox, listBoxes, readBoxHeader } from '../boxes.ts';
import type { Box } from '../boxes.ts';
import { parseFragmentIndex, readRuns, readTracks } from '../fragments.ts';
import type { MovieTrack, TrackRun } from '../fragments.ts';
import type { FragmentIndex } from '../types.ts';

/** What is known once a rendition stands on disk. */
type FinishedMp4 = {
  sizeBytes: number;
  headBytes: number;
  firstFrameBytes: number;
  durationMs: number;
  codec: string;
  sha256: string;
  index: FragmentIndex;
};

/** A moof with its mdat, as the muxer wrote them. */
type RawFragment = { offset: number; size: number; runs: TrackRun[] };

/** Rewrites `rawPath` to `path` (under a temporary name first, fsynced) and says what it holds. */
export function finishMp4(rawPath: string, path: string): FinishedMp4 {
  const input = openSync(rawPath, 'r');
  try {
    const boxes = listFileBoxes(input);
    const moovBox = boxes.find((box) => box.type === 'moov');
    const ftypBox = boxes.find((box) => box.type === 'ftyp');
    if (moovBox === undefined || ftypBox === undefined) throw new Error('the muxer wrote no header');
    const moov = readBytes(input, moovBox.offset, moovBox.size);
    const tracks = readTracks(moov);
    const fragments = listFragments(input, boxes, tracks);
    const durationMs = movieDurationMs(tracks, fragments);
    const head = Buffer.concat([
      readBytes(input, ftypBox.offset, ftypBox.size),
      withDuration(moov, durationMs),
      sidx(tracks, fragments),
    ]);
    const { sizeBytes, sha256 } = writeFile(path, { input, head, fragments });
    const index = parseFragmentIndex(head);
    const first = fragments[0];
    const video = first?.runs.find((run) => tracks.some((track) => track.isVideo && track.trackId === run.trackId));
    if (first === undefined || video === undefined) throw new Error('the muxer wrote no pictures');
    return {
      sizeBytes,
      sha256,
      durationMs,
      index,
      headBytes: head.length + first.size,
      firstFrameBytes: head.length + video.firstSampleOffset + video.firstSampleBytes,
      codec: codecString(moov),
    };
  } finally {
    closeSync(input);
  }
}

function listFileBoxes(file: number): Box[] {
  const end = fstatSync(file).size;
  const boxes: Box[] = [];
  for (let at = 0; at + 8 <= end;) {
    const header = readBytes(file, at, Math.min(16, end - at));
    const box = readBoxHeader(new DataView(header.buffer, header.byteOffset, header.byteLength), 0, end - at);
    if (box === undefined || at + box.size > end) throw new Error(`the muxer left a broken box at ${at}`);
    boxes.push({ ...box, offset: at, bodyOffset: at + box.bodyOffset });
    at += box.size;
  }
  return boxes;
}

function listFragments(file: number, boxes: readonly Box[], tracks: readonly MovieTrack[]): RawFragment[] {
  const fragments: RawFragment[] = [];
  boxes.forEach((box, n) => {
    const mdat = boxes[n + 1];
    if (box.type !== 'moof' || mdat?.type !== 'mdat') return;
    fragments.push({
      offset: box.offset,
      size: box.size + mdat.size,
      runs: readRuns(readBytes(file, box.offset, box.size), tracks),
    });
  });
  return fragments;
}

function movieDurationMs(tracks: readonly MovieTrack[], fragments: readonly RawFragment[]): number {
  const ends = tracks.map((track) => {
    const units = fragments
      .flatMap((fragment) => fragment.runs)
      .filter((run) => run.trackId === track.trackId)
      .reduce((sum, run) => sum + run.duration, 0);
    // The edit of a picture track hides no picture: it undoes the reordering's shift.
    return ((units - (track.isVideo ? 0 : track.editStart)) * 1000) / track.timescale;
  });
  return Math.round(Math.max(0, ...ends));
}

/** The moov with a mehd as the first child of mvex, and without the muxer's empty user data. */
function withDuration(moov: Buffer, durationMs: number): Buffer {
  const body = { from: 8, to: moov.length };
  const mvex = findBox(moov, ['mvex'], body);
  const mvhd = findBox(moov, ['mvhd'], body);
  if (mvex === undefined || mvhd === undefined) throw new Error('the movie header has no mvex');
  const timescale = moov.readUInt32BE(mvhd.bodyOffset + (moov[mvhd.bodyOffset] === 1 ? 20 : 12));
  const mehd = box('mehd', Buffer.concat([uint32(0), uint32(Math.round((durationMs * timescale) / 1000))]));
  const parts = listBoxes(moov, body).flatMap((child) => {
    if (child.type === 'udta') return [];
    return [
      child.offset === mvex.offset
        ? box('mvex', Buffer.concat([mehd, moov.subarray(mvex.bodyOffset, mvex.offset + mvex.size)]))
        : moov.subarray(child.offset, child.offset + child.size),
    ];
  });
  return box('moov', Buffer.concat(parts));
}

/**
 * One segment index over the picture track. An entry reaches from one fragment that starts with a key frame to the next:
 * Chromium seeks to the entry before a moment and fails if no picture there stands alone.
 */
function sidx(tracks: readonly MovieTrack[], fragments: readonly RawFragment[]): Buffer {
  const video = tracks.find((track) => track.isVideo);
  if (video === undefined) throw new Error('no picture track');
  const references: { size: number; duration: number; startsWithKey: boolean }[] = [];
  for (const fragment of fragments) {
    const run = fragment.runs.find((candidate) => candidate.trackId === video.trackId);
    const last = references.at(-1);
    const { duration = 0, startsWithKey = false } = run ?? {};
    if (last === undefined || startsWithKey) references.push({ size: fragment.size, duration, startsWithKey });
    else Object.assign(last, { size: last.size + fragment.size, duration: last.duration + duration });
  }
  const list = references.map(({ size, duration, startsWithKey }) =>
    Buffer.concat([uint32(size), uint32(duration), uint32(startsWithKey ? 0x90000000 : 0)]),
  );
  const count = Buffer.alloc(4);
  count.writeUInt16BE(references.length, 2);
  return box(
    'sidx',
    Buffer.concat([uint32(0), uint32(video.trackId), uint32(video.timescale), uint32(0), uint32(0), count, ...list]),
  );
}

function writeFile(
  path: string,
  { input, head, fragments }: { input: number; head: Buffer; fragments: readonly RawFragment[] },
): { sizeBytes: number; sha256: string } {
  const hash = createHash('sha256');
  const temporary = `${path}.part`;
  const output = openSync(temporary, 'w');
  let sizeBytes = 0;
  const write = (bytes: Buffer): void => {
    hash.update(bytes);
    sizeBytes += writeSync(output, bytes);
  };
  try {
    write(head);
    for (const fragment of fragments) write(readBytes(input, fragment.offset, fragment.size));
    fsyncSync(output);
  } finally {
    closeSync(output);
  }
  renameSync(temporary, path);
  syncFolder(dirname(path));
  return { sizeBytes, sha256: hash.digest('hex') };
}

/** Makes a written file last, and says what it holds. */
export function syncAndHash(path: string): { sizeBytes: number; sha256: string } {
  const file = openSync(path, 'r+');
  try {
    fsyncSync(file);
    const hash = createHash('sha256');
    const chunk = Buffer.alloc(1 << 20);
    let sizeBytes = 0;
    for (let got = 0; (got = readSync(file, chunk, 0, chunk.length, sizeBytes)) > 0; sizeBytes += got)
      hash.update(chunk.subarray(0, got));
    return { sizeBytes, sha256: hash.digest('hex') };
  } finally {
    closeSync(file);
  }
}

/** Makes a rename last. Folders cannot be opened on Windows, where this does nothing. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** RFC 6381: from the avcC record, and AAC-LC where there is sound. */
function codecString(moov: Buffer): string {
  const avcC = moov.indexOf('avcC', 0, 'latin1');
  if (avcC < 0) throw new Error('no H.264 in the movie header');
  return `avc1.${moov.subarray(avcC + 5, avcC + 8).toString('hex')}${moov.includes('mp4a') ? ',mp4a.40.2' : ''}`;
}

function readBytes(file: number, at: number, size: number): Buffer {
  const bytes = Buffer.alloc(size);
  for (let done = 0; done < size;) {
    const got = readSync(file, bytes, done, size - done, at + done);
    if (got === 0) throw new Error('the file ended early');
    done += got;
  }
  return bytes;
}

function box(type: string, body: Buffer): Buffer {
  return Buffer.concat([uint32(body.length + 8), Buffer.from(type, 'latin1'), body]);
}

function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes;
}
