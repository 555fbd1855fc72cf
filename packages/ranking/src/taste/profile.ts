/** The viewer's profile: what follows from the taste and the book, computed once before candidates are scored. */
import { floorDiv, roundDiv, truncDiv } from '../integer/whole.ts';
import { squareRoot } from '../integer/square-root.ts';
import { LN_FINE } from '../integer/logarithm.ts';
import { type Book, CODE_SPAN, partnersIn, vectorIn } from '../shelf/book.ts';
import { durationBucket } from '../shelf/heads.ts';
import { DIMENSIONS } from '../shelf/rows.ts';
import type { Weights } from '../weights/weights.ts';
import type { Taste } from './taste.ts';

/** Length of the unit vector u. */
export const UNIT = 4096;
/** One in the weights of the near sum. */
const NEAR_ONE = 65_536;

/** What scoring needs to know of the viewer. */
export interface Profile {
  positives: number;
  /** int[64] of length `UNIT`; all zero without positives. */
  unit: Int32Array;
  /** Sum before scaling: every watch's share of the taste is `weight x vector` of this. */
  shares: readonly { post: number; weight: number; vector: Int8Array }[];
  /** Isqrt of the sum's own product, at least 1. */
  length: number;
  /** N(v) by post. */
  near: ReadonlyMap<number, number>;
  byCreator: ReadonlyMap<number, number>;
  byTag: ReadonlyMap<number, number>;
  byDuration: readonly number[];
}

/** round(2^30 x 2^(step/12)): the twelve steps of an octave. Derivation: the value's twelfth power is 2^step; a test checks it. */
const OCTAVE_30 = [
  1_073_741_824, 1_137_589_835, 1_205_234_447, 1_276_901_417, 1_352_829_926, 1_433_273_380, 1_518_500_250,
  1_608_794_974, 1_704_458_901, 1_805_811_301, 1_913_190_429, 2_026_954_652,
];
const TWO_26 = 67_108_864;
/** Value of each partner code, round(16 x 2^(code/12)): from 17 to below 2^26. Code 0 = no partner. */
export const CODE_VALUES = Array.from({ length: CODE_SPAN }, (_, code) => codeValue(code));

/** 16 / 2^30 = 2^-26; the product stays below 2^31 x 2^21 = 2^52. */
function codeValue(code: number): number {
  if (code === 0) return 0;
  const step = code % 12;
  return roundDiv((OCTAVE_30[step] ?? 0) * 2 ** floorDiv(code, 12), TWO_26);
}

/** Profile of a taste under the numbers of a weights file. */
export function profileOf(taste: Taste, book: Book, weights: Weights): Profile {
  const { tasteWindow, tasteFloor256, tasteHalfLife } = weights.numbers;
  const table = positiveWeights(tasteWindow.value, tasteFloor256.value, tasteHalfLife.value);
  const sum = Array.from({ length: DIMENSIONS }, () => 0);
  const shares: { post: number; weight: number; vector: Int8Array }[] = [];
  const last = taste.positives.length - 1;
  for (let age = 0; age < tasteWindow.value && age <= last; age += 1) {
    const post = taste.positives[last - age]?.post ?? 0;
    const vector = vectorIn(book, post);
    if (vector === undefined) continue;
    const weight = table[age] ?? 0;
    shares.push({ post, weight, vector });
    for (let d = 0; d < DIMENSIONS; d += 1) sum[d] = (sum[d] ?? 0) + weight * (vector[d] ?? 0);
  }
  let product = 0;
  for (const part of sum) product += part * part;
  const length = Math.max(1, squareRoot(product));
  const unit = Int32Array.from(sum.map((part) => truncDiv(UNIT * part, length)));
  return {
    positives: taste.positives.length,
    unit,
    shares,
    length,
    near: nearOf(taste, book, weights),
    ...counts(taste),
  };
}

/**
 * round(256 (floor + (1 - floor) x 0.5^(age / halfLife))) by age. The root of the half is taken in 2^-20:
 * the largest fraction whose halfLife-th power is at most one half.
 */
export function positiveWeights(window: number, floor256: number, halfLife: number): number[] {
  const ratio = rootOfHalf(halfLife);
  const weights: number[] = [];
  let power = LN_FINE;
  for (let age = 0; age < window; age += 1) {
    weights.push(roundDiv(floor256 * LN_FINE + (256 - floor256) * power, LN_FINE));
    power = floorDiv(power * ratio, LN_FINE);
  }
  return weights;
}

/** Largest r with (r / 2^20)^halfLife <= 1/2, found by halving; whole steps only. */
function rootOfHalf(halfLife: number): number {
  let low = 0;
  let high = LN_FINE;
  while (high - low > 1) {
    const middle = floorDiv(low + high, 2);
    let power = LN_FINE;
    for (let i = 0; i < halfLife && power > 0; i += 1) power = floorDiv(power * middle, LN_FINE);
    if (2 * power <= LN_FINE) low = middle;
    else high = middle;
  }
  return low;
}

/** N(v) = sum over the last positives h of floor(w_h x value of v's code in h's list / 65536); below 2^31 for 30. */
function nearOf(taste: Taste, book: Book, weights: Weights): Map<number, number> {
  const near = new Map<number, number>();
  const last = taste.positives.length - 1;
  let weight = NEAR_ONE;
  for (let age = 0; age < weights.numbers.nearWindow.value && age <= last; age += 1) {
    const partners = partnersIn(book, taste.positives[last - age]?.post ?? 0);
    for (const partner of partners ?? []) {
      if (partner === 0) break;
      const post = floorDiv(partner, CODE_SPAN);
      const gain = floorDiv(weight * (CODE_VALUES[partner & (CODE_SPAN - 1)] ?? 0), NEAR_ONE);
      near.set(post, (near.get(post) ?? 0) + gain);
    }
    weight = floorDiv(weight * weights.numbers.nearDecay16384.value, 16_384);
  }
  return near;
}

function counts(taste: Taste): Pick<Profile, 'byCreator' | 'byTag' | 'byDuration'> {
  const byCreator = new Map<number, number>();
  const byTag = new Map<number, number>();
  const byDuration: number[] = [];
  for (const { creator, tags, durationMs } of taste.positives) {
    if (creator !== 0) byCreator.set(creator, (byCreator.get(creator) ?? 0) + 1);
    for (const tag of tags) byTag.set(tag, (byTag.get(tag) ?? 0) + 1);
    const bucket = durationBucket(durationMs);
    byDuration[bucket] = (byDuration[bucket] ?? 0) + 1;
  }
  return { byCreator, byTag, byDuration };
}
