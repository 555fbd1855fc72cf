/** The taste as a picture: tags by their share of finished watches, creators by count. */
import type { Memory, Watch, Wishes } from './memory.ts';

/** The taste as its page shows it. */
export interface TastePicture {
  /** UTC day since 1970. */
  today: number;
  watches: Watch[];
  wishes: Wishes;
  /** Share of each tag among finished watches, largest first, in percent. */
  tags: { tag: string; percent: number; postId: string }[];
  creators: { handle: string; n: number }[];
}

const MOST_TAGS = 12;
const MOST_CREATORS = 12;

/** What the taste page draws. */
export function pictureOf({ watches, wishes }: Memory, today: number): TastePicture {
  const finished = watches.filter(({ isPositive }) => isPositive);
  const tags = new Map<string, { n: number; postId: string }>();
  const creators = new Map<string, number>();
  for (const watch of finished) {
    for (const tag of watch.tags) tags.set(tag, { n: (tags.get(tag)?.n ?? 0) + 1, postId: watch.id });
    creators.set(watch.handle, (creators.get(watch.handle) ?? 0) + 1);
  }
  const all = [...tags.values()].reduce((sum, { n }) => sum + n, 0);
  return {
    today,
    watches: watches.toReversed(),
    wishes,
    tags: [...tags]
      .sort(([a, one], [b, other]) => other.n - one.n || (a < b ? -1 : 1))
      .slice(0, MOST_TAGS)
      .map(([tag, { n, postId }]) => ({ tag, percent: Math.round((100 * n) / all), postId })),
    creators: [...creators]
      .sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1))
      .slice(0, MOST_CREATORS)
      .map(([handle, n]) => ({ handle, n })),
  };
}
