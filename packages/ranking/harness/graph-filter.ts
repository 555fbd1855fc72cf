/**
 * A linear model in whole numbers: the graph filter of GF-CF (Shen et al., CIKM 2021). A place's score is
 * sum_j P_ji + 0.3 sqrt(d_i) sum_j d_j^-1/2 V_j.V_i over the viewer's places j, P = R~^T R~.
 */
import { chanceFrom, floorDiv, whole } from '@vitrine/ranking';
import type { Visits } from './gowalla.ts';
import { smoothVectors } from './smooth-vectors.ts';

/** Whole-number tables of the model. */
interface GraphFilter {
  byUser: readonly (readonly number[])[];
  byPlace: readonly (readonly number[])[];
  /** round(2^14 / sqrt(degree)). */
  userFactors: Int32Array;
  placeFactors: Int32Array;
  /** round(2^6 sqrt(degree)). */
  placeRoots: Int32Array;
  /** int16 entries, `VECTOR_ONE` = 1. */
  vectors: Int16Array;
  rank: number;
}

/** Singular vectors that are kept, as published for this split. */
const RANK = 256;
const ROUNDS = 8;
const FACTOR_ONE = 16_384;
const ROOT_ONE = 64;
const VECTOR_ONE = 32_767;
/** 0.3 in 2^-10. */
const SMOOTH_WEIGHT = 307;

/** Trains in floats and rounds once; the tables are all that scoring reads. */
export function graphFilter({ train, places }: Visits, seed: number): GraphFilter {
  const byPlace: number[][] = Array.from({ length: places }, () => []);
  for (const [user, visited] of train.entries()) for (const place of visited) byPlace[place]?.push(user);
  const factorsOf = (lists: readonly (readonly number[])[]) =>
    Float64Array.from(lists, ({ length }) => (length === 0 ? 0 : 1 / Math.sqrt(length)));
  const [userFactor, placeFactor] = [factorsOf(train), factorsOf(byPlace)];
  const normalised = { byUser: train, places, userFactor, placeFactor };
  const vectors = smoothVectors(normalised, RANK, { rounds: ROUNDS, chance: chanceFrom(seed) });
  return {
    byUser: train,
    byPlace,
    userFactors: Int32Array.from(userFactor, (factor) => Math.round(FACTOR_ONE * factor)),
    placeFactors: Int32Array.from(placeFactor, (factor) => Math.round(FACTOR_ONE * factor)),
    placeRoots: Int32Array.from(byPlace, ({ length }) => Math.round(ROOT_ONE * Math.sqrt(length))),
    vectors: Int16Array.from(vectors, (part) => Math.round(VECTOR_ONE * Math.max(-1, Math.min(1, part)))),
    rank: RANK,
  };
}

/**
 * Scores of all places for a user, written into `scores`, in units of 2^-28 of the filter's; whole numbers below 2^53.
 * Linear part: a_i sum_w floor(a_w^2 sum_j a_j / 2^28), factors of 2^14: at most 2^14 x degree x 2^14.
 */
export function scorePlaces(filter: GraphFilter, user: number, scores: number[]): void {
  const visited = filter.byUser[user] ?? [];
  scores.fill(0);
  const reached = new Map<number, number>();
  for (const place of visited) {
    const factor = filter.placeFactors[place] ?? 0;
    for (const other of filter.byPlace[place] ?? []) reached.set(other, (reached.get(other) ?? 0) + factor);
  }
  for (const [other, sum] of reached) {
    const factor = filter.userFactors[other] ?? 0;
    const gain = floorDiv(factor * factor * sum, FACTOR_ONE * FACTOR_ONE);
    for (const place of filter.byUser[other] ?? []) scores[place] = (scores[place] ?? 0) + gain;
  }
  for (let place = 0; place < scores.length; place += 1) {
    scores[place] = (scores[place] ?? 0) * (filter.placeFactors[place] ?? 0);
  }
  addSmooth(filter, visited, scores);
}

/** Context entries fall from 2^14 x 2^15 x visits to 2^13 x visits; a dot of 256 then stays below 2^46 for 1,000 visits. */
function addSmooth(
  { vectors, rank, placeFactors, placeRoots }: GraphFilter,
  visited: readonly number[],
  scores: number[],
): void {
  const sums = Array.from({ length: rank }, () => 0);
  for (const place of visited) {
    const factor = placeFactors[place] ?? 0;
    for (let k = 0; k < rank; k += 1) sums[k] = (sums[k] ?? 0) + factor * (vectors[place * rank + k] ?? 0);
  }
  const context = Int32Array.from(sums.map((sum) => floorDiv(sum, ROOT_ONE)));
  for (let place = 0; place < scores.length; place += 1) {
    let dot = 0;
    for (let k = 0, at = place * rank; k < rank; k += 1, at += 1)
      dot += (context[k] as number) * (vectors[at] as number);
    // dot is in 2^(14 + 15 + 15 - 6) = 2^38, the root in 2^6: 2^44 to 2^28 with the weight in 2^10.
    const smooth = floorDiv(floorDiv(dot, 65_536) * (placeRoots[place] ?? 0) * SMOOTH_WEIGHT, 1024);
    scores[place] = whole((scores[place] ?? 0) + smooth, 'score of a place');
  }
}
