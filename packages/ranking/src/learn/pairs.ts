/** Pairs: which posts are finished by the same viewers, from chunks alone. */
import { CODE_SPAN, PARTNERS } from '../shelf/book.ts';
import type { Chunk } from './vectors.ts';

/** Pairs halve in 30 days. */
export const PAIR_HALF_LIFE_MS = 30 * 86_400_000;

/** Counts are kept as of a common origin: a count added later is worth 2^((t - origin) / half-life) more there. */
export interface PairState {
  originMs: number;
  pairs: Map<number, Map<number, number>>;
  totals: Map<number, number>;
  /** Posts whose list must be made anew. */
  touched: Set<number>;
}

/** No pairs. */
export function pairState(originMs: number): PairState {
  return { originMs, pairs: new Map(), totals: new Map(), touched: new Set() };
}

/** Adds a chunk: its three pairs both ways, its three posts. */
export function addPairs(state: PairState, { posts, weight }: Chunk, atMs: number): void {
  const worth = weight * 2 ** ((atMs - state.originMs) / PAIR_HALF_LIFE_MS);
  for (const x of posts) {
    state.totals.set(x, (state.totals.get(x) ?? 0) + worth);
    state.touched.add(x);
    for (const y of posts) if (x !== y) addPair(state, [x, y], worth);
  }
}

/** Adds one direction of a pair. */
export function addPair(state: PairState, [x, y]: readonly [number, number], worth: number): void {
  const partners = state.pairs.get(x) ?? new Map<number, number>();
  if (partners.size === 0) state.pairs.set(x, partners);
  partners.set(y, (partners.get(y) ?? 0) + worth);
}

/** Strength of a pair: C / ((n_h + 5)(n_v + 5)^0.3); common posts count less, for they go with everything. */
export function pairStrength(together: number, ownTotal: number, partnerTotal: number): number {
  return together / ((ownTotal + 5) * (partnerTotal + 5) ** 0.3);
}

/** The best partners of a post as the book has them: post x 256 + code, best first, ties by post. */
export function partnersOf(state: PairState, post: number, atMs: number): number[] {
  const now = 2 ** ((state.originMs - atMs) / PAIR_HALF_LIFE_MS);
  const own = (state.totals.get(post) ?? 0) * now;
  const strengths = [...(state.pairs.get(post) ?? [])].map(([partner, together]) => ({
    partner,
    strength: pairStrength(together * now, own, (state.totals.get(partner) ?? 0) * now),
  }));
  strengths.sort((a, b) => b.strength - a.strength || a.partner - b.partner);
  return strengths.slice(0, PARTNERS).map(({ partner, strength }) => partner * CODE_SPAN + codeOf(strength));
}

/** clamp(round(12 log2(65536 b)) + 12, 1, 255). */
export function codeOf(strength: number): number {
  return Math.max(1, Math.min(255, Math.round(12 * Math.log2(65_536 * strength)) + 12));
}
