/** From what the player tells to what may be reported. Pure. */
import { LOOPS_MAX, OUTCOME_BUCKETS, VIEW_MS } from '@vitrine/schema';
import type { Watched } from '../watch/watched.ts';
import type { NotedWatch } from './learning.ts';

/** Watched for so long, or to its end, it was worth its time (the measure of the logs that the model was chosen on). */
const LONG_VIEW_MS = 18_000;
/** The last moment of a video is often cut off by the next swipe. */
const END_FRACTION = 0.95;

/** The watch as it may be reported; undefined for one's own posts, and for what not everyone may watch. */
export function watchTold({ card, watchedMs, loops }: Watched): NotedWatch | undefined {
  const { publicNumber, durationMs, viewer } = card;
  if (publicNumber === null || durationMs <= 0 || viewer?.isMine === true) return undefined;
  const fraction = loops > 0 ? 1 : Math.min(1, watchedMs / durationMs);
  const isWhole = fraction >= END_FRACTION;
  return {
    post: publicNumber,
    outcomeBucket: Math.min(OUTCOME_BUCKETS - 1, Math.floor(fraction * OUTCOME_BUCKETS)),
    loops: Math.min(LOOPS_MAX, loops),
    isSkip: watchedMs < VIEW_MS && fraction < 0.5,
    isPositive: isWhole || watchedMs >= LONG_VIEW_MS || viewer?.hasLiked === true,
    mayStandInChunk: card.mayStandInChunk,
  };
}
