/** The protocol of every replay: which events are judged, who the candidates are, what a rank is. Predict, then learn. */
import type { Log, Watch } from './kuairand.ts';

/** What a model answers: the target's rank among the candidates, and its best 20. */
export interface Prediction {
  rank: number;
  best: number[];
}

/** The open world that every model may see: who has seen what, which posts have an earlier positive. */
export interface World {
  /** By user. */
  seen: Map<number, Set<number>>;
  /** Posts with an earlier positive, in the order of the first. */
  posts: number[];
  hasPositive: Set<number>;
}

/** A model under test. */
export interface Model {
  /** Ranks the unseen posts of `world.posts` for the user; ties count against the model. */
  predict: (watch: Watch, world: World) => Prediction;
  /** Takes the outcome; called after every prediction, and for all that was not judged. */
  learn: (watch: Watch, isNewToUser: boolean) => void;
  /** Hash of what it has learned. */
  stateHash: () => string;
}

/** One judged event. */
export interface Judged extends Prediction {
  row: number;
  user: number;
  target: number;
  /** Positives of the user and of the post before. */
  userPositives: number;
  postPositives: number;
}

/** What is judged: China days `from` to `to` (YYYY-MM-DD, both included), every fourth positive from `offset`. */
export interface Range {
  from: string;
  to: string;
  offset: number;
}

const JUDGED_OF = 4;
const CHINA_MS = 8 * 3_600_000;

/** China day of a moment, YYYY-MM-DD. */
export function chinaDay(atMs: number): string {
  return new Date(atMs + CHINA_MS).toISOString().slice(0, 10);
}

/** Walks the log up to the end of the range. */
export function replay(log: Log, model: Model, range: Range & { onDay?: (day: string) => void }): Judged[] {
  const world: World = { seen: new Map(), posts: [], hasPositive: new Set() };
  for (const [user, posts] of log.seenBefore) world.seen.set(user, new Set(posts));
  const own = new Map<number, Set<number>>();
  const byPost = new Map<number, number>();
  const take = (watch: Watch) => {
    const positives = own.get(watch.user) ?? new Set<number>();
    if (!own.has(watch.user)) own.set(watch.user, positives);
    model.learn(watch, watch.isPositive && !positives.has(watch.post));
    seenBy(world, watch.user).add(watch.post);
    if (!watch.isPositive) return;
    positives.add(watch.post);
    byPost.set(watch.post, (byPost.get(watch.post) ?? 0) + 1);
    if (world.hasPositive.has(watch.post)) return;
    world.hasPositive.add(watch.post);
    world.posts.push(watch.post);
  };
  for (const watch of log.warmUp) take(watch);
  const judged: Judged[] = [];
  let index = 0;
  let today = '';
  for (const watch of log.events) {
    const day = chinaDay(watch.atMs);
    if (day > range.to) break;
    if (day !== today) range.onDay?.((today = day));
    const isDrawn = watch.isPositive && index % JUDGED_OF === range.offset;
    if (watch.isPositive) index += 1;
    const { user, post, row } = watch;
    if (isDrawn && day >= range.from && world.hasPositive.has(post) && !seenBy(world, user).has(post)) {
      const counts = { userPositives: own.get(user)?.size ?? 0, postPositives: byPost.get(post) ?? 0 };
      judged.push({ row, user, target: post, ...counts, ...model.predict(watch, world) });
    }
    take(watch);
  }
  return judged;
}

/** What the user has seen. */
export function seenBy(world: World, user: number): Set<number> {
  const known = world.seen.get(user);
  if (known !== undefined) return known;
  const seen = new Set<number>();
  world.seen.set(user, seen);
  return seen;
}

/** Rank of the target and the best 20 by score; of equal scores the smaller post stands first in the list. */
export function rankOf(scores: readonly { post: number; score: number }[], target: number): Prediction {
  const own = scores.find(({ post }) => post === target)?.score;
  const sorted = topOf(scores);
  if (own === undefined) return { rank: scores.length + 1, best: sorted };
  return { rank: scores.filter(({ score }) => score >= own).length, best: sorted };
}

const BEST = 20;

function topOf(scores: readonly { post: number; score: number }[]): number[] {
  const best: { post: number; score: number }[] = [];
  for (const entry of scores) {
    const last = best[BEST - 1];
    if (last && entry.score <= last.score) continue;
    const place = best.findIndex(({ score }) => entry.score > score);
    best.splice(place < 0 ? best.length : place, 0, entry);
    if (best.length > BEST) best.pop();
  }
  return best.map(({ post }) => post);
}
