/** Hears of every watch on this device and tells the ranking worker; from the feed and from every other page alike. */
import { currentMe } from '../api/me.ts';
import { onWatched, type Watched } from '../watch/watched.ts';
import { watchTold } from '../tickets/watch-told.ts';
import { ask } from './for-you.ts';

/** Sync with one's other devices waits until the first videos play. */
const SYNC_AFTER_MS = 20_000;

let isHearing = false;
let isToSync = false;
const listeners = new Set<() => void>();

/** Starts to hear; once. */
export function hearWatches(): void {
  if (isHearing) return;
  isHearing = true;
  onWatched((watched) => void tell(watched));
}

/** Brings in what one's other devices have learnt, some time after the first page of For You; once. */
export function syncLater(): void {
  if (isToSync) return;
  isToSync = true;
  setTimeout(
    () =>
      void ask('syncIfDue').then(
        (isNew) => isNew && tellTasteChanged(),
        () => undefined,
      ),
    SYNC_AFTER_MS,
  );
}

/** Hears when a finished watch has changed the taste; gives the way to stop. */
export function onTasteChanged(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** Tells that what is not yet shown should be ranked again. */
export function tellTasteChanged(): void {
  for (const listener of listeners) listener();
}

async function tell(watched: Watched): Promise<void> {
  const { card } = watched;
  const told = watchTold(watched);
  if (told === undefined) return;
  await ask(
    'watched',
    {
      post: told.post,
      id: card.id,
      creator: 0,
      sound: 0,
      tags: card.tags,
      handle: card.account.handle,
      durationMs: card.durationMs,
      outcomeBucket: told.outcomeBucket,
      loops: told.loops,
      isSkip: told.isSkip,
      isPositive: told.isPositive,
      day: 0,
    },
    currentMe()?.ageBand !== '13to15',
  ).catch(() => undefined);
  if (told.isPositive) tellTasteChanged();
}
