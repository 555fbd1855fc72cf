/** The name of a weights file: what heads, ledger and the list of algorithms know it by. */
import { canonicalBytes, type JsonValue } from '@vitrine/schema';
import type { Weights } from './weights.ts';
import { hexOf } from '../wire/bytes.ts';

/** SHA-256 of the file as canonical JSON (RFC 8785), in hexadecimal. */
export function weightsHash(weights: Weights, sha256: (bytes: Uint8Array) => Uint8Array): string {
  return hexOf(sha256(canonicalBytes(JSON.parse(JSON.stringify(weights)) as JsonValue)));
}
