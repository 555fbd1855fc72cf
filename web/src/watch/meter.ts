/** Measures how long the shown video was played. Jumps along the bar do not count as watching. */
import type { Card } from '@vitrine/schema';
import { heldCard } from './cards.ts';
import { tellWatched } from './watched.ts';

/** Between two looks at a playing video lies less than this, in its own time, also at double speed. */
const LARGEST_STEP_MS = 1500;
/** A return to the beginning from here on is a loop, not a jump. */
const LOOP_FROM = 0.8;
const LOOP_TO = 0.2;
const WHOLE = 0.95;

/** The meter of one player. */
export interface Meter {
  /** This video is in view from now on; ends the one before. */
  begin(card: Card | undefined): void;
  /** The shown video stands at this moment. */
  look(positionMs: number): void;
  /** Nothing is in view any more. */
  end(): void;
}

interface Watch {
  card: Card;
  watchedMs: number;
  loops: number;
  positionMs: number;
}

/** A meter that tells of each video once, when another comes into view or none. */
export function createMeter(): Meter {
  let now: Watch | undefined;
  const end = (): void => {
    const ended = now;
    now = undefined;
    if (ended) tell(ended, true);
  };
  return {
    begin: (card) => {
      if (now !== undefined && now.card.id === card?.id) return;
      end();
      if (card !== undefined) now = { card, watchedMs: 0, loops: 0, positionMs: 0 };
    },
    look: (positionMs) => {
      if (!now) return;
      const wasWhole = isWhole(now);
      now = stepped(now, positionMs);
      if (!wasWhole && isWhole(now)) tell(now, false);
    },
    end,
  };
}

/** As the card is known now: a like during the watch belongs to it. */
function tell({ card, watchedMs, loops }: Watch, isOver: boolean): void {
  tellWatched({ card: heldCard(card.id) ?? card, watchedMs, loops, isOver });
}

/** Watched to its end, but for the last moment. */
function isWhole({ card, watchedMs, loops }: Watch): boolean {
  return loops > 0 || watchedMs >= WHOLE * card.durationMs;
}

function stepped(watch: Watch, positionMs: number): Watch {
  const { durationMs } = watch.card;
  const stepMs = positionMs - watch.positionMs;
  if (stepMs >= 0)
    return { ...watch, positionMs, watchedMs: watch.watchedMs + (stepMs < LARGEST_STEP_MS ? stepMs : 0) };
  const isLoop = watch.positionMs > LOOP_FROM * durationMs && positionMs < LOOP_TO * durationMs;
  if (!isLoop) return { ...watch, positionMs };
  const restMs = Math.max(0, durationMs - watch.positionMs) + positionMs;
  return { ...watch, positionMs, loops: watch.loops + 1, watchedMs: watch.watchedMs + restMs };
}
