/** Ed25519 (RFC 8032) by Node's own arithmetic. */
import { createPublicKey, verify } from 'node:crypto';
import type { Verify } from '@vitrine/ledger';

/** Whether a signature is a key's. */
export const verifyEd25519: Verify = (signature, bytes, publicKey) => {
  const x = Buffer.from(publicKey).toString('base64url');
  const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' });
  return verify(null, bytes, key, signature);
};
