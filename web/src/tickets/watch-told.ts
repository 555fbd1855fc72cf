/** From what the player tells to what may be reported. Pure. */
import { isPositiveHere } from '@vitrine/ranking';
import { LOOPS_MAX, OUTCOME_BUCKETS, VIEW_MS } from '@vitrine/schema';
import { photoShare } from '../watch/photo-look.ts';
import type { Watched } from '../watch/watched.ts';
import type { NotedWatch } from './learning.ts';

/** The watch as it may be reported; undefined for one's own posts, and for what not everyone may watch. */
export function watchTold(watched: Watched): NotedWatch | undefined {
  const { card, watchedMs, loops } = watched;
  const { publicNumber, durationMs, viewer } = card;
  const isPhotos = card.kind === 'photos';
  if (publicNumber === null || (!isPhotos && durationMs <= 0) || viewer?.isMine === true) return undefined;
  const played = loops > 0 ? 1 : Math.min(1, watchedMs / durationMs);
  const fraction = isPhotos ? photoShare(card.photos.length, watched) : played;
  const outcome = {
    outcomeBucket: Math.min(OUTCOME_BUCKETS - 1, Math.floor(fraction * OUTCOME_BUCKETS)),
    loops: Math.min(LOOPS_MAX, loops),
    isSkip: watchedMs < VIEW_MS && fraction < 0.5,
  };
  const isPositive = isPositiveHere(outcome, { watchedMs, hasLiked: viewer?.hasLiked === true });
  return { post: publicNumber, ...outcome, isPositive, mayStandInChunk: card.mayStandInChunk };
}
