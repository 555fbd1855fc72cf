/**
 * Receipts: everything that an order followed from, and the order, as one JSON text that anybody can run again. The file
 * shows what its viewer watched; it leaves the device only when the viewer exports it.
 */
import { rank, type Ranking } from '../rank.ts';
import { decodeBlock } from '../wire/book-file.ts';
import { bytesOf, hexOf } from '../wire/bytes.ts';
import { type EpochTree, type NamedKind, readTree } from '../wire/epoch-tree.ts';
import { decodeHeads, type HeadsFile, namedByHeads } from '../wire/heads-file.ts';
import { epochSeedInput, pageSeedInput, seedWords } from '../wire/seed.ts';
import { decodeShelf } from '../wire/shelf-file.ts';
import type { BookBlock } from '../shelf/book.ts';
import type { Shelf } from '../shelf/rows.ts';
import { markSeen } from '../taste/seen.ts';
import type { Controls, Positive, Taste } from '../taste/taste.ts';
import { weightsHash } from '../weights/hash.ts';
import type { Weights } from '../weights/weights.ts';

/** First line of every receipt. */
export const RECEIPT_FORMAT = 'vitrine-receipt-1';

/** Controls as JSON has them. */
export interface WrittenControls {
  count: number;
  blockedCreators: number[];
  blockedSounds: number[];
  mutedTags: number[];
  mutedPosts: number[];
  showsSensitive: boolean;
  showsAdult: boolean;
  hidesMadeByAi: boolean;
  languages: number[];
  chosenTags: number[];
  sliders: [number, number][];
  length: number;
  novelty: number;
}

/** What the device put in. Seen posts only as far as they were candidates. */
export interface WrittenTaste {
  positives: Positive[];
  seen: number[];
  followedCreators: number[];
  followedSounds: number[];
}

/** A receipt. */
export interface Receipt {
  format: typeof RECEIPT_FORMAT;
  warning: string;
  /** The region's signed note of the epoch, and the key that it is signed by. */
  note: string;
  verifierKey: string;
  /** File bytes in hexadecimal: the heads, and by their hash the shelves, lists and blocks that were used. */
  heads: string;
  files: Record<string, string>;
  weights: Weights;
  /** Whose weights they are: the region's, which its heads name, or others that the viewer chose. */
  weightsOf: 'region' | 'viewer';
  taste: WrittenTaste;
  controls: WrittenControls;
  /** The device's nonce in hexadecimal and its counter: with the epoch's seed they give the words of the lottery. */
  nonce: string;
  counter: number;
  ranking: Ranking;
}

/** SHA-256, given by the caller: the kernel hashes nothing. */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** An input of a receipt that is not what it says. */
export class ReceiptError extends Error {
  override name = 'ReceiptError';
}

/** What a second run found. */
export interface Rerun {
  /** Numbers and words compared, and those that differ, each by its place in the ranking. */
  compared: number;
  differing: { at: string; was: unknown; is: unknown }[];
  ranking: Ranking;
}

/** Words of the page's lottery. */
export function pageSeed(
  heads: HeadsFile,
  { nonce, counter }: { nonce: Uint8Array; counter: number },
  sha256: Sha256,
): number[] {
  const epochSeed = sha256(epochSeedInput(heads.seed.secret, heads.epoch));
  return seedWords(sha256(pageSeedInput(epochSeed, nonce, counter)));
}

/** Controls for JSON. */
export function writeControls(controls: Controls): WrittenControls {
  const sorted = (set: ReadonlySet<number>) => [...set].sort((a, b) => a - b);
  return {
    ...controls,
    blockedCreators: sorted(controls.blockedCreators),
    blockedSounds: sorted(controls.blockedSounds),
    mutedTags: sorted(controls.mutedTags),
    mutedPosts: sorted(controls.mutedPosts),
    languages: sorted(controls.languages),
    chosenTags: sorted(controls.chosenTags),
    sliders: [...controls.sliders].sort(([a], [b]) => a - b),
  };
}

/** Controls from JSON. */
export function readControls(written: WrittenControls): Controls {
  return {
    ...written,
    blockedCreators: new Set(written.blockedCreators),
    blockedSounds: new Set(written.blockedSounds),
    mutedTags: new Set(written.mutedTags),
    mutedPosts: new Set(written.mutedPosts),
    languages: new Set(written.languages),
    chosenTags: new Set(written.chosenTags),
    sliders: new Map(written.sliders),
  };
}

/** A taste for JSON: `candidates` are the posts for which having been seen matters. */
export function writeTaste(
  taste: Taste,
  candidates: { seen: (post: number) => boolean; posts: Iterable<number> },
): WrittenTaste {
  return {
    positives: [...taste.positives],
    seen: [...new Set(candidates.posts)].filter(candidates.seen).sort((a, b) => a - b),
    followedCreators: [...taste.followedCreators].sort((a, b) => a - b),
    followedSounds: [...taste.followedSounds].sort((a, b) => a - b),
  };
}

/** A taste from JSON. */
export function readTaste({ positives, seen, followedCreators, followedSounds }: WrittenTaste): Taste {
  const blocks = new Map<number, Uint32Array>();
  for (const post of seen) markSeen(blocks, post);
  return {
    positives,
    seen: blocks,
    followedCreators: new Set(followedCreators),
    followedSounds: new Set(followedSounds),
  };
}

/** Shelves, lists and blocks of the book among the files at hand, each as the tree names it. */
export function readFiles(tree: EpochTree, files: ReadonlyMap<string, Uint8Array>) {
  const { heads, named } = tree;
  const shelves: Shelf[] = [];
  const lists: Shelf[] = [];
  const book = new Map<number, BookBlock>();
  for (const [hash, bytes] of files) {
    const kind = named.get(hash);
    if (kind === undefined) throw new ReceiptError(`file ${hash} is not of this epoch`);
    if (kind === 'block') {
      const { number, block, scale256 } = decodeBlock(bytes);
      if (scale256 !== heads.scale256) throw new ReceiptError('a block of the book is of another scale');
      if (tree.blocks.get(number) !== hash) throw new ReceiptError(`block ${number} is not where it is named`);
      book.set(number, block);
    }
    if (kind === 'shelf' || kind === 'list') readShelf(tree, { hash, bytes, kind }, kind === 'list' ? lists : shelves);
  }
  return { shelves, lists, book };
}

/** A shelf counts as what it is named as: a file cannot say of itself that it is another. */
function readShelf(
  { heads, shelves, lists }: EpochTree,
  { hash, bytes, kind }: { hash: string; bytes: Uint8Array; kind: NamedKind },
  into: Shelf[],
): void {
  const { shelf, scale256 } = decodeShelf(bytes);
  if (scale256 !== heads.scale256) throw new ReceiptError(`shelf ${shelf.name} is of another scale`);
  const isNamed =
    kind === 'list'
      ? shelf.kind === 'list' && lists.get(shelf.name) === hash
      : shelves.some((entry) => entry.hash === hash && entry.name === shelf.name && entry.kind === shelf.kind);
  if (!isNamed) throw new ReceiptError(`shelf ${shelf.name} is not what it is named as`);
  into.push(shelf);
}

/** The leaves of the epoch's tree: the hash of its heads, then the files that they name. The root over them stands in the signed note. */
export function epochLeaves(heads: Uint8Array, sha256: Sha256): string[] {
  return [hexOf(sha256(heads)), ...namedByHeads(decodeHeads(heads))];
}

/**
 * The epoch of a receipt as far as the receipt holds it; each file is what its name says.
 * @throws ReceiptError or WireError
 */
export function treeOf(receipt: Receipt, sha256: Sha256): { tree: EpochTree; files: Map<string, Uint8Array> } {
  const files = new Map(Object.entries(receipt.files).map(([hash, hex]) => [hash, bytesOf(hex)] as const));
  for (const [hash, bytes] of files) {
    if (hexOf(sha256(bytes)) !== hash) throw new ReceiptError(`file ${hash} is not what its name says`);
  }
  return { tree: readTree(decodeHeads(bytesOf(receipt.heads)), (hash) => files.get(hash)), files };
}

/** Whether a receipt's weights are those that were in force. */
export interface WeightsFound {
  verdict: 'in force' | 'chosen' | 'forged';
  /** Hash of the receipt's weights, and of those in force by the heads. */
  own: string;
  inForce: string;
}

/** Holds a receipt's weights against the hash that the heads name. */
export function checkWeightsOf({ weights, weightsOf, heads }: Receipt, sha256: Sha256): WeightsFound {
  const own = weightsHash(weights, sha256);
  const inForce = decodeHeads(bytesOf(heads)).weights;
  const verdict = own === inForce ? 'in force' : weightsOf === 'viewer' ? 'chosen' : 'forged';
  return { verdict, own, inForce };
}

/**
 * Ranks again from a receipt's inputs and compares every number. Whether the note is signed and covers the heads is
 * the caller's to check, by `epochLeaves`.
 * @throws ReceiptError or WireError when an input is missing or not what its name says
 */
export function rerun(receipt: Receipt, sha256: Sha256): Rerun {
  if (receipt.format !== RECEIPT_FORMAT) throw new ReceiptError('this is no receipt that is known here');
  const { tree, files } = treeOf(receipt, sha256);
  const ranking = rank({
    weights: receipt.weights,
    heads: tree.kernel,
    ...readFiles(tree, files),
    taste: readTaste(receipt.taste),
    controls: readControls(receipt.controls),
    seed: pageSeed(tree.heads, { nonce: bytesOf(receipt.nonce), counter: receipt.counter }, sha256),
  });
  return { ranking, ...compare(receipt.ranking, ranking) };
}

/** Compares two JSON values leaf by leaf. */
export function compare(was: unknown, is: unknown): Pick<Rerun, 'compared' | 'differing'> {
  const found: Pick<Rerun, 'compared' | 'differing'> = { compared: 0, differing: [] };
  const walk = (a: unknown, b: unknown, at: string): void => {
    if (isBranch(a) && isBranch(b)) {
      for (const key of new Set([...Object.keys(a), ...Object.keys(b)]))
        walk(a[key], b[key], at ? `${at}.${key}` : key);
      return;
    }
    found.compared += 1;
    if (a !== b) found.differing.push({ at, was: a, is: b });
  };
  walk(was, is, '');
  return found;
}

function isBranch(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
