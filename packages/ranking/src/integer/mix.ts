/**
 * A 32-bit number from whole 32-bit words, for ties and lotteries: the finaliser of MurmurHash3 (Appleby, public domain)
 * after each word. No secret hangs on it: the seeds that go in are SHA-256 values made outside of the kernel.
 */
export function mix(...words: readonly number[]): number {
  let state = 0x9e37_79b9;
  for (const word of words) {
    state = Math.imul(state ^ word, 0x85eb_ca6b);
    state = Math.imul(state ^ (state >>> 13), 0xc2b2_ae35);
    state ^= state >>> 16;
  }
  return state >>> 0;
}
