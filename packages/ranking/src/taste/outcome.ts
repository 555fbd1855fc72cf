/** What a watch came to, as the device sees it and as a report tells it. */

/** Tenths of the video that were watched, 0 to 9 (9 = nine tenths or more). */
export const OUTCOME_BUCKETS = 10;
/** Eight tenths watched count as finished: credits and last frames are left by most who liked what they saw. */
const FINISHED_BUCKET = 8;

/** One watch. */
export interface Outcome {
  outcomeBucket: number;
  /** Times that it began again. */
  loops: number;
  isSkip: boolean;
}

/** Watched for so long it was worth its time, also unfinished (the measure of the log that the model was chosen on). */
const LONG_VIEW_MS = 18_000;

/** Whether a watch is a positive as far as its report tells: finished or watched again, and not swiped away. */
export function isPositive({ outcomeBucket, loops, isSkip }: Outcome): boolean {
  return !isSkip && (loops > 0 || outcomeBucket >= FINISHED_BUCKET);
}

/**
 * Whether a watch is a positive to the device that saw it: what a report tells, or a long view, or a like. The device knows more
 * than it reports; what it counts here reaches the region as one third of a chunk, never as a time or a like of a watch.
 */
export function isPositiveHere(outcome: Outcome, seen: { watchedMs: number; hasLiked: boolean }): boolean {
  return isPositive(outcome) || seen.watchedMs >= LONG_VIEW_MS || seen.hasLiked;
}
