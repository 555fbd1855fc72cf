/** A shelf as heads and pages of heads name it: name 28, kind u8, 0 u8 x 3, vector 64, quality i32, posts u32, hash 32. */
import { DIMENSIONS, type ShelfKind } from '../shelf/rows.ts';
import { type ByteReader, type ByteWriter, HASH_BYTES, hexOf, NAME_BYTES } from './bytes.ts';

const KINDS = ['near', 'fresh', 'trending'] as const satisfies readonly ShelfKind[];
/** Bytes of an entry. */
export const SHELF_ENTRY_BYTES = NAME_BYTES + 4 + DIMENSIONS + 8 + HASH_BYTES;

/** A shelf and where its file is. */
export interface ShelfEntry {
  name: string;
  kind: (typeof KINDS)[number];
  /** Mean vector of its best 20 posts. */
  vector: Int8Array;
  /** In score units, 2^-12. */
  quality: number;
  posts: number;
  /** Name of its file. */
  hash: string;
}

/** Writes an entry. */
export function writeShelfEntry(writer: ByteWriter, { name, kind, vector, quality, posts, hash }: ShelfEntry): void {
  writer.name(name);
  writer.u8(KINDS.indexOf(kind));
  writer.bytes(new Uint8Array(3));
  writeVector(writer, vector);
  writer.i32(quality);
  writer.u32(posts);
  writer.hash(hash);
}

/** Reads an entry. */
export function readShelfEntry(reader: ByteReader): ShelfEntry {
  const name = reader.name();
  const kind = KINDS[reader.u8()] ?? reader.fail('the kind of a shelf is unknown');
  if (hexOf(reader.bytes(3)) !== '000000') reader.fail('bytes that must be 0 are not');
  const vector = readVector(reader);
  return { name, kind, vector, quality: reader.i32(), posts: reader.u32(), hash: reader.hash() };
}

/** Writes a vector of int8. */
export function writeVector(writer: ByteWriter, vector: Int8Array): void {
  writer.bytes(new Uint8Array(vector.buffer, vector.byteOffset, DIMENSIONS));
}

/** Reads one. */
export function readVector(reader: ByteReader): Int8Array {
  return Int8Array.from(reader.bytes(DIMENSIONS));
}
