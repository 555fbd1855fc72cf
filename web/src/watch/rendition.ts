/** Which encoded copy to play: the best that the network and the window can use. */
import type { Rendition } from '@vitrine/schema';

/** A copy is chosen only if the network carries this many times its bitrate. */
const HEADROOM = 1.5;
/** A copy taller than this many times the shown pixels brings nothing. */
const OVERSIZE = 1.35;

/**
 * @param renditions never empty, any order
 * @param now measured throughput (bits per second; undefined when unknown), height of the window in device pixels, data saver
 */
export function pickRendition(
  renditions: readonly Rendition[],
  now: { throughputBps: number | undefined; shownPx: number; savesData: boolean },
): Rendition {
  const rising = [...renditions].sort((one, other) => one.bitrateBps - other.bitrateBps);
  const lowest = rising[0];
  if (lowest === undefined) throw new Error('a card without renditions');
  if (now.savesData || now.throughputBps === undefined) return lowest;
  let chosen = lowest;
  for (const rendition of rising) {
    const fitsNetwork = rendition.bitrateBps * HEADROOM <= now.throughputBps;
    const isUseful = chosen.heightPx < now.shownPx / OVERSIZE;
    if (fitsNetwork && isUseful) chosen = rendition;
  }
  return chosen;
}
