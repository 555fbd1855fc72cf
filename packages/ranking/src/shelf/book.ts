/** The book: current vectors and partners of every post, in blocks of 256 by public post number. */
import { DIMENSIONS } from './rows.ts';

/** Posts in a block. */
export const BLOCK_POSTS = 256;
/** Partners kept of a post. */
export const PARTNERS = 100;
/** A partner is `post x 256 + code`: 24 bits of post number, 8 of code; code 0 = no partner. */
export const CODE_SPAN = 256;

/** One block: vectors and partner lists of 256 posts in a row. A removed post's part is zero. */
export interface BookBlock {
  /** int8[64] a post. */
  vectors: Int8Array;
  /** `PARTNERS` a post, best first, zeros at the end. */
  partners: Uint32Array;
}

/** The blocks that a device holds, by block number; blocks that it never needed are absent. */
export type Book = ReadonlyMap<number, BookBlock>;

/** A block of zeros. */
export function emptyBlock(): BookBlock {
  return {
    vectors: new Int8Array(BLOCK_POSTS * DIMENSIONS),
    partners: new Uint32Array(BLOCK_POSTS * PARTNERS),
  };
}

/** Vector of a post, `undefined` if its block is not at hand. */
export function vectorIn(book: Book, post: number): Int8Array | undefined {
  const place = post & (BLOCK_POSTS - 1);
  return book.get(post >>> 8)?.vectors.subarray(place * DIMENSIONS, (place + 1) * DIMENSIONS);
}

/** Partners of a post, `undefined` if its block is not at hand. */
export function partnersIn(book: Book, post: number): Uint32Array | undefined {
  const place = post & (BLOCK_POSTS - 1);
  return book.get(post >>> 8)?.partners.subarray(place * PARTNERS, (place + 1) * PARTNERS);
}
