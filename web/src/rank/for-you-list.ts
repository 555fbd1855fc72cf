/** Pages of For You: the worker says which posts, blind cards say what they are. */
import type { Card } from '@vitrine/schema';
import { LIMITS } from '@vitrine/schema';
import { hearWatches, syncLater } from './hear-watches.ts';
import { heldCard, holdCards } from '../watch/cards.ts';
import { holdChip, showChips } from './chips.ts';
import { ask } from './for-you.ts';
import { knownTies, toTies, withMarks } from './ties.ts';

/** Public numbers of the posts that were placed. */
const numbers = new Map<string, number>();

/** The public number of a post in the list. */
export function numberOf(id: string): number | undefined {
  return numbers.get(id) ?? heldCard(id)?.publicNumber ?? undefined;
}

/** Ids of the next posts; `listed` are those that the list holds. */
export async function nextPosts(listed: readonly string[], count: number): Promise<string[]> {
  hearWatches();
  syncLater();
  const found = await knownTies().catch(() => undefined);
  if (listed.length === 0) showChips((await ask('taste')).wishes.showsChip);
  const posts = await ask('page', {
    count,
    listed: listed.map(numberOf).filter((post) => post !== undefined),
    ties: toTies(found),
    isFirst: listed.length === 0,
  });
  for (const { id, post, chip } of posts) {
    numbers.set(id, post);
    holdChip(id, chip);
  }
  const ids = posts.map(({ id }) => id);
  await bring(ids, found);
  // What was withdrawn since the shelf was written has no card any more.
  return ids.filter((id) => heldCard(id) !== undefined);
}

/** Brings the cards of posts that were watched before. */
export async function cardsFor(ids: readonly string[]): Promise<void> {
  await bring(ids, await knownTies().catch(() => undefined)).catch(() => undefined);
}

async function bring(ids: readonly string[], found: Awaited<ReturnType<typeof knownTies>>): Promise<void> {
  const missing = [...new Set(ids)].filter((id) => heldCard(id) === undefined).sort();
  for (let start = 0; start < missing.length; start += LIMITS.cardIds) {
    const cards = await blindCards(missing.slice(start, start + LIMITS.cardIds));
    holdCards(cards.map((card) => withMarks(card, found)));
  }
}

async function blindCards(ids: readonly string[]): Promise<Card[]> {
  const response = await fetch(`/api/v1/cards?ids=${ids.join()}`, {
    credentials: 'omit',
    referrerPolicy: 'no-referrer',
  });
  if (!response.ok) throw new Error(`cards answered ${response.status}`);
  return ((await response.json()) as { posts: Card[] }).posts;
}
