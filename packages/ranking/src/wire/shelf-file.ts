/**
 * The file of a shelf or a list: a header of 48 bytes and a record of 140 bytes a post, in public order. It holds what
 * the kernel reads of a post and the post's id, nothing else. Its name is the SHA-256 of its bytes; it never changes.
 *
 * Header: `VSH1`, epoch u32, scale u32, kind u8, 0 u8, record size u16, count u32, name 28 bytes.
 * Record: post u32, id 16, vector 64, trends 5 x i16 (2 h, 6 h, 1 d, 2 d, 7 d), rate i16, creator u32, sound u32,
 * tags 5 x u32, duration u32 ms, published u32 minutes, restriction u32, language u16, flags u8, 0 u8.
 */
import { DIMENSIONS, emptyRows, type Shelf, type ShelfKind, type ShelfRows, TAGS_READ } from '../shelf/rows.ts';
import { type ByteReader, type ByteWriter, hexOf, NAME_BYTES, readerOf, writerOf } from './bytes.ts';

const MAGIC = 'VSH1';
const KINDS: readonly ShelfKind[] = ['near', 'fresh', 'trending', 'list'];
/** Bytes before the first record. */
export const SHELF_HEADER_BYTES = 20 + NAME_BYTES;
/** Bytes of a record. */
export const RECORD_BYTES = 140;
/** Bytes of a post's id. */
export const ID_BYTES = 16;
const TREND_COLUMNS = ['trends2h', 'trends6h', 'trends1d', 'trends2d', 'trends7d'] as const;
const LARGEST = 0x7fff_ffff;

/** A shelf as its file has it. */
export interface ShelfFile {
  /** What the kernel reads. */
  shelf: Shelf;
  /** 256 x the int8 steps per unit of its vectors: that of its epoch's heads. */
  scale256: number;
  /** The posts' ids, `ID_BYTES` each, in the places of the rows. */
  ids: Uint8Array;
}

/** The bytes of a shelf. */
export function encodeShelf({ shelf, scale256, ids }: ShelfFile): Uint8Array<ArrayBuffer> {
  const { rows } = shelf;
  if (ids.length !== rows.count * ID_BYTES) throw new RangeError('every row has one id');
  const writer = writerOf(SHELF_HEADER_BYTES + rows.count * RECORD_BYTES);
  writer.magic(MAGIC);
  writer.u32(shelf.epoch);
  writer.u32(scale256);
  writer.u8(KINDS.indexOf(shelf.kind));
  writer.u8(0);
  writer.u16(RECORD_BYTES);
  writer.u32(rows.count);
  writer.name(shelf.name);
  for (let row = 0; row < rows.count; row += 1) {
    writeRecord(writer, rows, { row, id: ids.subarray(row * ID_BYTES, (row + 1) * ID_BYTES) });
  }
  return writer.done();
}

/**
 * The shelf of a file.
 * @throws WireError for bytes that are no whole shelf
 */
export function decodeShelf(bytes: Uint8Array): ShelfFile {
  const reader = readerOf(bytes, 'shelf');
  reader.magic(MAGIC);
  const epoch = reader.u32();
  const scale256 = reader.u32();
  const kind = KINDS[reader.u8()] ?? reader.fail('its kind is unknown');
  if (reader.u8() !== 0) reader.fail('a byte that must be 0 is not');
  if (reader.u16() !== RECORD_BYTES) reader.fail(`its records have not ${RECORD_BYTES} bytes`);
  // The name stands between the count and the records.
  const count = reader.u32();
  const name = reader.name();
  if (bytes.length !== SHELF_HEADER_BYTES + count * RECORD_BYTES)
    reader.fail(`it has not the ${count} records it names`);
  const rows = emptyRows(count);
  const ids = new Uint8Array(count * ID_BYTES);
  for (let row = 0; row < count; row += 1) readRecord(reader, rows, { row, ids });
  reader.end();
  return { shelf: { name, kind, epoch, rows }, scale256, ids };
}

/** The id of the post in a row, in its written form. */
export function postIdAt(ids: Uint8Array, row: number): string {
  const hex = hexOf(ids.subarray(row * ID_BYTES, (row + 1) * ID_BYTES));
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

function writeRecord(writer: ByteWriter, rows: ShelfRows, { row, id }: { row: number; id: Uint8Array }): void {
  writer.u32(rows.posts[row] ?? 0);
  writer.bytes(id);
  const vector = rows.vectors.subarray(row * DIMENSIONS, (row + 1) * DIMENSIONS);
  writer.bytes(new Uint8Array(vector.buffer, vector.byteOffset, DIMENSIONS));
  for (const column of TREND_COLUMNS) writer.i16(rows[column][row] ?? 0);
  writer.i16(rows.rates[row] ?? 0);
  writer.u32(rows.creators[row] ?? 0);
  writer.u32(rows.sounds[row] ?? 0);
  for (let i = row * TAGS_READ; i < (row + 1) * TAGS_READ; i += 1) writer.u32(rows.tags[i] ?? 0);
  writer.u32(rows.durationsMs[row] ?? 0);
  writer.u32(rows.publishedMinutes[row] ?? 0);
  writer.u32(rows.restrictions[row] ?? 0);
  writer.u16(rows.languages[row] ?? 0);
  writer.u8(rows.flags[row] ?? 0);
  writer.u8(0);
}

function readRecord(reader: ByteReader, rows: ShelfRows, { row, ids }: { row: number; ids: Uint8Array }): void {
  rows.posts[row] = positive(reader);
  ids.set(reader.bytes(ID_BYTES), row * ID_BYTES);
  const vector = reader.bytes(DIMENSIONS);
  rows.vectors.set(new Int8Array(vector.buffer, vector.byteOffset, DIMENSIONS), row * DIMENSIONS);
  for (const column of TREND_COLUMNS) rows[column][row] = reader.i16();
  rows.rates[row] = reader.i16();
  rows.creators[row] = reader.u32();
  rows.sounds[row] = reader.u32();
  for (let i = row * TAGS_READ; i < (row + 1) * TAGS_READ; i += 1) rows.tags[i] = reader.u32();
  rows.durationsMs[row] = positive(reader);
  rows.publishedMinutes[row] = positive(reader);
  rows.restrictions[row] = positive(reader);
  rows.languages[row] = reader.u16();
  rows.flags[row] = reader.u8();
  if (reader.u8() !== 0) reader.fail('a byte that must be 0 is not');
}

/** A number that the kernel holds in 31 bits. */
function positive(reader: ByteReader): number {
  const value = reader.u32();
  return value <= LARGEST ? value : reader.fail('a number leaves 31 bits');
}
