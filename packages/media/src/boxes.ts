/** Boxes of ISO base media files (ISO/IEC 14496-12), read from bytes. Pure. */

/** A box: `offset` and `size` include its header. */
export type Box = { type: string; offset: number; size: number; bodyOffset: number };

/** A stretch of bytes: `to` is the first that is not in it. */
export type Span = { from: number; to: number };

/** What a box holds. */
export function bodyOf(box: Box): Span {
  return { from: box.bodyOffset, to: box.offset + box.size };
}

/** The boxes in a stretch (the whole, if none is given), one level, in order. Stops quietly at the first that does not fit. */
export function listBoxes(bytes: Uint8Array, { from, to }: Span = { from: 0, to: bytes.length }): Box[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const boxes: Box[] = [];
  let at = from;
  while (at + 8 <= to) {
    const box = readBoxHeader(view, at, to);
    if (box === undefined || at + box.size > to) break;
    boxes.push(box);
    at += box.size;
  }
  return boxes;
}

/** The header at `at`; size 0 means up to `to`. Undefined if it is no header. */
export function readBoxHeader(view: DataView, at: number, to: number): Box | undefined {
  if (at + 8 > view.byteLength) return undefined;
  const type = Buffer.from(view.buffer, view.byteOffset + at + 4, 4).toString('latin1');
  let size = view.getUint32(at);
  let headerSize = 8;
  if (size === 1) {
    if (at + 16 > view.byteLength) return undefined;
    size = Number(view.getBigUint64(at + 8));
    headerSize = 16;
  }
  if (size === 0) size = to - at;
  return size < headerSize ? undefined : { type, offset: at, size, bodyOffset: at + headerSize };
}

/** First box on a path such as `['moov', 'mvex']`. */
export function findBox(bytes: Uint8Array, path: readonly string[], within?: Span): Box | undefined {
  const [type, ...rest] = path;
  const box = listBoxes(bytes, within).find((candidate) => candidate.type === type);
  return box === undefined || rest.length === 0 ? box : findBox(bytes, rest, bodyOf(box));
}
