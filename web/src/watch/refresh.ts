/** A card is asked for again before its video plays when it is old: it may have been removed, or its counts moved. */
import type { CardPage } from '@vitrine/schema';
import { request } from '../api/request.ts';
import { cardAgeMs, heldCard, holdCards } from './cards.ts';

const OLD_MS = 60_000;

/** Asks for those of the given public cards that are older than a minute. Failures change nothing: the video itself will tell. */
export async function refreshIfOld(ids: readonly (string | undefined)[]): Promise<void> {
  const old = ids.filter(
    (id): id is string => id !== undefined && cardAgeMs(id) > OLD_MS && heldCard(id)?.audience === 'everyone',
  );
  if (old.length === 0) return;
  try {
    const { posts } = await request<Pick<CardPage, 'posts'>>('/cards', { query: { ids: old.toSorted().join(',') } });
    holdCards(posts);
  } catch {
    return;
  }
}
