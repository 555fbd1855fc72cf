/** The kernel: public shelves and a private taste in, an order with its reasons out. Whole numbers only. */
import { placeAll } from './diversify/page.ts';
import type { Placed, Placement } from './diversify/placed.ts';
import { filter, type Removal } from './filters/filter.ts';
import { type Candidates, gather } from './hydrate/gather.ts';
import { type Reason, reasonsOf, splitTaste, type WatchShare } from './receipt/reasons.ts';
import { score, type Scored } from './scorers/score.ts';
import type { Viewer } from './scorers/viewer.ts';
import type { Book } from './shelf/book.ts';
import type { Heads } from './shelf/heads.ts';
import type { Shelf } from './shelf/rows.ts';
import { chooseShelves, takeShelves } from './sources/choose-shelves.ts';
import { profileOf } from './taste/profile.ts';
import type { Controls, Taste } from './taste/taste.ts';
import { checkWeights, type Weights } from './weights/weights.ts';
import { whole } from './integer/whole.ts';

/** Everything that an order depends on. */
export interface RankInputs {
  weights: Weights;
  heads: Heads;
  /** Near, fresh and trending shelves at hand. */
  shelves: readonly Shelf[];
  /** Newest posts of followed creators and sounds and of chosen tags. */
  lists: readonly Shelf[];
  book: Book;
  taste: Taste;
  controls: Controls;
  /** 32-bit words of H(epoch seed, device nonce, counter). */
  seed: readonly number[];
}

/** A post of the page. */
export interface RankedPost {
  post: number;
  /** Sum of its reasons' parts, 2^-12. */
  score: number;
  placement: Placement;
  penalty: number;
  passed: Placed['passed'];
  /** Shelves that held it. */
  sources: readonly string[];
}

/** A page with its reasons. */
export interface Ranking {
  order: RankedPost[];
  /** In the order's places. */
  reasons: { parts: Reason[]; watches: WatchShare[] }[];
  removed: Removal[];
  /** Posts that the shelves held, removed ones included. */
  candidates: number;
}

/** All candidates with their scores, before any is placed. */
export interface ScoredCandidates {
  candidates: Candidates;
  /** Places of those that no filter removed. */
  kept: number[];
  removed: Removal[];
  scored: Scored;
  viewer: Viewer;
}

/** Sources, hydrate, filters, scorers. */
export function scoreCandidates(inputs: Omit<RankInputs, 'seed'>): ScoredCandidates {
  const { heads, book, taste, controls } = inputs;
  const weights = checkWeights(inputs.weights);
  for (const number of [heads.epoch, heads.scale256, heads.postCount]) whole(number, 'a number of the heads');
  const viewer: Viewer = { heads, profile: profileOf(taste, book, weights), taste, controls, weights };
  const near = takeShelves(inputs.shelves, chooseShelves(heads, viewer.profile, weights));
  const candidates = gather([...near, ...inputs.lists]);
  const { kept, removed } = filter(candidates, taste, controls);
  return { candidates, kept, removed, scored: score(candidates, kept, viewer), viewer };
}

/** Ranks: the same inputs give the same output everywhere. */
export function rank(inputs: RankInputs): Ranking {
  const field = { ...scoreCandidates(inputs), seed: inputs.seed };
  const page = placeAll(field);
  const order = page.map(({ post, kept, placement, penalty, passed }) => ({
    post,
    score: field.scored.totals[kept] ?? 0,
    placement,
    penalty,
    passed,
    sources: field.candidates.sources(post),
  }));
  const reasons = page.map((placed) => {
    const parts = reasonsOf(field.scored, placed.kept);
    const taste = parts.find(({ term }) => term === 'taste');
    return { parts, watches: taste ? splitTaste(field.viewer.profile, placed, taste.part) : [] };
  });
  return { order, reasons, removed: field.removed, candidates: field.candidates.posts.length };
}
