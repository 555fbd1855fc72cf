/** What the viewer asked for in so many words. */
import { FEATURE_ONE } from '../integer/logarithm.ts';
import { TAGS_READ } from '../shelf/rows.ts';
import type { ScorerFor } from './viewer.ts';

/** One if the viewer follows the creator or the sound. */
export const scoreFollow: ScorerFor =
  ({ taste }) =>
  ({ creators, sounds }, row) =>
    taste.followedCreators.has(creators[row] ?? 0) || taste.followedSounds.has(sounds[row] ?? 0) ? FEATURE_ONE : 0;

/** Sum of the viewer's sliders of the post's tags, -3 to +3 each. */
export const scoreSlider: ScorerFor = ({ controls }) => {
  const { sliders } = controls;
  if (sliders.size === 0) return () => 0;
  return ({ tags }, row) => {
    let sum = 0;
    for (let i = row * TAGS_READ; i < (row + 1) * TAGS_READ; i += 1) sum += sliders.get(tags[i] ?? 0) ?? 0;
    return sum * FEATURE_ONE;
  };
};
