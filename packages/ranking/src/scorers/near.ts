import { lnRatio } from '../integer/logarithm.ts';
import type { ScorerFor } from './viewer.ts';

/** How often viewers of the viewer's last watches also watched this: 256 ln((N + floor) / floor). */
export const scoreNear: ScorerFor = ({ profile, weights }) => {
  const floor = weights.numbers.nearFloor.value;
  const { near } = profile;
  return ({ posts }, row) => {
    const sum = near.get(posts[row] ?? 0);
    return sum === undefined ? 0 : lnRatio(sum + floor, floor);
  };
};
