/** What is hashed for lotteries. Hashing itself (SHA-256) happens outside of the kernel. */
import { bytesOf, writerOf } from './bytes.ts';

/** SHA-256 of these bytes is the epoch's seed: the day's secret and the epoch, u32. */
export function epochSeedInput(secret: string, epoch: number): Uint8Array<ArrayBuffer> {
  const day = bytesOf(secret);
  const writer = writerOf(day.length + 4);
  writer.bytes(day);
  writer.u32(epoch);
  return writer.done();
}

/** SHA-256 of these bytes is a page's seed: the epoch's seed, the device's nonce, a counter, u32. */
export function pageSeedInput(epochSeed: Uint8Array, nonce: Uint8Array, counter: number): Uint8Array<ArrayBuffer> {
  const writer = writerOf(epochSeed.length + nonce.length + 4);
  writer.bytes(epochSeed);
  writer.bytes(nonce);
  writer.u32(counter);
  return writer.done();
}

/** The words of a hash, u32 each, as `rank` takes them. */
export function seedWords(hash: Uint8Array): number[] {
  const view = new DataView(hash.buffer, hash.byteOffset, hash.byteLength);
  return Array.from({ length: hash.byteLength >>> 2 }, (_, i) => view.getUint32(i * 4, true));
}
