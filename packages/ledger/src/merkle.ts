/** Merkle trees of RFC 6962, section 2.1: SHA-256, a byte 0 before leaves and 1 before nodes. */
import { sha256 } from '@noble/hashes/sha2.js';

/** Bytes of a hash. */
export const HASH_LENGTH = 32;

/** SHA-256 of bytes. */
export function hashOf(bytes: Uint8Array): Uint8Array {
  return sha256(bytes);
}

/** Hash of a leaf's bytes. */
export function leafHash(leaf: Uint8Array): Uint8Array {
  return sha256(Uint8Array.of(0, ...leaf));
}

/** Hash of two subtrees. */
function nodeHash(left: Uint8Array, right: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(1 + 2 * HASH_LENGTH);
  bytes[0] = 1;
  bytes.set(left, 1);
  bytes.set(right, 1 + HASH_LENGTH);
  return sha256(bytes);
}

/** Root over leaf hashes; of none it is the hash of nothing. */
export function rootOf(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return sha256(new Uint8Array());
  if (leaves.length === 1) return only;
  const split = splitOf(leaves.length);
  return nodeHash(rootOf(leaves.slice(0, split)), rootOf(leaves.slice(split)));
}

/**
 * Hashes that lead from a leaf to the root, the leaf's sibling first.
 * @throws RangeError when there is no such leaf
 */
export function inclusionProof(leaves: readonly Uint8Array[], index: number): Uint8Array[] {
  if (!Number.isInteger(index) || index < 0 || index >= leaves.length) throw new RangeError(`no leaf ${index}`);
  if (leaves.length === 1) return [];
  const split = splitOf(leaves.length);
  const [left, right] = [leaves.slice(0, split), leaves.slice(split)];
  return index < split
    ? [...inclusionProof(left, index), rootOf(right)]
    : [...inclusionProof(right, index - split), rootOf(left)];
}

/** What an inclusion proof claims. */
interface Inclusion {
  /** Hash of the leaf. */
  leaf: Uint8Array;
  index: number;
  /** Leaves of the tree. */
  size: number;
  proof: readonly Uint8Array[];
  root: Uint8Array;
}

/** Whether the proof leads from leaf to root: RFC 9162, section 2.1.3.2. */
export function isIncluded({ leaf, index, size, proof, root }: Inclusion): boolean {
  if (!Number.isSafeInteger(index) || !Number.isSafeInteger(size) || index < 0 || index >= size) return false;
  let [place, last, hash] = [index, size - 1, leaf];
  for (const sibling of proof) {
    if (last === 0 || sibling.length !== HASH_LENGTH) return false;
    if (place % 2 === 1 || place === last) {
      hash = nodeHash(sibling, hash);
      while (place % 2 === 0 && place > 0) [place, last] = [half(place), half(last)];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [place, last] = [half(place), half(last)];
  }
  return last === 0 && isEqual(hash, root);
}

/** Whether two byte strings are the same. Not for secrets: it stops at the first difference. */
export function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, i) => byte === other[i]);
}

/** The largest power of two below the number of leaves. */
function splitOf(count: number): number {
  let split = 1;
  while (split * 2 < count) split *= 2;
  return split;
}

/** Indices may exceed 31 bits, so no shift. */
function half(value: number): number {
  return Math.floor(value / 2);
}
