/**
 * The heads of an epoch: its small top, of one size whatever the region's. They name the files that everybody reads by hash,
 * and the directory, from which every other file of the epoch is found by hash. Each names the hash of the heads before it.
 *
 * `VHD1`, version u16 = 1, d u16 = 64, epoch u32, minute u32, previous hash 32, scale u32, posts u32, flags u16,
 * 0 u16, 0 u32; seeds: day u32, secret of the day 32, epoch that committed to it u32 (0 = no lead time), commitment to the next
 * day's secret 32; weights: hash; epoch of the last draw u32 (0 = nobody was drawn: all that are owed stand on fresh), list of
 * the owed: hash; shelves that everybody reads: count u32, then each as on a page of heads; directory: hash.
 */
import { type ByteReader, HASH_BYTES, readerOf, writerOf } from './bytes.ts';
import { readShelfEntry, SHELF_ENTRY_BYTES, type ShelfEntry, writeShelfEntry } from './shelf-entry.ts';
import { DIMENSIONS } from '../shelf/rows.ts';

const MAGIC = 'VHD1';
/** Version of this form. */
export const HEADS_VERSION = 1;
const FIXED_BYTES = 64;
const SEED_BYTES = 8 + 2 * HASH_BYTES;
const DRAW_BYTES = 4 + 2 * HASH_BYTES;
const FLAG_LEARNED = 1;

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
  /** Hash of the weights file in force: `weightsHash`. */
  weights: string;
  /** Epoch of the last lottery of the fresh shelf; 0 = none was needed: all that are owed stand there. */
  drawnIn: number;
  /** Hash of the list of posts that are still owed watches. */
  owed: string;
  /** Those that everybody reads: fresh and trending. */
  shelves: readonly ShelfEntry[];
  /** Hash of the directory. */
  directory: string;
}

/** The bytes of the heads. */
export function encodeHeads(heads: HeadsFile): Uint8Array<ArrayBuffer> {
  const { shelves, seed } = heads;
  const writer = writerOf(FIXED_BYTES + SEED_BYTES + DRAW_BYTES + 4 + SHELF_ENTRY_BYTES * shelves.length + HASH_BYTES);
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
  writer.u32(seed.day);
  writer.hash(seed.secret);
  writer.u32(seed.promisedIn);
  writer.hash(seed.next);
  writer.hash(heads.weights);
  writer.u32(heads.drawnIn);
  writer.hash(heads.owed);
  writer.u32(shelves.length);
  for (const shelf of shelves) writeShelfEntry(writer, shelf);
  writer.hash(heads.directory);
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
  const weights = reader.hash();
  const drawnIn = reader.u32();
  const owed = reader.hash();
  const shelves = Array.from({ length: reader.count(SHELF_ENTRY_BYTES) }, () => readQuick(reader));
  const directory = reader.hash();
  reader.end();
  const isLearned = flags === FLAG_LEARNED;
  const chances = { seed, weights, drawnIn, owed };
  return { epoch, minute, previous, scale256, postCount, isLearned, ...chances, shelves, directory };
}

/** Hashes of the files that the heads themselves name, in the order in which they are the leaves of the epoch's tree. */
export function namedByHeads({ owed, shelves, directory }: HeadsFile): string[] {
  return [owed, ...shelves.map(({ hash }) => hash), directory];
}

function readQuick(reader: ByteReader): ShelfEntry {
  const entry = readShelfEntry(reader);
  return entry.kind === 'near' ? reader.fail('a near shelf stands among those that everybody reads') : entry;
}
