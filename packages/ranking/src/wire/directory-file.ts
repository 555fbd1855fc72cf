/**
 * The directory of an epoch: everybody's shares, and the pages on which all further files of the epoch are named. Near shelves
 * stand on pages of heads, 64 to a page, with what lies where said coarsely here, so that a device fetches only the pages that
 * its taste points to; blocks of the book stand on pages of the book, 128 to a page; lists on pages of lists.
 *
 * `VDR1`, 0 u32; shares: 11 x u32 by duration, count u32, then by rising key: tag u32, share u32; pages of heads: count u32, then vector 64,
 * quality i32, shelves u32, hash 32; pages of the book: count u32, hashes; pages of lists: count u32 (0 or a power of two), hashes.
 *
 * A page of heads: `VHP1`, page u32, count u32, then each shelf as in `shelf-entry.ts`.
 * A page of the book: `VBP1`, page u32, count u32, then the hash of each block (zeros = a block of nothing).
 */
import { DURATION_BUCKETS_MS, SHARE_ONE, type Shares } from '../shelf/heads.ts';
import { DIMENSIONS } from '../shelf/rows.ts';
import { type ByteReader, type ByteWriter, HASH_BYTES, readerOf, writerOf } from './bytes.ts';
import {
  readShelfEntry,
  readVector,
  SHELF_ENTRY_BYTES,
  type ShelfEntry,
  writeShelfEntry,
  writeVector,
} from './shelf-entry.ts';

const MAGIC = 'VDR1';
const TAG_BYTES = 8;
const PAGE_BYTES = DIMENSIONS + 8 + HASH_BYTES;
const PAGE_HEADER_BYTES = 12;
/** Near shelves on a page of heads. */
export const HEADS_A_PAGE = 64;
/** Blocks on a page of the book: 32,768 posts. */
export const BLOCKS_A_PAGE = 128;
/** A block of the book that holds nothing has no file. */
export const NO_FILE = '0'.repeat(2 * HASH_BYTES);

/** A page of heads as the directory names it. */
export interface HeadsPageEntry {
  /** Mean of its shelves' vectors. */
  vector: Int8Array;
  /** Mean of their qualities. */
  quality: number;
  shelves: number;
  hash: string;
}

/** All that the directory says. */
export interface Directory {
  shares: Shares;
  headsPages: readonly HeadsPageEntry[];
  bookPages: readonly string[];
  listPages: readonly string[];
}

/** Near shelves of a page. */
export interface HeadsPage {
  page: number;
  shelves: readonly ShelfEntry[];
}

/** Hashes of blocks from number `page x 128` on. */
export interface BookPage {
  page: number;
  blocks: readonly string[];
}

/** The bytes of a directory. */
export function encodeDirectory({ shares, headsPages, bookPages, listPages }: Directory): Uint8Array<ArrayBuffer> {
  const writer = writerOf(
    8 +
      4 * DURATION_BUCKETS_MS.length +
      (4 + TAG_BYTES * shares.tags.size) +
      (4 + PAGE_BYTES * headsPages.length) +
      (4 + HASH_BYTES * bookPages.length) +
      (4 + HASH_BYTES * listPages.length),
  );
  writer.magic(MAGIC);
  writer.u32(0);
  writeShares(writer, shares);
  writer.u32(headsPages.length);
  for (const { vector, quality, shelves, hash } of headsPages) {
    writeVector(writer, vector);
    writer.i32(quality);
    writer.u32(shelves);
    writer.hash(hash);
  }
  writeHashes(writer, bookPages);
  writeHashes(writer, listPages);
  return writer.done();
}

/**
 * The directory of a file.
 * @throws WireError for bytes that are no whole directory
 */
export function decodeDirectory(bytes: Uint8Array): Directory {
  const reader = readerOf(bytes, 'directory');
  reader.magic(MAGIC);
  if (reader.u32() !== 0) reader.fail('bits that must be 0 are not');
  const shares = readShares(reader);
  const headsPages = Array.from({ length: reader.count(PAGE_BYTES) }, () => {
    const vector = readVector(reader);
    return { vector, quality: reader.i32(), shelves: reader.u32(), hash: reader.hash() };
  });
  const bookPages = readHashes(reader);
  const listPages = readHashes(reader);
  if ((listPages.length & (listPages.length - 1)) !== 0) reader.fail('its pages of lists are no power of two');
  reader.end();
  return { shares, headsPages, bookPages, listPages };
}

/** The bytes of a page of heads. */
export function encodeHeadsPage({ page, shelves }: HeadsPage): Uint8Array<ArrayBuffer> {
  const writer = writerOf(PAGE_HEADER_BYTES + SHELF_ENTRY_BYTES * shelves.length);
  writer.magic('VHP1');
  writer.u32(page);
  writer.u32(shelves.length);
  for (const shelf of shelves) writeShelfEntry(writer, shelf);
  return writer.done();
}

/**
 * The page of a file.
 * @throws WireError for bytes that are no whole page
 */
export function decodeHeadsPage(bytes: Uint8Array): HeadsPage {
  const reader = readerOf(bytes, 'page of heads');
  reader.magic('VHP1');
  const page = reader.u32();
  const shelves = Array.from({ length: reader.count(SHELF_ENTRY_BYTES) }, () => readShelfEntry(reader));
  if (shelves.some(({ kind }) => kind !== 'near')) reader.fail('a shelf on it is no near one');
  reader.end();
  return { page, shelves };
}

/** The bytes of a page of the book. */
export function encodeBookPage({ page, blocks }: BookPage): Uint8Array<ArrayBuffer> {
  const writer = writerOf(PAGE_HEADER_BYTES + HASH_BYTES * blocks.length);
  writer.magic('VBP1');
  writer.u32(page);
  writeHashes(writer, blocks);
  return writer.done();
}

/**
 * The page of a file.
 * @throws WireError for bytes that are no whole page
 */
export function decodeBookPage(bytes: Uint8Array): BookPage {
  const reader = readerOf(bytes, 'page of the book');
  reader.magic('VBP1');
  const page = reader.u32();
  const blocks = readHashes(reader);
  if (blocks.length > BLOCKS_A_PAGE) reader.fail(`it has more than ${BLOCKS_A_PAGE} blocks`);
  reader.end();
  return { page, blocks };
}

function writeHashes(writer: ByteWriter, hashes: readonly string[]): void {
  writer.u32(hashes.length);
  for (const hash of hashes) writer.hash(hash);
}

function readHashes(reader: ByteReader): string[] {
  return Array.from({ length: reader.count(HASH_BYTES) }, () => reader.hash());
}

function writeShares(writer: ByteWriter, { durations, tags }: Shares): void {
  for (let bucket = 0; bucket < DURATION_BUCKETS_MS.length; bucket += 1) writer.u32(durations[bucket] ?? 0);
  writer.u32(tags.size);
  for (const [tag, share] of [...tags].sort(([a], [b]) => a - b)) {
    writer.u32(tag);
    writer.u32(share);
  }
}

function readShares(reader: ByteReader): Shares {
  const share = () => {
    const value = reader.u32();
    return value <= SHARE_ONE ? value : reader.fail('a share is above one');
  };
  const durations = DURATION_BUCKETS_MS.map(share);
  const tags = new Map<number, number>();
  let before = -1;
  for (let left = reader.count(TAG_BYTES); left > 0; left -= 1) {
    const tag = reader.u32();
    if (tag <= before) reader.fail('its tags are not in order');
    before = tag;
    tags.set(tag, share());
  }
  return { durations, tags };
}
