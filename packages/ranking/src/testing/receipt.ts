/** A receipt with real files of a made-up region: encoded, named by their hashes, held together by heads. */
import { rank, type RankInputs } from '../rank.ts';
import {
  epochLeaves,
  pageSeed,
  type Receipt,
  RECEIPT_FORMAT,
  type Sha256,
  writeControls,
  writeTaste,
} from '../receipt/receipt.ts';
import { weightsHash } from '../weights/hash.ts';
import type { Weights } from '../weights/weights.ts';
import { hasSeen } from '../taste/seen.ts';
import { encodeBlock } from '../wire/book-file.ts';
import { bytesOf, hexOf } from '../wire/bytes.ts';
import { BLOCKS_A_PAGE, encodeBookPage, encodeDirectory, encodeHeadsPage, NO_FILE } from '../wire/directory-file.ts';
import { readTree } from '../wire/epoch-tree.ts';
import { encodeHeads, type HeadsFile } from '../wire/heads-file.ts';
import { encodeListPage, listKeyOf } from '../wire/lists-file.ts';
import type { ShelfEntry } from '../wire/shelf-entry.ts';
import { encodeOwed } from '../wire/owed-file.ts';
import { encodeShelf, ID_BYTES } from '../wire/shelf-file.ts';
import { DIMENSIONS, type Shelf } from '../shelf/rows.ts';

/** What a receipt needs beside the inputs of the ranking. */
export interface ReceiptNeeds {
  sha256: Sha256;
  /** Signs the tree of these leaves, in hexadecimal, of this epoch. */
  sign: (leaves: readonly string[], epoch: number) => Pick<Receipt, 'note' | 'verifierKey'>;
  /** Weights that the heads name; those of the ranking by default. */
  inForce?: Weights;
  /** Posts from which the fresh shelf was drawn in this epoch; else all that are owed stand there. */
  owed?: readonly number[];
  /** Hash of the heads before; zeros by default. */
  previous?: string;
}

/** Encodes the inputs' tables, ranks from them and writes the receipt. The seed follows from the heads. */
export function receiptFrom(inputs: RankInputs, needs: ReceiptNeeds): Receipt {
  const { sha256, sign } = needs;
  const { files, heads } = encodeEpoch(inputs, needs);
  const headsBytes = encodeHeads(heads);
  const memory = { nonce: sha256(Uint8Array.from(inputs.seed)).subarray(0, 16), counter: 5 };
  const seed = pageSeed(heads, memory, sha256);
  const posts = inputs.shelves.flatMap(({ rows }) => [...rows.posts]);
  const { kernel } = readTree(heads, (hash) => bytesOf(files.get(hash) ?? ''));
  return {
    format: RECEIPT_FORMAT,
    warning: 'This file shows what its viewer watched.',
    ...sign(epochLeaves(headsBytes, sha256), heads.epoch),
    heads: hexOf(headsBytes),
    files: Object.fromEntries(files),
    weights: inputs.weights,
    weightsOf: 'region',
    taste: writeTaste(inputs.taste, { posts, seen: (post) => hasSeen(inputs.taste.seen, post) }),
    controls: writeControls(inputs.controls),
    nonce: hexOf(memory.nonce),
    counter: memory.counter,
    ranking: rank({ ...inputs, heads: kernel, seed }),
  };
}

function encodeEpoch(
  { heads, shelves, lists, book, weights }: RankInputs,
  { sha256, previous, inForce, owed }: ReceiptNeeds,
) {
  const files = new Map<string, string>();
  const keep = (bytes: Uint8Array): string => {
    const hash = hexOf(sha256(bytes));
    files.set(hash, hexOf(bytes));
    return hash;
  };
  const { scale256, epoch } = heads;
  const keepShelf = (shelf: Shelf) => keep(encodeShelf({ shelf, scale256, ids: idsOf(shelf) }));
  const entries = shelves.map((shelf) => entryOf(heads, shelf, keepShelf(shelf)));
  const listed = lists.map((list) => ({ ...listKeyOf(list.name), hash: keepShelf(list) }));
  const blocks = Array.from({ length: Math.max(-1, ...book.keys()) + 1 }, (_, number) => {
    const block = book.get(number);
    return block === undefined ? NO_FILE : keep(encodeBlock({ number, scale256, block }));
  });
  if (blocks.length > BLOCKS_A_PAGE) throw new RangeError('a made-up region has one page of the book');
  const fresh = shelves.find(({ kind }) => kind === 'fresh')?.rows.posts ?? [];
  const near = entries.filter(({ kind }) => kind === 'near');
  const [head = { vector: new Int8Array(DIMENSIONS), quality: 0 }] = heads.pages;
  const directory = encodeDirectory({
    shares: heads.shares,
    headsPages: [{ ...head, shelves: near.length, hash: keep(encodeHeadsPage({ page: 0, shelves: near })) }],
    bookPages: [keep(encodeBookPage({ page: 0, blocks }))],
    listPages: listed.length === 0 ? [] : [keep(encodeListPage({ page: 0, entries: listed }))],
  });
  const file: HeadsFile = {
    epoch,
    minute: 29_000_000,
    previous: previous ?? NO_FILE,
    scale256,
    postCount: heads.postCount,
    isLearned: true,
    seed: {
      day: 20_000,
      secret: hexOf(sha256(Uint8Array.of(1))),
      promisedIn: 0,
      next: hexOf(sha256(Uint8Array.of(2))),
    },
    weights: weightsHash(inForce ?? weights, sha256),
    drawnIn: owed === undefined ? 0 : epoch,
    owed: keep(encodeOwed(owed ?? [...fresh].sort((a, b) => a - b))),
    shelves: entries.filter(({ kind }) => kind !== 'near'),
    directory: keep(directory),
  };
  return { heads: file, files };
}

function entryOf(heads: RankInputs['heads'], { name, kind, rows }: Shelf, hash: string): ShelfEntry {
  const { vector, quality } = heads.shelves.find((head) => head.name === name) ?? {
    vector: new Int8Array(DIMENSIONS),
    quality: 0,
  };
  return { name, kind: kind === 'list' ? 'near' : kind, vector, quality, posts: rows.count, hash };
}

function idsOf({ rows }: Shelf): Uint8Array {
  const ids = new Uint8Array(rows.count * ID_BYTES);
  const view = new DataView(ids.buffer);
  for (let row = 0; row < rows.count; row += 1) view.setUint32(row * ID_BYTES + 12, rows.posts[row] ?? 0);
  return ids;
}
