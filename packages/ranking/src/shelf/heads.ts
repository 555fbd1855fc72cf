/** The heads of an epoch: what the kernel reads of them. */

/** A page of heads, coarsely: what lies on it. */
export interface HeadsPageHead {
  /** Mean vector of its shelves. */
  vector: Int8Array;
  /** Mean of their qualities. */
  quality: number;
}

/** Head of one shelf. */
export interface ShelfHead {
  name: string;
  /** Place of its page among the pages. */
  page: number;
  /** Mean vector of the shelf's best 20 posts, in the epoch's scale. */
  vector: Int8Array;
  /** How well the shelf does, in score units (2^-12), given to everyone alike. */
  quality: number;
}

/** How often a group occurs among accepted positives, in 2^-16 of all: the base that a viewer's share is held against. */
export interface Shares {
  /** By tag key. A tag that is absent counts as `RARE_SHARE`. */
  tags: ReadonlyMap<number, number>;
  /** By duration bucket. */
  durations: readonly number[];
}

/** 1 in 2^-16. */
export const SHARE_ONE = 65_536;
/** The least share that counts: 2^-12, lest one rare tag outweigh all else. */
export const RARE_SHARE = 16;

/** One epoch's heads. */
export interface Heads {
  epoch: number;
  /** 256 x the int8 steps per unit of the learned vectors. */
  scale256: number;
  /** Posts in all shelves together. */
  postCount: number;
  /** All pages of heads, whether at hand or not. */
  pages: readonly HeadsPageHead[];
  /** Near shelves of the pages at hand. */
  shelves: readonly ShelfHead[];
  shares: Shares;
}

/** Lower ends of the duration buckets. */
export const DURATION_BUCKETS_MS = [0, 7, 12, 20, 30, 45, 60, 90, 120, 180, 300].map((seconds) => seconds * 1000);

/** Bucket of a duration. */
export function durationBucket(durationMs: number): number {
  let bucket = 0;
  while (bucket + 1 < DURATION_BUCKETS_MS.length && durationMs >= (DURATION_BUCKETS_MS[bucket + 1] ?? 0)) bucket += 1;
  return bucket;
}
