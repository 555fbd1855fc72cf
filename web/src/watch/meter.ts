/** Measures how long the shown post was played or looked at. Jumps along the bar do not count as watching. */
import type { Card } from '@vitrine/schema';
import { heldCard } from './cards.ts';
import { comeBack, leaveWatch, takeLeft } from './left-watch.ts';
import { photoShare } from './photo-look.ts';
import { tellWatched, type Watched } from './watched.ts';

/** Between two looks at a playing video lies less than this, in its own time, also at double speed. */
const LARGEST_STEP_MS = 1500;
/** A return to the beginning from here on is a loop, not a jump. */
const LOOP_FROM = 0.8;
const LOOP_TO = 0.2;
const WHOLE = 0.95;

/** The meter of one player. */
export interface Meter {
  /** This post is in view from now on; ends the one before. */
  begin(card: Card | undefined): void;
  /** The shown video stands at this moment. */
  look(positionMs: number): void;
  /** The shown photos have been in view for so much longer; `photo` is the one, counted from 0. */
  lookAtPhoto(photo: number, forMs: number): void;
  /** The page is hidden, perhaps for good: the watch is written down where the next page finds it. */
  leave(): void;
  /** The page is in view again. */
  comeBack(): void;
  /** Nothing is in view any more. */
  end(): void;
}

interface Watch {
  card: Card;
  watchedMs: number;
  loops: number;
  positionMs: number;
  photos: ReadonlySet<number>;
}

/** A meter that tells of each post once, when another comes into view or none; and of what earlier pages were left in. */
export function createMeter(): Meter {
  let now: Watch | undefined;
  let isLeft = false;
  for (const left of takeLeft()) tellWatched(left);
  const end = (): void => {
    const ended = now;
    now = undefined;
    if (ended) tellWatched(toldOf(ended, true));
  };
  const goOn = (next: Watch): void => {
    const wasWhole = now !== undefined && isWhole(now);
    now = next;
    if (!wasWhole && isWhole(next)) tellWatched(toldOf(next, false));
  };
  return {
    begin: (card) => {
      if (now !== undefined && now.card.id === card?.id) return;
      end();
      if (card !== undefined) now = { card, watchedMs: 0, loops: 0, positionMs: 0, photos: new Set() };
    },
    look: (positionMs) => {
      if (now?.card.kind === 'photos') return;
      if (now) goOn(stepped(now, positionMs));
    },
    lookAtPhoto: (photo, forMs) => {
      if (now?.card.kind !== 'photos') return;
      goOn({ ...now, watchedMs: now.watchedMs + forMs, photos: new Set([...now.photos, photo]) });
    },
    leave: () => {
      isLeft = now !== undefined;
      if (now) leaveWatch(toldOf(now, true));
    },
    comeBack: () => {
      if (isLeft && !comeBack()) now = undefined;
      isLeft = false;
    },
    end,
  };
}

/** As the card is known now: a like during the watch belongs to it. */
function toldOf({ card, watchedMs, loops, photos }: Watch, isOver: boolean): Watched {
  return { card: heldCard(card.id) ?? card, watchedMs, loops, photosSeen: photos.size, isOver };
}

/** Watched to its end, but for the last moment. */
function isWhole({ card, watchedMs, loops, photos }: Watch): boolean {
  if (card.kind === 'photos') return photoShare(card.photos.length, { watchedMs, photosSeen: photos.size }) >= WHOLE;
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
