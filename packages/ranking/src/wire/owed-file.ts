/**
 * The list of posts that are still owed watches, from which the fresh shelf is drawn: a bit a post, by public number.
 *
 * `VOW1`, posts u32, bytes u32, then the bytes: bit n mod 8 of byte n div 8 says of post n that it is owed. The last byte is not 0.
 */
import { readerOf, writerOf } from './bytes.ts';

const MAGIC = 'VOW1';
const HEADER_BYTES = 12;

/** The bytes of a list; posts by rising number. */
export function encodeOwed(posts: readonly number[]): Uint8Array<ArrayBuffer> {
  const bits = new Uint8Array(((posts.at(-1) ?? -1) >> 3) + 1);
  for (const post of posts) bits[post >> 3] = (bits[post >> 3] ?? 0) | (1 << (post & 7));
  const writer = writerOf(HEADER_BYTES + bits.length);
  writer.magic(MAGIC);
  writer.u32(posts.length);
  writer.u32(bits.length);
  writer.bytes(bits);
  return writer.done();
}

/**
 * The posts of a list, by rising number.
 * @throws WireError for bytes that are no whole list
 */
export function decodeOwed(bytes: Uint8Array): number[] {
  const reader = readerOf(bytes, 'list of the owed');
  reader.magic(MAGIC);
  const count = reader.u32();
  const bits = reader.bytes(reader.count(1));
  reader.end();
  if (bits.at(-1) === 0) reader.fail('its last byte is 0');
  const posts: number[] = [];
  for (const [at, byte] of bits.entries()) {
    for (let bit = 0; bit < 8; bit += 1) if ((byte & (1 << bit)) !== 0) posts.push(at * 8 + bit);
  }
  return posts.length === count ? posts : reader.fail(`it holds ${posts.length} posts and promises ${count}`);
}
