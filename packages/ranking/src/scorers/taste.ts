import { clamp, roundDiv } from '../integer/whole.ts';
import { DIMENSIONS } from '../shelf/rows.ts';
import { FEATURE_BOUND, type ScorerFor } from './viewer.ts';

/**
 * How much the post's vector points where the viewer's watches point: round(256 u.v / (4096 s)).
 * |u.v| <= 4096 x 127 x 8 < 2^23 (u is of length 4096; Cauchy), so 16 u.v x 256 stays below 2^35.
 */
export const scoreTaste: ScorerFor = ({ heads, profile }) => {
  const scale256 = Math.max(1, heads.scale256);
  const { unit } = profile;
  return ({ vectors }, row) => {
    let product = 0;
    const start = row * DIMENSIONS;
    for (let d = 0; d < DIMENSIONS; d += 1) product += (unit[d] ?? 0) * (vectors[start + d] ?? 0);
    return clamp(roundDiv(16 * product, scale256), -FEATURE_BOUND, FEATURE_BOUND);
  };
};
