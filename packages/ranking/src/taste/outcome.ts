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

/** Whether a watch is a positive: finished or watched again, and not swiped away. */
export function isPositive({ outcomeBucket, loops, isSkip }: Outcome): boolean {
  return !isSkip && (loops > 0 || outcomeBucket >= FINISHED_BUCKET);
}
