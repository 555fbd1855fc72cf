/** Reads where the fragments of an MP4 lie and how long they are (ISO/IEC 14496-12, 8.8). Pure. */
import { bodyOf, findBox, listBoxes } from './boxes.ts';
import type { Box } from './boxes.ts';
import type { Fragment, FragmentIndex } from './types.ts';

/** What the movie header says of a track. */
export type MovieTrack = {
  trackId: number;
  timescale: number;
  isVideo: boolean;
  editStart: number;
  defaultDuration: number;
  defaultSize: number;
  defaultFlags: number;
};
/** One track's part in one moof. */
export type TrackRun = {
  trackId: number;
  duration: number;
  samples: number;
  startsWithKey: boolean;
  firstSampleOffset: number;
  firstSampleBytes: number;
  decodeTime: number;
};

/** Tracks of a moov box. */
export function readTracks(moov: Uint8Array): MovieTrack[] {
  const root = listBoxes(moov)[0];
  if (root?.type !== 'moov') throw new Error('no moov box');
  const children = listBoxes(moov, bodyOf(root));
  const mvex = children.find((box) => box.type === 'mvex');
  const defaults = mvex === undefined ? [] : listBoxes(moov, bodyOf(mvex)).filter((box) => box.type === 'trex');
  return children.filter((box) => box.type === 'trak').map((trak) => readTrack(moov, trak, defaults));
}

function readTrack(moov: Uint8Array, trak: Box, defaults: readonly Box[]): MovieTrack {
  const view = viewOf(moov);
  const inTrak = (path: readonly string[]): Box | undefined => findBox(moov, path, bodyOf(trak));
  const tkhd = required(inTrak(['tkhd']), 'tkhd');
  const mdhd = required(inTrak(['mdia', 'mdhd']), 'mdhd');
  const handler = required(inTrak(['mdia', 'hdlr']), 'hdlr');
  const elst = inTrak(['edts', 'elst']);
  const trackId = view.getUint32(tkhd.bodyOffset + (moov[tkhd.bodyOffset] === 1 ? 20 : 12));
  const trex = defaults.find((box) => view.getUint32(box.bodyOffset + 4) === trackId);
  return {
    trackId,
    timescale: view.getUint32(mdhd.bodyOffset + (moov[mdhd.bodyOffset] === 1 ? 20 : 12)),
    isVideo: Buffer.from(moov.buffer, moov.byteOffset + handler.bodyOffset + 8, 4).toString('latin1') === 'vide',
    editStart: elst === undefined ? 0 : readEditStart(view, elst),
    defaultDuration: trex === undefined ? 0 : view.getUint32(trex.bodyOffset + 12),
    defaultSize: trex === undefined ? 0 : view.getUint32(trex.bodyOffset + 16),
    defaultFlags: trex === undefined ? 0 : view.getUint32(trex.bodyOffset + 20),
  };
}

/** Media time of the first edit that shows something. */
function readEditStart(view: DataView, elst: Box): number {
  const isLong = view.getUint8(elst.bodyOffset) === 1;
  const count = view.getUint32(elst.bodyOffset + 4);
  for (let n = 0; n < count; n += 1) {
    const at = elst.bodyOffset + 8 + n * (isLong ? 20 : 12);
    const mediaTime = isLong ? Number(view.getBigInt64(at + 8)) : view.getInt32(at + 4);
    if (mediaTime >= 0) return mediaTime;
  }
  return 0;
}

/** The runs of a moof box, one per track; sample offsets count from the moof's first byte. */
export function readRuns(moof: Uint8Array, tracks: readonly MovieTrack[]): TrackRun[] {
  const root = listBoxes(moof)[0];
  if (root?.type !== 'moof') throw new Error('no moof box');
  const trafs = listBoxes(moof, bodyOf(root)).filter((box) => box.type === 'traf');
  return trafs.map((traf) => readRun(moof, traf, tracks));
}

function readRun(moof: Uint8Array, traf: Box, tracks: readonly MovieTrack[]): TrackRun {
  const view = viewOf(moof);
  const boxes = listBoxes(moof, bodyOf(traf));
  const header = readFragmentHeader(
    view,
    required(
      boxes.find((box) => box.type === 'tfhd'),
      'tfhd',
    ),
    tracks,
  );
  const tfdt = boxes.find((box) => box.type === 'tfdt');
  const decodeTime =
    tfdt === undefined
      ? 0
      : moof[tfdt.bodyOffset] === 1
        ? Number(view.getBigUint64(tfdt.bodyOffset + 4))
        : view.getUint32(tfdt.bodyOffset + 4);
  const run: TrackRun = {
    trackId: header.trackId,
    duration: 0,
    samples: 0,
    startsWithKey: false,
    firstSampleOffset: 0,
    firstSampleBytes: 0,
    decodeTime,
  };
  for (const trun of boxes.filter((box) => box.type === 'trun')) addRun(run, { view, trun, header });
  return run;
}

type FragmentHeader = { trackId: number; duration: number; size: number; flags: number };

function readFragmentHeader(view: DataView, tfhd: Box, tracks: readonly MovieTrack[]): FragmentHeader {
  const flags = view.getUint32(tfhd.bodyOffset) & 0xffffff;
  const trackId = view.getUint32(tfhd.bodyOffset + 4);
  const track = tracks.find((candidate) => candidate.trackId === trackId);
  let at = tfhd.bodyOffset + 8 + (flags & 0x01 ? 8 : 0) + (flags & 0x02 ? 4 : 0);
  const field = (bit: number, otherwise: number): number => {
    if ((flags & bit) === 0) return otherwise;
    at += 4;
    return view.getUint32(at - 4);
  };
  const duration = field(0x08, track?.defaultDuration ?? 0);
  const size = field(0x10, track?.defaultSize ?? 0);
  return { trackId, duration, size, flags: field(0x20, track?.defaultFlags ?? 0) };
}

/** Sample flag of a picture that needs others to be decoded. */
const NON_SYNC_FLAG = 0x10000;

function addRun(run: TrackRun, { view, trun, header }: { view: DataView; trun: Box; header: FragmentHeader }): void {
  const flags = view.getUint32(trun.bodyOffset) & 0xffffff;
  const count = view.getUint32(trun.bodyOffset + 4);
  let at = trun.bodyOffset + 8;
  const read = (bit: number, otherwise: number): number => {
    if ((flags & bit) === 0) return otherwise;
    at += 4;
    return view.getUint32(at - 4);
  };
  const dataOffset = read(0x01, 0);
  const firstFlags = read(0x04, header.flags);
  for (let n = 0; n < count; n += 1) {
    run.duration += read(0x100, header.duration);
    const size = read(0x200, header.size);
    const sampleFlags = read(0x400, header.flags);
    read(0x800, 0);
    if (run.samples === 0) {
      const usedFlags = (flags & 0x04) !== 0 ? firstFlags : sampleFlags;
      Object.assign(run, {
        startsWithKey: (usedFlags & NON_SYNC_FLAG) === 0,
        firstSampleOffset: dataOffset,
        firstSampleBytes: size,
      });
    }
    run.samples += 1;
  }
}

/**
 * The index of one of our renditions from its first bytes (up to the first moof): header, sidx, fragments.
 * Throws if the bytes hold no whole moov and sidx.
 */
export function parseFragmentIndex(head: Uint8Array): FragmentIndex {
  const view = viewOf(head);
  const boxes = listBoxes(head);
  const moov = required(
    boxes.find((box) => box.type === 'moov'),
    'moov',
  );
  const sidx = required(
    boxes.find((box) => box.type === 'sidx'),
    'sidx',
  );
  const mehd = findBox(head, ['mvex', 'mehd'], bodyOf(moov));
  const timescale = view.getUint32(sidx.bodyOffset + 8);
  const isLong = head[sidx.bodyOffset] === 1;
  const firstOffset = isLong ? Number(view.getBigUint64(sidx.bodyOffset + 20)) : view.getUint32(sidx.bodyOffset + 16);
  const listAt = sidx.bodyOffset + (isLong ? 28 : 20);
  let offsetBytes = sidx.offset + sidx.size + firstOffset;
  let endUnits = 0;
  const fragments: Fragment[] = [];
  for (let n = 0; n < view.getUint16(listAt + 2); n += 1) {
    const at = listAt + 4 + n * 12;
    const sizeBytes = view.getUint32(at) & 0x7fffffff;
    const startMs = Math.round((endUnits * 1000) / timescale);
    endUnits += view.getUint32(at + 4);
    fragments.push({
      offsetBytes,
      sizeBytes,
      durationMs: Math.round((endUnits * 1000) / timescale) - startMs,
      startsWithKey: view.getUint32(at + 8) >>> 31 === 1,
    });
    offsetBytes += sizeBytes;
  }
  const mvhd = required(findBox(head, ['mvhd'], bodyOf(moov)), 'mvhd');
  const movieTimescale = view.getUint32(mvhd.bodyOffset + (head[mvhd.bodyOffset] === 1 ? 20 : 12));
  const durationMs =
    mehd === undefined
      ? Math.round((endUnits * 1000) / timescale)
      : Math.round((view.getUint32(mehd.bodyOffset + 4) * 1000) / movieTimescale);
  return { initBytes: moov.offset + moov.size, durationMs, fragments };
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function required(box: Box | undefined, type: string): Box {
  if (box === undefined) throw new Error(`no ${type} box`);
  return box;
}
