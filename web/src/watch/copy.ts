/** The copy of a video that suits network and window just now. */
import type { Card, Rendition } from '@vitrine/schema';
import { savesData } from './prefs.ts';
import { pickRendition } from './rendition.ts';
import { throughputBps } from './throughput.ts';

/** Undefined for photos. */
export function copyOf(card: Card, shownPx: number): Rendition | undefined {
  if (card.renditions.length === 0) return undefined;
  return pickRendition(card.renditions, {
    throughputBps: throughputBps(),
    shownPx: shownPx * devicePixelRatio,
    savesData: savesData(),
  });
}
