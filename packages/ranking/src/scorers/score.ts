/** Scorers: a score is a sum of whole parts, floor(weight x feature / 256) each, in units of 2^-12. */
import type { Candidates } from '../hydrate/gather.ts';
import { FEATURE_ONE } from '../integer/logarithm.ts';
import { floorDiv, within } from '../integer/whole.ts';
import { type Term, TERMS, weightsFor } from '../weights/weights.ts';
import { scoreCreator, scoreDuration, scoreTag } from './affinity.ts';
import { scoreNear } from './near.ts';
import { scoreRate, scoreTrend1d, scoreTrend2d, scoreTrend2h, scoreTrend6h, scoreTrend7d } from './popularity.ts';
import { scoreTaste } from './taste.ts';
import { FEATURE_BOUND, type ScorerFor, type Viewer } from './viewer.ts';
import { scoreFollow, scoreSlider } from './wishes.ts';

const SCORERS: Record<Term, ScorerFor> = {
  taste: scoreTaste,
  near: scoreNear,
  trend2h: scoreTrend2h,
  trend6h: scoreTrend6h,
  trend1d: scoreTrend1d,
  trend2d: scoreTrend2d,
  trend7d: scoreTrend7d,
  rate: scoreRate,
  tag: scoreTag,
  duration: scoreDuration,
  creator: scoreCreator,
  follow: scoreFollow,
  slider: scoreSlider,
};

/** Terms whose weight is zero for this viewer are not computed; the rest stand in the order of `TERMS`. */
export interface Scored {
  terms: readonly { term: Term; weight: number }[];
  /** Features of kept candidate i and term j at i x terms.length + j, in 2^-8. */
  features: Int32Array;
  /** Parts in the same places, in 2^-12. */
  parts: Int32Array;
  /** Sum of the parts by kept candidate. Below 13 x 2^25 < 2^29. */
  totals: Int32Array;
}

/** Scores the kept candidates. */
export function score(candidates: Candidates, kept: readonly number[], viewer: Viewer): Scored {
  const weights = weightsFor(viewer.weights, viewer.profile.positives);
  const terms = TERMS.filter((term) => weights[term] !== 0).map((term) => ({ term, weight: weights[term] }));
  const scorers = terms.map(({ term, weight }) => ({ term, weight, feature: SCORERS[term](viewer) }));
  const features = new Int32Array(kept.length * terms.length);
  const parts = new Int32Array(features.length);
  const totals = new Int32Array(kept.length);
  // Plain loops: this is where a ranking spends its time.
  for (let j = 0; j < scorers.length; j += 1) {
    const scorer = scorers[j];
    if (scorer === undefined) continue;
    const { feature, weight, term } = scorer;
    for (let i = 0, at = j; i < kept.length; i += 1, at += scorers.length) {
      const place = kept[i] ?? 0;
      const rows = candidates.shelves[place]?.rows;
      if (rows === undefined) continue;
      const value = within(feature(rows, candidates.rows[place] ?? 0), FEATURE_BOUND, term);
      const part = floorDiv(weight * value, FEATURE_ONE);
      features[at] = value;
      parts[at] = part;
      totals[i] = (totals[i] ?? 0) + part;
    }
  }
  return { terms, features, parts, totals };
}
