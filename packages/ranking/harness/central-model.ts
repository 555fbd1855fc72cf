/**
 * The rival that keeps everybody's history on the server and counts in floats: the same vectors, trends, pairs and
 * affinities, but each positive is predicted from the viewer's whole past, and pairs span a viewer's last ten.
 */
import {
  addCount,
  addGroups,
  addPair,
  chanceFrom,
  countAt,
  decayedCounts,
  DIMENSIONS,
  durationBucket,
  groupCounts,
  notePositive,
  PAIR_HALF_LIFE_MS,
  pairState,
  pairStrength,
  positiveWeights,
  type PostFacts,
  pull,
  rescale,
  TRAINING,
  vectorOf,
  type VectorState,
  vectorState,
} from '@vitrine/ranking';
import { createHash } from 'node:crypto';
import type { Watch } from './kuairand.ts';
import { type Model, type Prediction, rankOf, seenBy, type World } from './protocol.ts';

/** What a feature is worth, and how the vectors are made. */
interface CentralWeights {
  /** Whether newer watches count more in the taste, and old steps are trained again; else the plain mean, each step once. */
  isWeighted: boolean;
  taste: number;
  trend2h: number;
  trend1d: number;
  near: number;
  tag: number;
  duration: number;
  creator: number;
}

const PLAIN = { taste: 2.1, trend2h: 0, trend1d: 1, near: 0, tag: 0, duration: 0, creator: 0 };

/** The reference: vectors, one trend, the plain mean of the viewer's vectors. */
export const REFERENCE: CentralWeights = { ...PLAIN, isWeighted: false };

/** The same with newer watches counting more and steps trained again, as the product does; no pairs, no affinities. */
export const WEIGHTED: CentralWeights = { ...PLAIN, isWeighted: true };

/** Equipped like the product; the product's own weights, in ones. */
export const EQUIPPED: CentralWeights = {
  isWeighted: true,
  taste: 7356 / 4096,
  trend2h: 1569 / 4096,
  trend1d: 3314 / 4096,
  near: 2007 / 4096,
  tag: 1102 / 4096,
  duration: 463 / 4096,
  creator: 8503 / 4096,
};

const HOUR_MS = 3_600_000;
const PAIR_WINDOW = 10;
const NEAR_WINDOW = 30;
const NEAR_DECAY = 0.93;
const PRIOR = 10;
/** The product's value of the lowest partner code: 16 x 65536 steps of strength. */
const NEAR_FLOOR = 1 / 65_536;
const AGE_WEIGHTS = positiveWeights(100, 51, 10);

interface State {
  facts: readonly PostFacts[];
  weights: CentralWeights;
  isEquipped: boolean;
  vectors: VectorState;
  hours2: ReturnType<typeof decayedCounts>;
  day: ReturnType<typeof decayedCounts>;
  pairs: ReturnType<typeof pairState>;
  groups: ReturnType<typeof groupCounts>;
  histories: Map<number, number[]>;
  /** Every positive with a past, as user and place in the history: trained again by chance. */
  steps: { user: number; place: number }[];
}

/** The model; everything follows from log, weights and seed. */
export function centralModel(facts: readonly PostFacts[], weights: CentralWeights, seed: number): Model {
  const state: State = {
    facts,
    weights,
    isEquipped: weights.near !== 0,
    vectors: vectorState(chanceFrom(seed)),
    hours2: decayedCounts(2 * HOUR_MS),
    day: decayedCounts(24 * HOUR_MS),
    pairs: pairState(0),
    groups: groupCounts(),
    histories: new Map(),
    steps: [],
  };
  return {
    predict: (watch, world) => predict(state, watch, world),
    learn: (watch, isNewToUser) => take(state, watch, isNewToUser),
    stateHash: () => {
      const hash = createHash('sha256');
      for (const [, vector] of state.vectors.vectors) hash.update(new Uint8Array(vector.buffer));
      return hash.digest('hex');
    },
  };
}

function take(state: State, { user, post, atMs, isPositive }: Watch, isNewToUser: boolean): void {
  const facts = state.facts[post];
  if (!isPositive || facts === undefined) return;
  addCount(state.hours2, post, { weight: 1, atMs });
  addCount(state.day, post, { weight: 1, atMs });
  addGroups(state.groups, facts, 1);
  notePositive(state.vectors, post);
  if (!isNewToUser) return;
  const history = state.histories.get(user) ?? [];
  state.histories.set(user, history);
  if (state.isEquipped) notePairs(state, history, { post, atMs });
  history.push(post);
  const place = history.length - 1;
  if (place === 0) return;
  train(state, user, place);
  state.steps.push({ user, place });
  for (let i = 0; state.weights.isWeighted && i < TRAINING.replayed; i += 1) {
    const old = state.steps[state.vectors.chance.below(state.steps.length)];
    if (old) train(state, old.user, old.place);
  }
}

function train(state: State, user: number, place: number): void {
  const history = state.histories.get(user) ?? [];
  const target = history[place];
  if (target === undefined) return;
  const context = contextOf(state, history, place);
  rescale(context, TRAINING.contextNorm);
  pull(state.vectors, { context, target: vectorOf(state.vectors, target), post: target, weight: 1 });
}

/** Weighted sum of the vectors of the watches before `place`, as the device sums them. */
function contextOf(state: State, history: readonly number[], place: number): Float64Array {
  const context = new Float64Array(DIMENSIONS);
  for (let age = 0; age < AGE_WEIGHTS.length && age < place; age += 1) {
    const vector = vectorOf(state.vectors, history[place - 1 - age] ?? 0);
    const weight = state.weights.isWeighted ? (AGE_WEIGHTS[age] ?? 0) : 1;
    for (let d = 0; d < DIMENSIONS; d += 1) context[d] = (context[d] ?? 0) + weight * (vector[d] ?? 0);
  }
  return context;
}

function notePairs({ pairs }: State, history: readonly number[], { post, atMs }: { post: number; atMs: number }): void {
  if (pairs.originMs === 0) pairs.originMs = atMs;
  const worth = 2 ** ((atMs - pairs.originMs) / PAIR_HALF_LIFE_MS);
  pairs.totals.set(post, (pairs.totals.get(post) ?? 0) + worth);
  for (const other of history.slice(-PAIR_WINDOW)) {
    addPair(pairs, [post, other], worth);
    addPair(pairs, [other, post], worth);
  }
}

function predict(state: State, { user, post, atMs }: Watch, world: World): Prediction {
  const { weights, facts } = state;
  const history = state.histories.get(user) ?? [];
  const unit = contextOf(state, history, history.length);
  rescale(unit, 1);
  const near = weights.near === 0 ? new Map<number, number>() : nearOf(state, history, atMs);
  const affinities = affinitiesOf(state, history);
  const seen = seenBy(world, user);
  const scores: { post: number; score: number }[] = [];
  for (const candidate of world.posts) {
    const known = facts[candidate];
    if (seen.has(candidate) || known === undefined) continue;
    const vector = vectorOf(state.vectors, candidate);
    let product = 0;
    for (let d = 0; d < DIMENSIONS; d += 1) product += (unit[d] as number) * (vector[d] as number);
    let score = weights.taste * product + weights.trend1d * Math.log(countAt(state.day, candidate, atMs) + 0.3);
    if (state.isEquipped) {
      score += weights.trend2h * Math.log(countAt(state.hours2, candidate, atMs) + 0.3);
      score += weights.near * Math.log(1 + (near.get(candidate) ?? 0) / NEAR_FLOOR) + affinities(known);
    }
    scores.push({ post: candidate, score });
  }
  return rankOf(scores, post);
}

function nearOf({ pairs }: State, history: readonly number[], atMs: number): Map<number, number> {
  const now = 2 ** ((pairs.originMs - atMs) / PAIR_HALF_LIFE_MS);
  const totalOf = (post: number) => (pairs.totals.get(post) ?? 0) * now;
  const near = new Map<number, number>();
  let weight = 1;
  for (const post of history.slice(-NEAR_WINDOW).reverse()) {
    for (const [partner, together] of pairs.pairs.get(post) ?? []) {
      const strength = pairStrength(together * now, totalOf(post), totalOf(partner));
      near.set(partner, (near.get(partner) ?? 0) + weight * strength);
    }
    weight *= NEAR_DECAY;
  }
  return near;
}

function affinitiesOf({ facts, groups, weights }: State, history: readonly number[]): (post: PostFacts) => number {
  const [tags, durations, creators] = [new Map<number, number>(), new Map<number, number>(), new Map<number, number>()];
  const add = (counts: Map<number, number>, key: number) => counts.set(key, (counts.get(key) ?? 0) + 1);
  for (const post of history) {
    const known = facts[post];
    if (known === undefined) continue;
    for (const tag of known.tags) add(tags, tag);
    add(durations, durationBucket(known.durationMs));
    add(creators, known.creator);
  }
  const all = history.length;
  const share = (own: number, total: number) => {
    const q = Math.max(total / Math.max(1, groups.all), 2 ** -12);
    return Math.log((own + PRIOR * q) / ((all + PRIOR) * q));
  };
  return (post) => {
    const ofTags = post.tags.map((tag) => share(tags.get(tag) ?? 0, groups.tags.get(tag) ?? 0));
    const tag = ofTags.length === 0 ? 0 : ofTags.reduce((sum, each) => sum + each, 0) / ofTags.length;
    const bucket = durationBucket(post.durationMs);
    const duration = share(durations.get(bucket) ?? 0, groups.durations[bucket] ?? 0);
    const creator = Math.log(1 + Math.min(3, creators.get(post.creator) ?? 0));
    return weights.tag * tag + weights.duration * duration + weights.creator * creator;
  };
}
