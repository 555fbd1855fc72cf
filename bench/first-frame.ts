/** How many bytes from the start of a fragmented MP4 a player needs for its first picture (ISO 14496-12: moov, moof, traf, tfhd, trun). */

interface Box {
  type: string;
  /** First byte of the box itself. */
  start: number;
  /** First byte behind its header. */
  body: number;
  end: number;
}

function boxesIn(bytes: DataView, from: number, to: number): Box[] {
  const boxes: Box[] = [];
  for (let start = from; start + 8 <= to;) {
    const size = bytes.getUint32(start);
    const type = String.fromCharCode(...[4, 5, 6, 7].map((offset) => bytes.getUint8(start + offset)));
    const end = size === 0 ? to : start + size;
    boxes.push({ type, start, body: start + 8, end });
    if (size < 8) break;
    start = end;
  }
  return boxes;
}

function findIn(bytes: DataView, box: Box, ...path: string[]): Box[] {
  const [type, ...rest] = path;
  const found = boxesIn(bytes, box.body, box.end).filter((inner) => inner.type === type);
  return rest.length === 0 ? found : found.flatMap((inner) => findIn(bytes, inner, ...rest));
}

function videoTrackId(bytes: DataView, moov: Box): number | undefined {
  const track = findIn(bytes, moov, 'trak').find((trak) => {
    const handler = findIn(bytes, trak, 'mdia', 'hdlr')[0];
    return handler && bytes.getUint32(handler.body + 8) === 0x76696465; // 'vide'
  });
  const header = track && findIn(bytes, track, 'tkhd')[0];
  return header && bytes.getUint32(header.body + (bytes.getUint8(header.body) === 1 ? 20 : 12));
}

/** @returns the end of the first video sample, in bytes from 0; undefined when the file is not of that form */
export function firstFrameEndBytes(file: Uint8Array): number | undefined {
  const bytes = new DataView(file.buffer, file.byteOffset, file.byteLength);
  const top = boxesIn(bytes, 0, file.length);
  const moov = top.find((box) => box.type === 'moov');
  const moof = top.find((box) => box.type === 'moof');
  const wanted = moov && videoTrackId(bytes, moov);
  const fragment =
    moof &&
    findIn(bytes, moof, 'traf').find(
      (traf) => bytes.getUint32((findIn(bytes, traf, 'tfhd')[0]?.body ?? 0) + 4) === wanted,
    );
  const run = fragment && findIn(bytes, fragment, 'trun')[0];
  if (!moof || !run) return undefined;
  const flags = bytes.getUint32(run.body) & 0xff_ff_ff;
  if ((flags & 0x1) === 0 || (flags & 0x200) === 0) return undefined;
  const dataStart = moof.start + bytes.getInt32(run.body + 8);
  const firstSample = run.body + 8 + 4 + (flags & 0x4 ? 4 : 0);
  return dataStart + bytes.getUint32(firstSample + (flags & 0x100 ? 4 : 0));
}
