/** A shelf's records as people read them: what fits best first, numbers in units that say something. */
import { DIMENSIONS, postIdAt, type ShelfEntry, type ShelfFile } from '@vitrine/ranking';

/** A record. */
export interface ShelfRow {
  id: string;
  post: number;
  /** Likeness to the shelf's head in thousandths: 1000 = points the same way. */
  fit: number;
  /** Of 1000 watches, how many are finished, smoothed. */
  finished: number;
  /** Weight of finished watches with half-lives of two hours and a day. */
  trend2h: number;
  trend1d: number;
  publishedMinute: number;
  durationMs: number;
}

const LEAST = 0.005;
/** Prior of the published rate: 3.1 finished in 10. */
const PRIOR_ODDS = 3.1 / 6.9;

/** All records of a shelf, best first: by fit on near shelves, by heat on trending, newest on fresh. */
export function rowsOf({ shelf, ids }: ShelfFile, head: Int8Array, kind: ShelfEntry['kind']): ShelfRow[] {
  const { rows } = shelf;
  const records = Array.from({ length: rows.count }, (_, row): ShelfRow => {
    const odds = Math.exp((rows.rates[row] ?? 0) / 256) * PRIOR_ODDS;
    return {
      id: postIdAt(ids, row),
      post: rows.posts[row] ?? 0,
      fit: likeness(rows.vectors.subarray(row * DIMENSIONS, (row + 1) * DIMENSIONS), head),
      finished: Math.round((1000 * odds) / (1 + odds)),
      trend2h: amountOf(rows.trends2h[row] ?? 0),
      trend1d: amountOf(rows.trends1d[row] ?? 0),
      publishedMinute: rows.publishedMinutes[row] ?? 0,
      durationMs: rows.durationsMs[row] ?? 0,
    };
  });
  return records.sort(ORDERS[kind]);
}

type Order = (a: ShelfRow, b: ShelfRow) => number;

const ORDERS: Readonly<Record<ShelfEntry['kind'], Order>> = {
  near: (a, b) => b.fit - a.fit || a.post - b.post,
  trending: (a, b) => b.trend1d - a.trend1d || a.post - b.post,
  fresh: (a, b) => b.post - a.post,
};

/** The count that a published trend stands for: round(256 ln(A + 0.3)) read backwards. */
function amountOf(trend: number): number {
  const amount = Math.exp(trend / 256) - 0.3;
  // Rounding leaves a rest where nothing was watched.
  return amount < LEAST ? 0 : amount;
}

/** 1000 times the cosine of two vectors, 0 if one of them is zero. */
export function likeness(one: Int8Array, other: Int8Array): number {
  let [product, square, otherSquare] = [0, 0, 0];
  for (let d = 0; d < DIMENSIONS; d += 1) {
    product += (one[d] ?? 0) * (other[d] ?? 0);
    square += (one[d] ?? 0) ** 2;
    otherSquare += (other[d] ?? 0) ** 2;
  }
  return square === 0 || otherSquare === 0 ? 0 : Math.round((1000 * product) / Math.sqrt(square * otherSquare));
}

/** The best that is not on the shelf, from other shelves' records. */
export function nextBest(
  shelf: readonly ShelfRow[],
  others: readonly ShelfRow[],
  kind: ShelfEntry['kind'],
): ShelfRow | undefined {
  const on = new Set(shelf.map(({ post }) => post));
  const hasReason = (row: ShelfRow): boolean => kind !== 'trending' || row.trend1d > 0;
  return others.filter((row) => !on.has(row.post) && hasReason(row)).sort(ORDERS[kind])[0];
}
