/** Trends: decayed counts of accepted positives by post, for several half-lives. */

/** Half-lives in hours and the shelf column of each. */
export const TREND_HALF_LIVES = [
  { column: 'trends2h', hours: 2 },
  { column: 'trends6h', hours: 6 },
  { column: 'trends1d', hours: 24 },
  { column: 'trends2d', hours: 48 },
  { column: 'trends7d', hours: 168 },
] as const;

const HOUR_MS = 3_600_000;

/** Counts of one half-life, each as of its last change. */
export interface DecayedCounts {
  halfLifeMs: number;
  counts: Map<number, { value: number; atMs: number }>;
}

/** Empty counts. */
export function decayedCounts(halfLifeMs: number): DecayedCounts {
  return { halfLifeMs, counts: new Map() };
}

/** Counts of every half-life of the model. */
export function trendCounts(): DecayedCounts[] {
  return TREND_HALF_LIVES.map(({ hours }) => decayedCounts(hours * HOUR_MS));
}

/** Value at a time: what was counted, halved once a half-life. */
export function countAt({ counts, halfLifeMs }: DecayedCounts, post: number, atMs: number): number {
  const count = counts.get(post);
  return count === undefined ? 0 : count.value * 2 ** ((count.atMs - atMs) / halfLifeMs);
}

/** Adds a positive of ticket weight g. */
export function addCount(
  counts: DecayedCounts,
  post: number,
  { weight, atMs }: { weight: number; atMs: number },
): void {
  counts.counts.set(post, { value: countAt(counts, post, atMs) + weight, atMs });
}

/** The published number: round(256 ln(A + 0.3)), so that nothing watched is -308. */
export function publishedTrend(value: number): number {
  return Math.round(256 * Math.log(value + 0.3));
}

/** The published rate: round(256 (ln((a + 3.1) / (b - a + 6.9)) - ln(3.1 / 6.9))) of a positives in b reports. */
export function publishedRate(positives: number, reports: number): number {
  const rest = Math.max(0, reports - positives);
  return Math.round(256 * (Math.log((positives + 3.1) / (rest + 6.9)) - Math.log(3.1 / 6.9)));
}
