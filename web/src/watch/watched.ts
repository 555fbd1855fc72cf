/** Who wants to hear what was watched, on this device: the taste, and the reports of nobody. */
import type { Card } from '@vitrine/schema';

/** One post was in view and is no more, or was just watched to its end. */
export interface Watched {
  card: Card;
  /** How much of it was played, in its own time; more than its duration when it looped. Of photos: how long they were in view. */
  watchedMs: number;
  /** How often it began anew. */
  loops: number;
  /** Photos that came into view; 0 of a video. */
  photosSeen: number;
  /** false: it is still in view and was just watched to its end; told once more when it is over. */
  isOver: boolean;
}

/** Who listens begins when the first video plays: what was told before that is told to them then. */
const EARLIER_KEPT = 30;
const earlier: Watched[] = [];
const listeners = new Set<(watched: Watched) => void>();

/** Hears of each, those before it listened included; gives the way to stop. */
export function onWatched(listener: (watched: Watched) => void): () => void {
  for (const watched of earlier) listener(watched);
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tells all who listen, and who will. */
export function tellWatched(watched: Watched): void {
  earlier.push(watched);
  if (earlier.length > EARLIER_KEPT) earlier.shift();
  for (const listener of listeners) listener(watched);
}
