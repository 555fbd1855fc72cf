/** A weights file: every number of the ranking, with its reason. */
import { within } from '../integer/whole.ts';

/** The parts of a score, in the order in which receipts list them. */
export const TERMS = [
  'taste',
  'near',
  'trend2h',
  'trend6h',
  'trend1d',
  'trend2d',
  'trend7d',
  'rate',
  'tag',
  'duration',
  'creator',
  'follow',
  'slider',
] as const;

/** One part of a score. */
export type Term = (typeof TERMS)[number];

/** Weight of a term in 2^-12, and what is added to it for viewers with few positives. */
export interface TermWeight {
  weight: number;
  /** Added while the viewer has fewer than 5 positives. */
  under5: number;
  /** Added while the viewer has fewer than 20 positives (with `under5` on top below 5). */
  under20: number;
  reason: string;
}

/** A number with the reason why it is that. */
export interface Reasoned {
  value: number;
  reason: string;
}

/** The numbers that are no weights of terms. */
export const NUMBERS = [
  'tasteWindow',
  'tasteFloor256',
  'tasteHalfLife',
  'nearWindow',
  'nearDecay16384',
  'nearFloor',
  'affinityPrior',
  'creatorCap',
  'trendCap256',
  'pagesTaken',
  'shelvesTaken',
  'allShelvesBelowPosts',
  'perCreatorInTen',
  'perSoundInTen',
  'perTagInTen',
  'similarityWeight',
  'similarityWindow',
  'freshInTen',
  'followedInTen',
] as const;

/** One of those numbers. */
export type WeightNumber = (typeof NUMBERS)[number];

/** A weights file as JSON. */
export interface Weights {
  version: string;
  terms: Record<Term, TermWeight>;
  numbers: Record<WeightNumber, Reasoned>;
}

/** A weight may not exceed 64 ones: with features of at most 2^15 a part stays below 2^31. */
export const WEIGHT_BOUND = 262_144;

/** Checks a file that came from outside; throws with the first thing that is wrong. */
export function checkWeights(weights: Weights): Weights {
  for (const term of TERMS) {
    const { weight, under5, under20, reason } = weights.terms[term];
    for (const value of [weight, weight + under20, weight + under20 + under5]) within(value, WEIGHT_BOUND, term);
    if (reason.length === 0) throw new Error(`${term} has a weight without a reason`);
  }
  for (const name of NUMBERS) {
    const { value, reason } = weights.numbers[name];
    within(value, NUMBER_BOUND, name);
    if (value < 0 || reason.length === 0) throw new Error(`${name} is below zero or has no reason`);
  }
  if (weights.numbers.tasteHalfLife.value < 1 || weights.numbers.nearFloor.value < 1) {
    throw new Error('half-life and near floor are at least 1');
  }
  return weights;
}

const NUMBER_BOUND = 1_000_000;

/** The weights that count for a viewer with that many positives. */
export function weightsFor(weights: Weights, positives: number): Record<Term, number> {
  const chosen = {} as Record<Term, number>;
  for (const term of TERMS) {
    const { weight, under5, under20 } = weights.terms[term];
    chosen[term] = weight + (positives < 20 ? under20 : 0) + (positives < 5 ? under5 : 0);
  }
  return chosen;
}
