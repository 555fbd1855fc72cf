/** What the viewer asked for in so many words. */
import { FEATURE_ONE } from '../integer/logarithm.ts';
import { floorDiv } from '../integer/whole.ts';
import { durationBucket } from '../shelf/heads.ts';
import { TAGS_READ } from '../shelf/rows.ts';
import type { ScorerFor } from './viewer.ts';

/** One if the viewer follows the creator or the sound. */
export const scoreFollow: ScorerFor =
  ({ taste }) =>
  ({ creators, sounds }, row) =>
    taste.followedCreators.has(creators[row] ?? 0) || taste.followedSounds.has(sounds[row] ?? 0) ? FEATURE_ONE : 0;

/** Duration bucket that the slider of lengths leaves where it is: half a minute to three quarters. */
const MIDDLE_BUCKET = 4;

/** Sum of the viewer's sliders, -3 to +3 each: of the post's tags, of its length, of creators known or new. */
export const scoreSlider: ScorerFor = ({ controls, profile }) => {
  const { sliders, length, novelty } = controls;
  if (sliders.size === 0 && length === 0 && novelty === 0) return () => 0;
  return ({ tags, durationsMs, creators }, row) => {
    let sum = 0;
    for (let i = row * TAGS_READ; i < (row + 1) * TAGS_READ; i += 1) sum += sliders.get(tags[i] ?? 0) ?? 0;
    if (profile.byCreator.has(creators[row] ?? 0)) sum -= novelty;
    const away = durationBucket(durationsMs[row] ?? 0) - MIDDLE_BUCKET;
    return sum * FEATURE_ONE + floorDiv(length * away * FEATURE_ONE, MIDDLE_BUCKET);
  };
};
