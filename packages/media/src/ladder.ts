/** Which copies of a video are made. Pure. */
import type { Rung } from './types.ts';

/** Short sides under the top, smallest first, and the highest top. */
const LOWER_SIDES_PX = [540, 720] as const;
const TOP_SIDE_PX = 1080;
/** Smallest side of any rendition: players fail on less. */
const MIN_SIDE_PX = 16;
/** Bounds of H.264 level 5: 22,080 macroblocks of 16x16, and what phones' decoders take for a side. */
const MAX_MACROBLOCKS = 22_080;
const MAX_SIDE_PX = 4096;

/** A rung this close to the top one is not worth its bytes. */
const CLOSEST_TO_TOP = 0.85;

/**
 * Rungs for a displayed size, smallest first, at least one. The top one has the source's own size, up to 1080;
 * none is larger than the source, but for the 16 pixels that players need.
 */
export function planLadder({ widthPx, heightPx }: { widthPx: number; heightPx: number }): Rung[] {
  const topPx = Math.min(widthPx, heightPx, TOP_SIDE_PX);
  const sides = [...LOWER_SIDES_PX.filter((sidePx) => sidePx <= topPx * CLOSEST_TO_TOP), topPx];
  const rungs = sides.map((sidePx) => sizeRung(widthPx, heightPx, sidePx));
  // Very long pictures meet the bounds on more than one rung.
  return rungs.filter((rung, n) => rungs.findIndex((other) => other.shortSidePx === rung.shortSidePx) === n);
}

function sizeRung(widthPx: number, heightPx: number, shortSidePx: number): Rung {
  const wanted = shortSidePx / Math.min(widthPx, heightPx);
  const longest = MAX_SIDE_PX / Math.max(widthPx, heightPx);
  const largest = Math.sqrt((MAX_MACROBLOCKS * 256) / (widthPx * heightPx));
  // Ten pixels of slack per side keep whole macroblocks within the bound.
  const scale = Math.min(wanted, longest, wanted > largest ? largest * 0.99 : wanted);
  const smallest = MIN_SIDE_PX / Math.min(widthPx, heightPx);
  const even = (sidePx: number): number => Math.min(MAX_SIDE_PX, Math.max(MIN_SIDE_PX, 2 * Math.round(sidePx / 2)));
  const rung = {
    widthPx: even(widthPx * Math.max(scale, smallest)),
    heightPx: even(heightPx * Math.max(scale, smallest)),
  };
  return { shortSidePx: Math.min(rung.widthPx, rung.heightPx), ...rung };
}
