/** Session tokens, recovery codes and invites: made from secure bytes, kept only as hashes. */
import { createHash } from 'node:crypto';
import type { World } from '../platform/world.ts';

/** Recovery codes that an account gets at a time. */
export const RECOVERY_CODES = 10;

/** A session token: 256 bits, base64url. */
export function newToken(world: World): string {
  return Buffer.from(world.randomBytes(32)).toString('base64url');
}

/** What is stored in place of a token or code. Both are random beyond guessing, so that a plain SHA-256 is enough. */
export function hashSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** Crockford's alphabet: no letter that is read as another. */
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** A code of 80 bits that a person can write down: `k3f9-0m2x-…`. */
export function newCode(world: World): string {
  const letters = Array.from(world.randomBytes(16), (byte) => ALPHABET[byte & 31]).join('');
  return (letters.match(/.{4}/g) ?? []).join('-');
}

/** What a person typed, as it was written: case, spaces and dashes do not matter, nor o for 0 and l or i for 1. */
export function foldCode(typed: string): string {
  const letters = typed
    .toLowerCase()
    .replace(/[^0-9a-z]/g, '')
    .replace(/o/g, '0')
    .replace(/[il]/g, '1');
  return (letters.match(/.{1,4}/g) ?? []).join('-');
}

/** A hash of a recovery code that belongs to one account. */
export function hashCode(code: string): string {
  return hashSecret(foldCode(code));
}
