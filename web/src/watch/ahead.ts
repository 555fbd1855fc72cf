/**
 * What is fetched next while videos are swiped: decided from what is held, how fast the network is and how this person swipes.
 * Pure; watch/supply.ts does it, and bench/p14 plays recorded swipes against it. A byte that is never played is paid for all the
 * same, so those after the shown video get a start and no more, and the shown one is fetched further the longer it is watched.
 */

/** A video as far as fetching is concerned. */
export interface Supplied {
  /** Milliseconds of it that are held without a gap, from where it stands (the start, when it is not yet shown). */
  heldMs: number;
  /** More of it is on its way. */
  isComing: boolean;
  /** How much of it lies ahead of where it stands. */
  leftMs: number;
  /** Bits per second of the copy that is played. */
  bitrateBps: number;
}

/** All that a decision looks at. */
export interface Supplies {
  /** Bits per second, as measured; undefined when nothing was measured yet. */
  throughputBps: number | undefined;
  savesData: boolean;
  /** The video in view. `positionMs`: how far it has been watched; `isMoving`: its first picture after the swipe was seen. */
  shown: Supplied & { positionMs: number; isMoving: boolean };
  /** Those after it, the very next one first. */
  next: readonly Supplied[];
  /** How far the last videos were watched before the swipe, the newest last. */
  dwellsMs: readonly number[];
}

/** Fetch the video at this distance from the one in view (0 = itself) until so much of it is held. */
export interface Order {
  distance: number;
  untilMs: number;
  /** What is under way of others is broken off. */
  isUrgent: boolean;
}

/** Videos that `nextOrder` looks at after the one in view. */
export const LOOKED_AHEAD = 5;

/** The shown video goes before all others while it holds less; in its first two seconds, when many swipe on, only while it could not move. */
const SAFE_MS = 1000;
const SAFE_FIRST_MS = 200;
const FIRST_LOOK_MS = 2000;
/** How far the shown video is fetched ahead: at first, by what share of what was watched it grows (who stays is likely to stay on), at most. */
const AHEAD_FIRST_MS = 1500;
const AHEAD_GROWTH = 0.2;
const AHEAD_MOST_MS = 10_000;
/** What a video starts with when it is swiped to: its first fragment. */
const START_MS = 1000;
/** Videos after the shown one that get their start; and for who swipes fast. */
const STARTS = 3;
const STARTS_FAST = LOOKED_AHEAD;
/** Half of the last videos were left sooner. */
const FAST_DWELL_MS = 2500;
const DWELLS_LOOKED_AT = 6;
/** A network below so many times the bitrate only just carries the video: so many times as much is kept in hand. */
const AMPLE = 2;
const TIGHT_FACTOR = 2;

/** The next thing to fetch: the first need that is not met, in the order of how soon it hurts. Undefined: enough is held. */
export function nextOrder({ throughputBps, savesData, shown, next, dwellsMs }: Supplies): Order | undefined {
  const tight = ({ bitrateBps }: Supplied): number =>
    throughputBps !== undefined && throughputBps < AMPLE * bitrateBps ? TIGHT_FACTOR : 1;
  if (lacks(shown, shown.positionMs < FIRST_LOOK_MS ? SAFE_FIRST_MS : SAFE_MS))
    return { distance: 0, untilMs: SAFE_MS, isUrgent: lacks(shown, SAFE_FIRST_MS) };
  const grownMs = Math.max(AHEAD_FIRST_MS, AHEAD_GROWTH * shown.positionMs) * tight(shown);
  const needs = [{ distance: 0, untilMs: Math.min(AHEAD_MOST_MS, grownMs) }];
  if (!savesData && shown.isMoving) {
    const starts = isFast(dwellsMs) ? STARTS_FAST : STARTS;
    for (let distance = starts; distance >= 1; distance -= 1) needs.unshift({ distance, untilMs: START_MS });
  }
  const need = needs.find(({ distance, untilMs }) => {
    const video = distance === 0 ? shown : next[distance - 1];
    return video !== undefined && !video.isComing && lacks(video, untilMs);
  });
  return need && { ...need, isUrgent: false };
}

function lacks({ heldMs, leftMs }: Supplied, untilMs: number): boolean {
  return heldMs < Math.min(untilMs, leftMs);
}

function isFast(dwellsMs: readonly number[]): boolean {
  const last = dwellsMs.slice(-DWELLS_LOOKED_AT).toSorted((one, other) => one - other);
  const middle = last[Math.floor(last.length / 2)];
  return middle !== undefined && middle < FAST_DWELL_MS;
}
