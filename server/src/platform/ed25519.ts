/** Ed25519 (RFC 8032) by Node's own arithmetic. */
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import type { Sign, Verify } from '@vitrine/ledger';

/** PKCS #8 of an Ed25519 secret key, up to its 32 bytes (RFC 8410, section 7). */
const PKCS8_HEAD = Buffer.from('302e020100300506032b657004220420', 'hex');

/** A signer with a secret key of 32 bytes, and the public half. */
export function signerOf(secretKey: Uint8Array): { publicKey: Uint8Array; sign: Sign } {
  const key = createPrivateKey({ key: Buffer.concat([PKCS8_HEAD, secretKey]), format: 'der', type: 'pkcs8' });
  const { x = '' } = createPublicKey(key).export({ format: 'jwk' });
  return { publicKey: Buffer.from(x, 'base64url'), sign: (bytes) => sign(null, bytes, key) };
}

/** Whether a signature is a key's. */
export const verifyEd25519: Verify = (signature, bytes, publicKey) => {
  const x = Buffer.from(publicKey).toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return verify(null, bytes, key, signature);
};
