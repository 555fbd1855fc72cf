/** The posts that a viewer has seen: bits in blocks of 4,096 by public post number. */

/** Blocks by number; an absent block is empty. */
export type Seen = ReadonlyMap<number, Uint32Array>;

const BLOCK_SHIFT = 12;
/** 32-bit words of a block of the seen-set: one bit a post. */
export const SEEN_BLOCK_WORDS = 128;

/** Whether the viewer has seen the post. */
export function hasSeen(seen: Seen, post: number): boolean {
  const word = seen.get(post >>> BLOCK_SHIFT)?.[(post >>> 5) & (SEEN_BLOCK_WORDS - 1)] ?? 0;
  return ((word >>> (post & 31)) & 1) === 1;
}

/** Marks a post as seen, in place. */
export function markSeen(seen: Map<number, Uint32Array>, post: number): void {
  const number = post >>> BLOCK_SHIFT;
  const block = seen.get(number) ?? new Uint32Array(SEEN_BLOCK_WORDS);
  if (!seen.has(number)) seen.set(number, block);
  const at = (post >>> 5) & (SEEN_BLOCK_WORDS - 1);
  block[at] = (block[at] ?? 0) | (1 << (post & 31));
}
