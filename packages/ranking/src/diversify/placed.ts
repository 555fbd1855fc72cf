/** Diversify: what a page is made from, and what stands on it. */
import type { Candidates } from '../hydrate/gather.ts';
import type { Scored } from '../scorers/score.ts';
import type { Viewer } from '../scorers/viewer.ts';
import type { RowAt } from './limits.ts';

/** What the page is made from. */
export interface Field {
  candidates: Candidates;
  kept: readonly number[];
  scored: Scored;
  viewer: Viewer;
  seed: readonly number[];
}

/** A kept candidate with its score and the hash that breaks ties. */
export interface Pooled extends RowAt {
  kept: number;
  total: number;
  tie: number;
}

/** Why a post stands where it stands. */
export type Placement = 'score' | 'fresh' | 'followed' | 'relaxed';

/** A post on the page. */
export interface Placed extends RowAt {
  /** Index among the kept candidates. */
  kept: number;
  placement: Placement;
  /** What likeness to the posts just before took off its score for this place. */
  penalty: number;
  /** Better candidates that a limit passed over, best first. */
  passed: readonly { post: number; rule: string }[];
}
