/** Proving in the page that a shelf stands under the region's signature. */
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
import { bytesOf, filesOf, hexOf } from '@vitrine/ranking';
import type { Epoch } from './epochs.ts';

/** What was found. */
export interface Proof {
  isRight: boolean;
  root: string;
  signedBy: string;
  /** From the root down: on which side the way to the shelf goes on. */
  turns: readonly ('left' | 'right')[];
  /** Hashes that the proof holds. */
  hashes: number;
  tookMs: number;
}

/** Opens the note, builds the tree, and follows the shelf's way to the signed root. */
export function prove({ heads, headsHash, note, key }: Epoch, shelfHash: string): Proof {
  const startMs = performance.now();
  const names = [headsHash, ...filesOf(heads)];
  const index = names.indexOf(shelfHash);
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
      turns: turnsTo(index, leaves.length),
      hashes: proof.length,
      tookMs: performance.now() - startMs,
    };
  } catch {
    return failed;
  }
}

/** The way from the root to a leaf. */
export function turnsTo(index: number, size: number): ('left' | 'right')[] {
  if (size <= 1) return [];
  let split = 1;
  while (split * 2 < size) split *= 2;
  return index < split ? ['left', ...turnsTo(index, split)] : ['right', ...turnsTo(index - split, size - split)];
}
