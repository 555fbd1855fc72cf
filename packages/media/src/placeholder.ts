/** A picture in 40 characters: fifteen colours, shown blurred while the poster loads. Pure. */

/** Cells along the long and the short side. */
const LONG_CELLS = 5;
const SHORT_CELLS = 3;

/** Size of the grid for a picture's shape. */
export function placeholderGrid({ widthPx, heightPx }: { widthPx: number; heightPx: number }): {
  columns: number;
  rows: number;
} {
  return widthPx > heightPx ? { columns: LONG_CELLS, rows: SHORT_CELLS } : { columns: SHORT_CELLS, rows: LONG_CELLS };
}

/** Packs `rgb` (3 bytes a cell, row by row, in the grid's size): 15 bits a cell, the spare bit of the first says that it lies. */
export function packPlaceholder(rgb: Uint8Array, columns: number): string {
  const bytes = Buffer.alloc(LONG_CELLS * SHORT_CELLS * 2);
  for (let cell = 0; cell < LONG_CELLS * SHORT_CELLS; cell += 1) {
    const [red = 0, green = 0, blue = 0] = rgb.subarray(cell * 3, cell * 3 + 3);
    const lies = cell === 0 && columns === LONG_CELLS ? 0x8000 : 0;
    bytes.writeUInt16BE(lies | ((red >> 3) << 10) | ((green >> 3) << 5) | (blue >> 3), cell * 2);
  }
  return bytes.toString('base64url');
}

/** A data URL (BMP, 200 characters) of a packed placeholder; undefined if it is none. Stretch it smoothly. */
export function placeholderUrl(packed: string): string | undefined {
  const bytes = Buffer.from(packed, 'base64url');
  if (bytes.length !== LONG_CELLS * SHORT_CELLS * 2) return undefined;
  const lies = bytes.readUInt16BE(0) >> 15 === 1;
  const columns = lies ? LONG_CELLS : SHORT_CELLS;
  const rows = lies ? SHORT_CELLS : LONG_CELLS;
  const rowBytes = Math.ceil((columns * 3) / 4) * 4;
  const bitmap = Buffer.alloc(BMP_HEADER_BYTES + rowBytes * rows);
  writeBmpHeader(bitmap, columns, rows);
  for (let cell = 0; cell < columns * rows; cell += 1) {
    const colour = bytes.readUInt16BE(cell * 2);
    // A bitmap's rows go from the bottom up, its colours are blue, green, red.
    const at = BMP_HEADER_BYTES + (rows - 1 - Math.floor(cell / columns)) * rowBytes + (cell % columns) * 3;
    [colour, colour >> 5, colour >> 10].forEach((five, n) => bitmap.writeUInt8(((five & 31) * 255) / 31, at + n));
  }
  return `data:image/bmp;base64,${bitmap.toString('base64')}`;
}

const BMP_HEADER_BYTES = 54;

function writeBmpHeader(bitmap: Buffer, columns: number, rows: number): void {
  bitmap.write('BM', 0, 'latin1');
  bitmap.writeUInt32LE(bitmap.length, 2);
  bitmap.writeUInt32LE(BMP_HEADER_BYTES, 10);
  bitmap.writeUInt32LE(40, 14);
  bitmap.writeInt32LE(columns, 18);
  bitmap.writeInt32LE(rows, 22);
  bitmap.writeUInt16LE(1, 26);
  bitmap.writeUInt16LE(24, 28);
}
