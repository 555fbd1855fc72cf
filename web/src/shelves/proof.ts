/** Proving in the page that a shelf stands under the region's signature. Files were held against their names when they were fetched. */
import {
  hashOf,
  inclusionProof,
  isIncluded,
  leafHash,
  openNote,
  readCheckpoint,
  rootOf,
  isEqual,
} from '@vitrine/ledger';
import { ed25519 } from '@noble/curves/ed25519.js';
import { bytesOf, type EpochTree, hexOf, namedByHeads } from '@vitrine/ranking';
import type { Epoch } from './epochs.ts';

/** What was found. */
export interface Proof {
  isRight: boolean;
  root: string;
  signedBy: string;
  /** From the root down: on which side the way goes on, and then from file to file that each names the next. */
  turns: readonly Turn[];
  /** Hashes that the proof holds. */
  hashes: number;
  tookMs: number;
}

/** A step of the way: to one of two nodes, or to a file that is named. */
export type Turn = 'left' | 'right' | 'down';

/** Opens the note, builds the tree, and follows the shelf's way to the signed root. */
export function prove({ heads, tree, headsHash, note, key }: Epoch, shelfHash: string): Proof {
  const startMs = performance.now();
  const names = [headsHash, ...namedByHeads(heads)];
  const way = wayTo(tree, shelfHash);
  const index = names.indexOf(way[0] ?? '');
  const failed = { isRight: false, root: '', signedBy: key.name, turns: [], hashes: 0, tookMs: 0 };
  try {
    const { text, signedBy } = openNote(note, [key], ed25519.verify);
    const checkpoint = readCheckpoint(text);
    const leaves = names.map((name) => leafHash(bytesOf(name)));
    const proof = inclusionProof(leaves, index);
    const claim = { leaf: leaves[index] ?? hashOf(new Uint8Array()), index, size: checkpoint.size, proof };
    const isRight =
      checkpoint.size === leaves.length &&
      isEqual(rootOf(leaves), checkpoint.root) &&
      checkpoint.extension.includes(`epoch ${heads.epoch}`) &&
      isIncluded({ ...claim, root: checkpoint.root });
    return {
      isRight,
      root: hexOf(checkpoint.root),
      signedBy: signedBy[0]?.name ?? key.name,
      turns: [...turnsTo(index, leaves.length), ...way.slice(1).map(() => 'down' as const)],
      hashes: proof.length + way.length - 1,
      tookMs: performance.now() - startMs,
    };
  } catch {
    return failed;
  }
}

/** Names of the files that lead to a shelf, from one that is a leaf of the tree on; none if nothing leads there. */
export function wayTo({ heads, directory, shelves }: EpochTree, shelfHash: string): string[] {
  if (heads.shelves.some(({ hash }) => hash === shelfHash)) return [shelfHash];
  const near = shelves.find(({ hash }) => hash === shelfHash);
  const page = near && directory?.headsPages[near.page ?? -1];
  return page === undefined ? [] : [heads.directory, page.hash, shelfHash];
}

/** The way from the root to a leaf. */
export function turnsTo(index: number, size: number): Turn[] {
  if (size <= 1) return [];
  let split = 1;
  while (split * 2 < size) split *= 2;
  return index < split ? ['left', ...turnsTo(index, split)] : ['right', ...turnsTo(index - split, size - split)];
}
