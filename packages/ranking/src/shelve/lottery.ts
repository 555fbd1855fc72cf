/** Which new posts stand on the fresh shelf: every one until it has had its share of viewers, by lot where they are too many. */
import { mix } from '../integer/mix.ts';

/** Reported watches that every post is promised. */
export const PROMISED_IMPRESSIONS = 100;
/** Newest posts that stand there without a draw: a new post is seen within seconds. */
const NEWEST = 100;
/** Drawn from all others that are still owed. */
const DRAWN = 100;

/**
 * Draws from posts that are still owed watches, by rising number (which is the order of publication).
 * @param seed words that follow from the day's secret and the epoch of the draw
 */
export function drawFresh(owed: readonly number[], seed: readonly number[]): number[] {
  const newest = owed.slice(-NEWEST);
  const others = owed.slice(0, -NEWEST).map((post) => ({ post, lot: mix(...seed, post) }));
  others.sort((a, b) => a.lot - b.lot || a.post - b.post);
  return [...newest, ...others.slice(0, DRAWN).map(({ post }) => post)].sort((a, b) => a - b);
}
