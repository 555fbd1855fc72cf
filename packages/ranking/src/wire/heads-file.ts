/**
 * The heads of an epoch: every file of the epoch by its hash, and what the kernel reads beside the files. Each names the
 * hash of the heads before it.
 *
 * `VHD1`, version u16 = 1, d u16 = 64, epoch u32, minute u32, previous hash 32, scale u32, posts u32, flags u16,
 * 0 u16, 0 u32; seeds: day u32, secret of the day 32, epoch that committed to it u32 (0 = no lead time), commitment to the next
 * day's secret 32; shares: 11 x u32 by duration, count u32, then by rising key: tag u32, share u32; shelves: count u32,
 * then name 28, kind u8, 0 u8 x 3, vector 64, quality i32, posts u32, hash 32; book: count u32, hashes (zeros = a block
 * of nothing); pages of lists: count u32 (0 or a power of two), hashes.
 */
import { DURATION_BUCKETS_MS, type Heads, SHARE_ONE, type Shares } from '../shelf/heads.ts';
import { DIMENSIONS, type ShelfKind } from '../shelf/rows.ts';
import { type ByteReader, type ByteWriter, HASH_BYTES, hexOf, NAME_BYTES, readerOf, writerOf } from './bytes.ts';

const MAGIC = 'VHD1';
/** Version of this form. */
export const HEADS_VERSION = 1;
const KINDS = ['near', 'fresh', 'trending'] as const satisfies readonly ShelfKind[];
const FIXED_BYTES = 64;
const SEED_BYTES = 8 + 2 * HASH_BYTES;
const SHELF_BYTES = NAME_BYTES + 4 + DIMENSIONS + 8 + HASH_BYTES;
const TAG_BYTES = 8;
const FLAG_LEARNED = 1;

/** A block of the book that holds nothing has no file. */
export const NO_FILE = '0'.repeat(2 * HASH_BYTES);

/** A shelf as the heads name it. */
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

/** What the lotteries of a day hang on: one secret a UTC day, promised by its SHA-256 in the heads of the day before. */
export interface DaySeed {
  /** Days since 1970. */
  day: number;
  /** In hexadecimal. */
  secret: string;
  /** Epoch whose heads first held the SHA-256 of the secret; 0 = none did. */
  promisedIn: number;
  /** SHA-256 of the next day's secret. */
  next: string;
}

/** All that the heads say. */
export interface HeadsFile {
  epoch: number;
  /** Minutes since 1970, UTC. */
  minute: number;
  /** SHA-256 of the heads before; zeros before the first. */
  previous: string;
  scale256: number;
  /** Posts that stand on shelves. */
  postCount: number;
  /** Whether the vectors were learned from reports, or follow from tags, creators and sounds alone. */
  isLearned: boolean;
  seed: DaySeed;
  shares: Shares;
  shelves: readonly ShelfEntry[];
  /** Hash of every block of the book, by its number. */
  book: readonly string[];
  /** Hash of every page of the index of lists. */
  listPages: readonly string[];
}

/** The bytes of the heads. */
export function encodeHeads(heads: HeadsFile): Uint8Array<ArrayBuffer> {
  const { shares, shelves, book, listPages } = heads;
  const writer = writerOf(
    FIXED_BYTES +
      SEED_BYTES +
      4 * DURATION_BUCKETS_MS.length +
      (4 + TAG_BYTES * shares.tags.size) +
      (4 + SHELF_BYTES * shelves.length) +
      (4 + HASH_BYTES * book.length) +
      (4 + HASH_BYTES * listPages.length),
  );
  writer.magic(MAGIC);
  writer.u16(HEADS_VERSION);
  writer.u16(DIMENSIONS);
  writer.u32(heads.epoch);
  writer.u32(heads.minute);
  writer.hash(heads.previous);
  writer.u32(heads.scale256);
  writer.u32(heads.postCount);
  writer.u16(heads.isLearned ? FLAG_LEARNED : 0);
  writer.u16(0);
  writer.u32(0);
  writer.u32(heads.seed.day);
  writer.hash(heads.seed.secret);
  writer.u32(heads.seed.promisedIn);
  writer.hash(heads.seed.next);
  writeShares(writer, shares);
  writer.u32(shelves.length);
  for (const shelf of shelves) writeShelf(writer, shelf);
  for (const hashes of [book, listPages]) {
    writer.u32(hashes.length);
    for (const hash of hashes) writer.hash(hash);
  }
  return writer.done();
}

/**
 * The heads of a file.
 * @throws WireError for bytes that are no whole heads
 */
export function decodeHeads(bytes: Uint8Array): HeadsFile {
  const reader = readerOf(bytes, 'heads');
  reader.magic(MAGIC);
  if (reader.u16() !== HEADS_VERSION) reader.fail('its version is unknown');
  if (reader.u16() !== DIMENSIONS) reader.fail(`its vectors have not ${DIMENSIONS} entries`);
  const epoch = reader.u32();
  const minute = reader.u32();
  const previous = reader.hash();
  const scale256 = reader.u32();
  const postCount = reader.u32();
  const flags = reader.u16();
  if (flags > FLAG_LEARNED || reader.u16() !== 0 || reader.u32() !== 0) reader.fail('bits that must be 0 are not');
  const seed = { day: reader.u32(), secret: reader.hash(), promisedIn: reader.u32(), next: reader.hash() };
  const shares = readShares(reader);
  const shelves = Array.from({ length: reader.count(SHELF_BYTES) }, () => readShelf(reader));
  const hashes = () => Array.from({ length: reader.count(HASH_BYTES) }, () => reader.hash());
  const book = hashes();
  const listPages = hashes();
  if ((listPages.length & (listPages.length - 1)) !== 0) reader.fail('its pages of lists are no power of two');
  reader.end();
  const isLearned = flags === FLAG_LEARNED;
  return { epoch, minute, previous, scale256, postCount, isLearned, seed, shares, shelves, book, listPages };
}

/** What the kernel reads of the heads: fresh and trending are read by everyone, so they are not among its choices. */
export function kernelHeads({ epoch, scale256, postCount, shares, shelves }: HeadsFile): Heads {
  return { epoch, scale256, postCount, shares, shelves: shelves.filter(({ kind }) => kind === 'near') };
}

/** Hashes of all files of the epoch but the heads, in the order in which they are the leaves of its tree. */
export function filesOf({ shelves, book, listPages }: HeadsFile): string[] {
  return [...shelves.map(({ hash }) => hash), ...book.filter((hash) => hash !== NO_FILE), ...listPages];
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

function writeShelf(writer: ByteWriter, { name, kind, vector, quality, posts, hash }: ShelfEntry): void {
  writer.name(name);
  writer.u8(KINDS.indexOf(kind));
  writer.bytes(new Uint8Array(3));
  writer.bytes(new Uint8Array(vector.buffer, vector.byteOffset, DIMENSIONS));
  writer.i32(quality);
  writer.u32(posts);
  writer.hash(hash);
}

function readShelf(reader: ByteReader): ShelfEntry {
  const name = reader.name();
  const kind = KINDS[reader.u8()] ?? reader.fail('the kind of a shelf is unknown');
  if (hexOf(reader.bytes(3)) !== '000000') reader.fail('bytes that must be 0 are not');
  const vector = Int8Array.from(reader.bytes(DIMENSIONS));
  return { name, kind, vector, quality: reader.i32(), posts: reader.u32(), hash: reader.hash() };
}
