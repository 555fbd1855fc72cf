/** What every scorer is given: one row and the viewer. */
import type { Heads } from '../shelf/heads.ts';
import type { ShelfRows } from '../shelf/rows.ts';
import type { Profile } from '../taste/profile.ts';
import type { Controls, Taste } from '../taste/taste.ts';
import type { Weights } from '../weights/weights.ts';

/** The viewer's side of a score. */
export interface Viewer {
  heads: Heads;
  profile: Profile;
  taste: Taste;
  controls: Controls;
  weights: Weights;
}

/** A scorer for one viewer: row -> feature in 2^-8, a whole number within ±2^15. */
type Scorer = (rows: ShelfRows, row: number) => number;

/** Makes a scorer for a viewer; what does not change from row to row is computed here. */
export type ScorerFor = (viewer: Viewer) => Scorer;

/** No feature leaves ±2^15: so weights below 2^18 keep every part below 2^25 + 1. */
export const FEATURE_BOUND = 32_768;
