/** Measures of the timeline: marks of the ruler, snapping, places to drop, rows of pieces that overlap. Pure. */

/** Zoom in pixels a second. */
export const ZOOM = { min: 8, max: 240 } as const;
const MARK_STEPS_MS = [500, 1000, 2000, 5000, 10_000, 15_000, 30_000, 60_000];
const MARK_ROOM_PX = 56;

/** Distance of the ruler's marks, so that their words have room. */
function markStepMs(pxPerSecond: number): number {
  return MARK_STEPS_MS.find((stepMs) => (stepMs / 1000) * pxPerSecond >= MARK_ROOM_PX) ?? 60_000;
}

/** The marks from 0 up to a length. */
export function marksOf(durationMs: number, pxPerSecond: number): number[] {
  const stepMs = markStepMs(pxPerSecond);
  return Array.from({ length: Math.floor(durationMs / stepMs) + 1 }, (_, place) => place * stepMs);
}

/** A moment, pulled to the nearest target within reach. */
export function snapTo(atMs: number, targets: readonly number[], reachMs: number): number {
  let best = atMs;
  let bestMs = reachMs;
  for (const target of targets) {
    const awayMs = Math.abs(target - atMs);
    if (awayMs <= bestMs) [best, bestMs] = [target, awayMs];
  }
  return best;
}

/** Where a dragged piece would stand: how many of the others have their middle before it. */
export function dropIndex(middles: readonly number[], at: number): number {
  return middles.filter((middle) => middle < at).length;
}

/** Lays pieces in as few rows as they need, so that none covers another; gives each piece's row. */
export function rowsOf(pieces: readonly { fromMs: number; toMs: number }[]): number[] {
  const endsMs: number[] = [];
  return pieces.map(({ fromMs, toMs }) => {
    const free = endsMs.findIndex((endMs) => endMs <= fromMs);
    const row = free === -1 ? endsMs.length : free;
    endsMs[row] = toMs;
    return row;
  });
}
