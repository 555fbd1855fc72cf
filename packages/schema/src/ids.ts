/**
 * Identities. Every id is a 36-character UUIDv7 text made by the application (RFC 9562, section 5.7),
 * so that it sorts by the time of its making and needs no database sequence.
 */
import { z } from 'zod';

const UUID_TEXT = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/** Any id on the wire: lower-case UUID text of 36 characters. */
export const idSchema = z.string().length(36).regex(UUID_TEXT);

/** A UUIDv7 text. */
export type Id = string;

/**
 * Makes a UUIDv7 from a time and ten random bytes.
 * @param unixMs milliseconds since 1970, 0 to 2^48 - 1
 * @param random at least 10 bytes from a secure source
 */
export function uuidV7(unixMs: number, random: Uint8Array): Id {
  if (random.length < 10) throw new Error('uuidV7 needs 10 random bytes');
  const bytes = new Uint8Array(16);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(Math.trunc(unixMs)) << 16n);
  bytes.set(random.subarray(0, 10), 6);
  bytes[6] = 0x70 | ((bytes[6] ?? 0) & 0x0f);
  bytes[8] = 0x80 | ((bytes[8] ?? 0) & 0x3f);
  const hex = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
