/** Check it: runs a receipt again here, and holds all that it was ranked from against what the region has signed. */
import { isEqual, leafHash, openNote, readCheckpoint, readVerifier, rootOf } from '@vitrine/ledger';
import {
  bytesOf,
  checkWeightsOf,
  decodeHeads,
  epochLeaves,
  type Receipt,
  rerun,
  type Rerun,
  type WeightsFound,
} from '@vitrine/ranking';
import { ed25519 } from '@noble/curves/ed25519.js';
import { sha256 } from '@noble/hashes/sha2.js';

/** What checking found. */
export interface Checked extends Omit<Rerun, 'ranking'> {
  /** Whether the region has signed the epoch from which the page was ranked. */
  isSigned: boolean;
  /** Tables used, each of them named from the signed heads down. */
  tables: number;
  /** Whether the weights are those that the signed heads say were in force. */
  weights: WeightsFound['verdict'];
  version: string;
  /** An input is no longer at hand: that says nothing of the order. */
  isGone: boolean;
  /** What is not what it says. */
  problem?: string;
}

/** Runs a receipt again in this browser, and checks that the region has signed what it was ranked from. */
export function check(receipt: Receipt): Checked {
  const { weights, files, heads } = receipt;
  const isGone = heads === '' || Object.values(files).includes('');
  const found: Checked = {
    compared: 0,
    differing: [],
    isSigned: false,
    tables: Object.keys(files).length,
    weights: 'forged',
    version: weights.version,
    isGone,
  };
  if (isGone) return found;
  try {
    const { compared, differing } = rerun(receipt, sha256);
    const { verdict } = checkWeightsOf(receipt, sha256);
    return { ...found, compared, differing, isSigned: isSigned(receipt), weights: verdict };
  } catch (error) {
    return { ...found, problem: error instanceof Error ? error.message : String(error) };
  }
}

function isSigned(receipt: Receipt): boolean {
  const { text } = openNote(receipt.note, [readVerifier(receipt.verifierKey)], ed25519.verify);
  const { root, size, extension } = readCheckpoint(text);
  const heads = bytesOf(receipt.heads);
  const leaves = epochLeaves(heads, sha256).map((hash) => leafHash(bytesOf(hash)));
  const isOfEpoch = extension.includes(`epoch ${decodeHeads(heads).epoch}`);
  return size === leaves.length && isEqual(rootOf(leaves), root) && isOfEpoch;
}
