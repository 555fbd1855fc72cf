/** An epoch's tree, and the region's signature over it. */
import { checkpointText, leafHash, rootOf, signNote } from '@vitrine/ledger';
import { type HeadsFile, namedByHeads } from '@vitrine/ranking';
import type { RegionKey } from '../platform/region-key.ts';
import type { EpochRow } from './store.ts';

/** Leaves of an epoch's tree: the hash of its heads, then of the files that they name. */
export function leavesOf(headsHash: string, heads: HeadsFile): Uint8Array[] {
  return [headsHash, ...namedByHeads(heads)].map((hash) => leafHash(Buffer.from(hash, 'hex')));
}

/** An epoch under the region's signature: the same heads give the same note. */
export function signedRow(key: RegionKey, heads: HeadsFile, at: Pick<EpochRow, 'headsHash' | 'madeAt'>): EpochRow {
  const leaves = leavesOf(at.headsHash, heads);
  const root = rootOf(leaves);
  const extension = [`epoch ${heads.epoch}`];
  const text = checkpointText({ origin: key.verifier.name, size: leaves.length, root, extension });
  const note = signNote(text, key.verifier, key.sign);
  return { ...at, epoch: heads.epoch, root: Buffer.from(root).toString('hex'), size: leaves.length, note };
}
