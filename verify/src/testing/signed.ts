/** Receipts of a made-up region under a real signature; tests only. */
import { createPrivateKey, createPublicKey, sign } from 'node:crypto';
import { checkpointText, leafHash, rootOf, signNote, verifierText } from '@vitrine/ledger';
import { bytesOf, type RankInputs, type Receipt, receiptFrom, type ReceiptNeeds } from '@vitrine/ranking';
import { sha256 } from '@noble/hashes/sha2.js';

const NAME = 'region.test/shelves';
/** PKCS #8 of an Ed25519 secret key, up to its 32 bytes. */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

function keyFrom(secretByte: number) {
  const secret = Buffer.alloc(32, secretByte);
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, secret]), format: 'der', type: 'pkcs8' });
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' });
  const verifier = { name: NAME, publicKey: Buffer.from(x, 'base64url') };
  return { verifier, sign: (bytes: Uint8Array) => sign(null, bytes, key) };
}

/** Line of the region's key. */
export const regionKey = verifierText(keyFrom(1).verifier);

/** A receipt signed by the region, or by another key. */
export function signedReceipt(
  inputs: RankInputs,
  secretByte = 1,
  more: Omit<ReceiptNeeds, 'sha256' | 'sign'> = {},
): Receipt {
  const { verifier, sign } = keyFrom(secretByte);
  return receiptFrom(inputs, {
    sha256,
    ...more,
    sign: (leaves, epoch) => {
      const root = rootOf(leaves.map((hash) => leafHash(bytesOf(hash))));
      const text = checkpointText({ origin: NAME, size: leaves.length, root, extension: [`epoch ${epoch}`] });
      return { note: signNote(text, verifier, sign), verifierKey: verifierText(verifier) };
    },
  });
}
