/** What the screens of shelves ask for, each kept by its name: files of a hash never change. */
import type { Card } from '@vitrine/schema';
import { type ShelfEntry, type ShelfFile } from '@vitrine/ranking';
import { useQueries, useQuery } from '@tanstack/react-query';
import { request } from '../api/request.ts';
import { holdCards } from '../watch/cards.ts';
import { type Epoch, readEpoch, readShelf } from './epochs.ts';

const NEWEST_MS = 10_000;
const CARDS_AT_ONCE = 20;

/** An epoch; the newest one is asked for anew every ten seconds. */
export function useEpoch(wanted: number | undefined) {
  return useQuery<Epoch>({
    queryKey: ['shelves', 'epoch', wanted ?? 'newest'],
    queryFn: () => readEpoch(wanted),
    ...(wanted === undefined ? { refetchInterval: NEWEST_MS } : { staleTime: Infinity }),
  });
}

/** One shelf's file. */
export function useShelf(entry: ShelfEntry | undefined) {
  return useQuery<ShelfFile>({
    queryKey: ['shelves', 'file', entry?.hash ?? ''],
    queryFn: () => readShelf(entry?.hash ?? ''),
    enabled: entry !== undefined,
    staleTime: Infinity,
  });
}

/** Some shelves' files; those that are there. */
export function useShelvesAmong(entries: readonly ShelfEntry[]): readonly { entry: ShelfEntry; file: ShelfFile }[] {
  const answers = useQueries({
    queries: entries.map(({ hash }) => ({
      queryKey: ['shelves', 'file', hash],
      queryFn: () => readShelf(hash),
      staleTime: Infinity,
    })),
  });
  return entries.flatMap((entry, i) => {
    const file = answers[i]?.data;
    return file === undefined ? [] : [{ entry, file }];
  });
}

/** Cards of posts, in twenties, asked for without saying by whom; what is no longer public is missing. */
export function useCards(ids: readonly string[]): ReadonlyMap<string, Card> {
  const sorted = ids.toSorted();
  const groups = Array.from({ length: Math.ceil(sorted.length / CARDS_AT_ONCE) }, (_, i) =>
    sorted.slice(i * CARDS_AT_ONCE, (i + 1) * CARDS_AT_ONCE),
  );
  const answers = useQueries({
    queries: groups.map((group) => ({
      queryKey: ['cards', ...group],
      queryFn: async () => {
        const { posts } = await request<{ posts: Card[] }>('/cards', { query: { ids: group.join(',') } });
        holdCards(posts);
        return posts;
      },
    })),
  });
  return new Map(answers.flatMap(({ data }) => (data ?? []).map((card) => [card.id, card] as const)));
}
