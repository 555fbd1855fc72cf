/** Where the fragments of a copy lie: its index (sidx, ISO 14496-12, 8.16.3), which our server writes in front of the first one. Pure. */

/** About a second of a video, decodable by itself once the header is known. */
export interface Fragment {
  startMs: number;
  endMs: number;
  /** First byte, and the one behind the last. */
  startByte: number;
  endByte: number;
}

const HEADER_BYTES = 8;
const REFERENCE_BYTES = 12;
const SIDX = 0x73_69_64_78;

/** The fragments of a file, from its first bytes; undefined where no index stands among them. */
export function readFragments(head: Uint8Array): Fragment[] | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  for (let at = 0; at + HEADER_BYTES <= head.length;) {
    const size = view.getUint32(at);
    if (size < HEADER_BYTES || at + size > head.length) return undefined;
    if (view.getUint32(at + 4) === SIDX) return readIndex(view, at + HEADER_BYTES, at + size);
    at += size;
  }
  return undefined;
}

function readIndex(view: DataView, body: number, indexEnd: number): Fragment[] {
  const timescale = view.getUint32(body + 8);
  const isLong = view.getUint8(body) !== 0;
  const times = body + 12;
  const read = (at: number): number => (isLong ? Number(view.getBigUint64(at)) : view.getUint32(at));
  const references = times + (isLong ? 16 : 8);
  let units = read(times);
  let startByte = indexEnd + read(times + (isLong ? 8 : 4));
  return Array.from({ length: view.getUint16(references + 2) }, (_, index) => {
    const at = references + 4 + index * REFERENCE_BYTES;
    const startMs = (units * 1000) / timescale;
    units += view.getUint32(at + 4);
    const fragment = {
      startMs,
      endMs: (units * 1000) / timescale,
      startByte,
      endByte: startByte + (view.getUint32(at) & 0x7f_ff_ff_ff),
    };
    startByte = fragment.endByte;
    return fragment;
  });
}
