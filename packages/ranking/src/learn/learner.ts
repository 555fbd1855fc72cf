/** The learner: a fold over the log of accepted reports. It knows posts, never viewers. */
import { type Chance, chanceFrom } from './chance.ts';
import { type Gate, newGate, notePassed, passGate, roomIn } from './gate.ts';
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
  /** What singles and chunks may still add. */
  gates: { singles: Gate; chunks: Gate };
  chance: Chance;
}

/** One accepted report. Creators are keys, 0 = not known. */
export type Report =
  | { kind: 'single'; post: number; creator: number; isPositive: boolean; weight: number; atMs: number }
  | { kind: 'chunk'; chunk: Chunk; creators: readonly [number, number, number]; atMs: number };

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
    gates: { singles: newGate(), chunks: newGate() },
    chance,
  };
}

/** Takes one report, in the order of the log. */
export function learn(learner: Learner, report: Report): void {
  if (report.kind === 'chunk') learnThree(learner, report);
  else learnOne(learner, report);
}

function learnThree({ gates, vectors, pairs }: Learner, { chunk, creators, atMs }: Report & { kind: 'chunk' }): void {
  const askings = chunk.posts.map((post, i) => ({ post, creator: creators[i] ?? 0, weight: chunk.weight, atMs }));
  // What one post of the chunk has no room for is not taken from the others' room either: else pushing one would mute them.
  const weight = Math.min(...askings.map((asking) => roomIn(gates.chunks, asking)));
  if (weight <= 0) return;
  for (const asking of askings) notePassed(gates.chunks, { ...asking, weight });
  learnChunk(vectors, { ...chunk, weight });
  addPairs(pairs, { ...chunk, weight }, atMs);
}

function learnOne(learner: Learner, { post, creator, weight, atMs, isPositive }: Report & { kind: 'single' }): void {
  // A rate is a share and cannot run away: both of its counts stay whole, else the gate would lower it for what many finish.
  addCount(learner.reported, post, { weight, atMs });
  if (!isPositive) return;
  addCount(learner.finished, post, { weight, atMs });
  const accepted = passGate(learner.gates.singles, { post, creator, weight, atMs });
  if (accepted <= 0) return;
  for (const trend of learner.trends) addCount(trend, post, { weight: accepted, atMs });
  // The list of positives serves as negatives for others: a light ticket may rarely stand in it.
  if (accepted >= 1 || learner.chance.fraction() < accepted) notePositive(learner.vectors, post);
}
