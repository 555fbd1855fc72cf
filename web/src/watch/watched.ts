/** Who wants to hear what was watched, on this device: the taste, and the reports of nobody. */
import type { Card } from '@vitrine/schema';

/** One video was in view and is no more, or was just watched to its end. */
export interface Watched {
  card: Card;
  /** How much of it was played, in its own time; more than its duration when it looped. */
  watchedMs: number;
  /** How often it began anew. */
  loops: number;
  /** false: it is still in view and was just watched to its end; told once more when it is over. */
  isOver: boolean;
}

const listeners = new Set<(watched: Watched) => void>();

/** Hears of each; gives the way to stop. */
export function onWatched(listener: (watched: Watched) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tells all who listen. */
export function tellWatched(watched: Watched): void {
  for (const listener of listeners) listener(watched);
}
