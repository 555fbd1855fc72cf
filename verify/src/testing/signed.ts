/** Receipts of a made-up region under a real signature; tests only. */
import { checkpointText, leafHash, publicKeyOf, rootOf, signerOf, signNote, verifierText } from '@vitrine/ledger';
import { bytesOf, type RankInputs, type Receipt, receiptFrom } from '@vitrine/ranking';
import { sha256 } from '@noble/hashes/sha2.js';

const NAME = 'region.test/shelves';

function keyFrom(secretByte: number) {
  const secret = new Uint8Array(32).fill(secretByte);
  return { verifier: { name: NAME, publicKey: publicKeyOf(secret) }, sign: signerOf(secret) };
}

/** Line of the region's key. */
export const regionKey = verifierText(keyFrom(1).verifier);

/** A receipt signed by the region, or by another key. */
export function signedReceipt(inputs: RankInputs, secretByte = 1, previous?: string): Receipt {
  const { verifier, sign } = keyFrom(secretByte);
  return receiptFrom(inputs, {
    sha256,
    ...(previous === undefined ? {} : { previous }),
    sign: (leaves, epoch) => {
      const root = rootOf(leaves.map((hash) => leafHash(bytesOf(hash))));
      const text = checkpointText({ origin: NAME, size: leaves.length, root, extension: [`epoch ${epoch}`] });
      return { note: signNote(text, verifier, sign), verifierKey: verifierText(verifier) };
    },
  });
}
