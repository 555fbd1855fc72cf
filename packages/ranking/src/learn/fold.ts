/** The learner's state as a fold over the log of reports: the same log gives the same state, bit for bit. */
import { isPositive } from '../taste/outcome.ts';
import { learn, type Learner, newLearner } from './learner.ts';
import type { DecayedCounts } from './trends.ts';

/** What came in during one minute: the log's rows, in the order that their columns give. */
export interface LoggedBatch {
  minute: Date;
  singles: readonly { post: number; outcomeBucket: number; loops: number; isSkip: boolean; weightMillis: number }[];
  chunks: readonly { posts: readonly [number, number, number]; weightMillis: number }[];
}

/** Everything that the log has taught. */
export interface LogState {
  learner: Learner;
  /** Reported watches by post: what the lottery of new posts promises. Each account's counts one whatever its weight, a visitor's a quarter. */
  impressions: Map<number, number>;
  /** Positives by post, likewise. */
  positives: Map<number, number>;
  /** Weight of all positives by post: the shares of tags and lengths come from it. */
  finishedWeight: Map<number, number>;
  /** The last batch taken. */
  minute: Date | undefined;
  /** Posts that reports have touched since the set was last cleared. Not part of the state's hash. */
  stirred: Set<number>;
}

/** Any number: the state must follow from the log alone. */
const SEED = 1;
const MILLIS = 1000;
/** The weight of a new account. Lighter tickets cost nothing: whoever wants a new post unseen would end its promise with them. */
const WHOLE_WEIGHT = 0.02;

/** A state before the first batch, whose minute it is told. */
export function newLogState(firstMinute: Date): LogState {
  return {
    learner: newLearner({ seed: SEED, originMs: firstMinute.getTime() }),
    impressions: new Map(),
    positives: new Map(),
    finishedWeight: new Map(),
    minute: undefined,
    stirred: new Set(),
  };
}

/** Takes a batch. `creatorOf` gives the creator's key of a post, 0 = not known. */
export function foldBatch(state: LogState, batch: LoggedBatch, creatorOf: (post: number) => number): void {
  const atMs = batch.minute.getTime();
  for (const single of batch.singles) {
    const { post } = single;
    const weight = single.weightMillis / MILLIS;
    const isFinished = isPositive(single);
    learn(state.learner, { kind: 'single', post, creator: creatorOf(post), isPositive: isFinished, weight, atMs });
    add(state.impressions, post, Math.min(1, weight / WHOLE_WEIGHT));
    state.stirred.add(post);
    if (!isFinished) continue;
    add(state.positives, post, 1);
    add(state.finishedWeight, post, weight);
  }
  for (const { posts, weightMillis } of batch.chunks) {
    const [x, y, z] = posts;
    const creators = [creatorOf(x), creatorOf(y), creatorOf(z)] as const;
    learn(state.learner, { kind: 'chunk', chunk: { posts, weight: weightMillis / MILLIS }, creators, atMs });
    for (const post of posts) state.stirred.add(post);
  }
  state.minute = batch.minute;
}

/** The state as bytes in one order, piece by piece, to be hashed. */
export function* stateBytes({
  learner,
  impressions,
  positives,
  finishedWeight,
  minute,
}: LogState): Iterable<Uint8Array> {
  const { vectors, pairs, trends, finished, reported, chance, gates } = learner;
  yield bytesOf([minute?.getTime() ?? 0, pairs.originMs, chance.state(), vectors.posts.length]);
  for (const counts of [...trends, finished, reported]) yield bytesOf(decayed(counts));
  for (const counts of [impressions, positives, finishedWeight, pairs.totals]) yield bytesOf(flat(counts));
  for (const { posts, creators, all } of [gates.singles, gates.chunks]) {
    for (const windows of [posts, creators, new Map([[0, all]])]) {
      yield bytesOf(sorted(windows).flatMap(([key, { number, before, now }]) => [key, number, before, now]));
    }
  }
  yield bytesOf(vectors.posts);
  yield bytesOf(vectors.positives);
  for (const { posts, weight } of vectors.chunks) yield bytesOf([...posts, weight]);
  for (const [post, vector] of sorted(vectors.vectors)) yield bytesOf([post, ...vector]);
  for (const [post, partners] of sorted(pairs.pairs)) yield bytesOf([post, ...flat(partners)]);
}

function add(counts: Map<number, number>, post: number, amount: number): void {
  counts.set(post, (counts.get(post) ?? 0) + amount);
}

function sorted<Value>(map: ReadonlyMap<number, Value>): [number, Value][] {
  return [...map].sort(([a], [b]) => a - b);
}

function flat(counts: ReadonlyMap<number, number>): number[] {
  return sorted(counts).flat();
}

function decayed({ counts }: DecayedCounts): number[] {
  return sorted(counts).flatMap(([post, { value, atMs }]) => [post, value, atMs]);
}

function bytesOf(numbers: readonly number[]): Uint8Array {
  const bytes = new Uint8Array(numbers.length * 8);
  const view = new DataView(bytes.buffer);
  for (const [i, number] of numbers.entries()) view.setFloat64(i * 8, number, true);
  return bytes;
}
