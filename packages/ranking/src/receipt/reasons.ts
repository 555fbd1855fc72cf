/** Reasons: the parts of a score, and the taste's part split by the watches that it comes from. */
import { truncDiv } from '../integer/whole.ts';
import type { RowAt } from '../diversify/limits.ts';
import { DIMENSIONS } from '../shelf/rows.ts';
import type { Profile } from '../taste/profile.ts';
import type { Scored } from '../scorers/score.ts';
import type { Term } from '../weights/weights.ts';

/** One line of "why this video". The parts of a post's lines add up to its score. */
export interface Reason {
  term: Term;
  /** 2^-8. */
  feature: number;
  /** 2^-12. */
  weight: number;
  /** 2^-12; floor(weight x feature / 256). */
  part: number;
}

/** A watch's share of the taste part. */
export interface WatchShare {
  post: number;
  part: number;
}

/** Reasons of kept candidate `index`, in the order of the terms; parts of zero are left out. */
export function reasonsOf(scored: Scored, index: number): Reason[] {
  const start = index * scored.terms.length;
  return scored.terms
    .map(({ term, weight }, j) => ({
      term,
      feature: scored.features[start + j] ?? 0,
      weight,
      part: scored.parts[start + j] ?? 0,
    }))
    .filter(({ part }) => part !== 0);
}

/**
 * The taste part split by watched post: each watch's weight x (its vector . the post's), scaled to the part; what
 * rounding leaves goes to the largest share. The shares add up to the part exactly.
 * |weight x product| <= 256 x 127^2 x 64 < 2^28, times a part below 2^25: below 2^53.
 */
export function splitTaste(profile: Profile, row: RowAt, part: number): WatchShare[] {
  const raw = profile.shares.map(({ post, weight, vector }) => ({ post, raw: weight * product(vector, row) }));
  const all = raw.reduce((sum, share) => sum + share.raw, 0);
  if (raw.length === 0) return [];
  if (all === 0) return [{ post: raw[0]?.post ?? 0, part }];
  const sign = all < 0 ? -1 : 1;
  const shares = raw.map((share) => ({ post: share.post, part: truncDiv(share.raw * part * sign, all * sign) }));
  shares.sort((a, b) => Math.abs(b.part) - Math.abs(a.part) || a.post - b.post);
  const rest = part - shares.reduce((sum, share) => sum + share.part, 0);
  const [largest] = shares;
  if (largest) largest.part += rest;
  return shares;
}

function product(vector: Int8Array, { rows, row }: RowAt): number {
  const { vectors } = rows;
  const start = row * DIMENSIONS;
  let sum = 0;
  for (let d = 0; d < DIMENSIONS; d += 1) sum += (vector[d] ?? 0) * (vectors[start + d] ?? 0);
  return sum;
}
