/** What the camera has recorded so far: its stretches, their share of the ring, what is left. Pure. */
import type { FilterName } from '@vitrine/schema';

/** One recorded stretch. `durationMs` is the camera's time; in the video it lasts that divided by the speed. */
export interface Segment {
  id: string;
  durationMs: number;
  speed: number;
  filter: FilterName;
}

/** Lengths that are offered. */
export type LengthMs = 15_000 | 60_000 | 180_000;
/** Speeds that are offered. */
export const SPEEDS = [0.3, 0.5, 1, 2, 3] as const;
/** Most pictures of one post. */
export const MOST_PHOTOS = 35;

/** How long a stretch lasts in the video. */
function lengthOf({ durationMs, speed }: Pick<Segment, 'durationMs' | 'speed'>): number {
  return durationMs / speed;
}

/** How long all stretches last in the video. */
export function totalMs(segments: readonly Segment[]): number {
  return segments.reduce((sum, segment) => sum + lengthOf(segment), 0);
}

/** Where each stretch begins and ends on the ring, in shares of its whole. */
export function arcsOf(segments: readonly Segment[], limitMs: number): { from: number; to: number }[] {
  let at = 0;
  return segments.map((segment) => {
    const from = at / limitMs;
    at += lengthOf(segment);
    return { from: Math.min(1, from), to: Math.min(1, at / limitMs) };
  });
}

/** How much longer may be recorded at a speed, in the camera's time. */
export function leftMs(segments: readonly Segment[], limitMs: number, speed: number): number {
  return Math.max(0, limitMs - totalMs(segments)) * speed;
}
