/** The learner: a fold over the log of accepted reports. It knows posts, never viewers. */
import { type Chance, chanceFrom } from './chance.ts';
import { addPairs, pairState, type PairState } from './pairs.ts';
import { addCount, type DecayedCounts, decayedCounts, trendCounts } from './trends.ts';
import { type Chunk, learnChunk, notePositive, vectorState, type VectorState } from './vectors.ts';

/** Everything learned. */
export interface Learner {
  trends: DecayedCounts[];
  /** Positives and reports, half-life 14 days. */
  finished: DecayedCounts;
  reported: DecayedCounts;
  vectors: VectorState;
  pairs: PairState;
  chance: Chance;
}

/** One accepted report. */
export type Report =
  | { kind: 'single'; post: number; isPositive: boolean; weight: number; atMs: number }
  | { kind: 'chunk'; chunk: Chunk; atMs: number };

const RATE_HALF_LIFE_MS = 14 * 86_400_000;

/** A learner before the first report. */
export function newLearner({ seed, originMs }: { seed: number; originMs: number }): Learner {
  const chance = chanceFrom(seed);
  return {
    trends: trendCounts(),
    finished: decayedCounts(RATE_HALF_LIFE_MS),
    reported: decayedCounts(RATE_HALF_LIFE_MS),
    vectors: vectorState(chance),
    pairs: pairState(originMs),
    chance,
  };
}

/** Takes one report, in the order of the log. */
export function learn(learner: Learner, report: Report): void {
  if (report.kind === 'chunk') {
    learnChunk(learner.vectors, report.chunk);
    addPairs(learner.pairs, report.chunk, report.atMs);
    return;
  }
  const { post, weight, atMs, isPositive } = report;
  addCount(learner.reported, post, { weight, atMs });
  if (!isPositive) return;
  addCount(learner.finished, post, { weight, atMs });
  for (const trend of learner.trends) addCount(trend, post, { weight, atMs });
  notePositive(learner.vectors, post);
}
