/** Blind tickets by VOPRF over ristretto255 with SHA-512 (RFC 9497, mode 0x01). Pure: chance is given. About 2 ms of CPU a ticket. */
import { timingSafeEqual } from 'node:crypto';
import { ristretto255_oprf } from '@noble/curves/ed25519.js';

/** The library has the server's own evaluation (section 3.3.2) in this mode too; its types leave it out. */
interface Evaluating {
  evaluate(secretKey: Uint8Array, input: Uint8Array): Uint8Array;
}

const voprf = ristretto255_oprf.voprf as typeof ristretto255_oprf.voprf & Evaluating;
const KEY_INFO = new TextEncoder().encode('vitrine watch ticket');

/** A key pair of 32 + 32 bytes. */
export interface TicketKeyPair {
  secretKey: Uint8Array;
  publicKey: Uint8Array;
}

/** What a device shows of its ticket. */
export interface ShownTicket {
  secretKey: Uint8Array;
  input: Uint8Array;
  output: Uint8Array;
}

/** A key pair from 32 bytes of chance. */
export function makeKeyPair(seed: Uint8Array): TicketKeyPair {
  return voprf.deriveKeyPair(seed, KEY_INFO);
}

/**
 * Signs blinded tickets without learning which they are, with one proof for all that the day's public key was used.
 * @param chance 64 bytes never used before: the same twice would give the secret key away
 * @throws when an element is no point of the group
 */
export function issueTickets(
  { secretKey, publicKey }: TicketKeyPair,
  blinded: readonly Uint8Array[],
  chance: Uint8Array,
): { evaluated: Uint8Array[]; proof: Uint8Array } {
  let isUsed = false;
  return voprf.blindEvaluateBatch(secretKey, publicKey, [...blinded], (length = 32) => {
    if (isUsed || length > chance.length) throw new Error('a proof takes its chance once');
    isUsed = true;
    return chance.subarray(0, length);
  });
}

/** Whether a ticket was issued under a key. */
export function isGenuine({ secretKey, input, output }: ShownTicket): boolean {
  const expected = voprf.evaluate(secretKey, input);
  return expected.length === output.length && timingSafeEqual(expected, output);
}
