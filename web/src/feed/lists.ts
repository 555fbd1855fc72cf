/** The lists behind the tabs: where they were left, how they begin anew and how they go on. */
import type { CardPage } from '@vitrine/schema';
import { useEffect, useRef, useState } from 'react';
import { request } from '../api/request.ts';
import { nextPosts } from '../rank/for-you-list.ts';
import { onTasteChanged } from '../rank/hear-watches.ts';
import { toast } from '../ui/Toast.tsx';
import { holdCards } from '../watch/cards.ts';
import { t } from '../words/words.ts';
import { feedMode } from './mode.ts';

/** The tabs of the first screen. */
export type Tab = 'forYou' | 'following';
/** Where a list comes from: ranked on this device, or asked from the server in order of time. */
type Source = 'ranked' | 'latest' | 'following';

const PAGE = 8;
/** Posts that are ranked ahead of the one in view. */
const AHEAD = 8;

/** A list as it stands. */
export interface Listed {
  ids: readonly string[];
  /** How to ask for more; null at the end. */
  next: string | null;
  /** Rises when the list is a new one, so that the feed starts at its top. */
  version: number;
  startAt: number;
}

interface Part {
  ids: string[];
  next: string | null;
}

/** Where each tab was left, so that coming back goes on from there. */
const left = new Map<Source, Listed>();
/** First parts that were asked for before the screen stood. */
const ahead = new Map<Source, Promise<Part>>();

/** The tab of an address. */
export function tabAt(path: string): Tab {
  return path === '/following' ? 'following' : 'forYou';
}

function sourceOf(tab: Tab): Source {
  if (tab === 'following' || feedMode() === 'following') return 'following';
  return feedMode() === 'newest' ? 'latest' : 'ranked';
}

async function askPart(source: Source, after: string | null, listed: readonly string[]): Promise<Part> {
  if (source === 'ranked') {
    const ids = await nextPosts(listed, AHEAD);
    return { ids, next: ids.length > 0 ? 'more' : null };
  }
  const page = await request<CardPage>(`/feed/${source}`, { query: { limit: PAGE, after } });
  holdCards(page.posts);
  return { ids: page.posts.map((post) => post.id), next: page.next };
}

/** What stands on no shelf yet, or cannot be ranked: posts in order of time, until the next page is ranked. */
async function byTime(): Promise<Part> {
  const { ids } = await askPart('latest', null, []);
  return { ids, next: ids.length > 0 ? 'more' : null };
}

/** The first part of a list. */
async function firstPart(source: Source): Promise<Part> {
  const asked = ahead.get(source);
  ahead.delete(source);
  try {
    const part = await (asked ?? askPart(source, null, []));
    return source === 'ranked' && part.ids.length === 0 ? byTime() : part;
  } catch (error) {
    if (source !== 'ranked') throw error;
    return byTime();
  }
}

/** Asks for the first part while the words and the shell still load. */
export function askAhead(path: string): void {
  const source = sourceOf(tabAt(path));
  const part = askPart(source, null, []);
  part.catch(() => undefined);
  ahead.set(source, part);
}

/** Calls when the network is back. */
function useOnline(onOnline: () => void): void {
  const latest = useRef(onOnline);
  latest.current = onOnline;
  useEffect(() => {
    const hear = (): void => latest.current();
    addEventListener('online', hear);
    return () => removeEventListener('online', hear);
  }, []);
}

/** Holds what came of a list and says what to do with it. */
function useHolding(source: Source) {
  const [list, setList] = useState<Listed | undefined>(left.get(source));
  const [error, setError] = useState<unknown>(undefined);
  const keep = (next: Listed): void => {
    left.set(source, next);
    setList(next);
  };
  const startNew = async (): Promise<void> => {
    const before = left.get(source);
    try {
      const part = await firstPart(source);
      setError(undefined);
      keep({ ...part, version: (before?.version ?? 0) + 1, startAt: 0 });
      if (before !== undefined)
        toast(t('feed.refreshed'), () => keep({ ...before, version: (left.get(source)?.version ?? 0) + 1 }));
    } catch (reason) {
      if (before === undefined) setError(reason);
      else toast(t('problem.offline'));
    }
  };
  return { list, error, setList, setError, keep, startNew };
}

/** The list of a tab. */
export function useList(tab: Tab) {
  const source = sourceOf(tab);
  const { list, error, setList, setError, keep, startNew } = useHolding(source);
  const isAsking = useRef(false);
  const more = async (): Promise<void> => {
    const now = left.get(source);
    if (isAsking.current || now === undefined || now.next === null) return;
    isAsking.current = true;
    try {
      const part = await askPart(source, now.next, now.ids);
      const still = left.get(source) ?? now;
      const known = new Set(still.ids);
      if (still.version === now.version)
        keep({ ...still, ids: [...still.ids, ...part.ids.filter((id) => !known.has(id))], next: part.next });
    } catch {
      setTimeout(() => void more(), 4000);
    } finally {
      isAsking.current = false;
    }
  };
  useEffect(() => {
    setList(left.get(source));
    setError(undefined);
    if (left.get(source) === undefined) void startNew();
  }, [source]);
  useOnline(() => {
    if (left.get(source) === undefined) void startNew();
  });
  useEffect(() => (source === 'ranked' ? onTasteChanged(() => void rankAgain(keep)) : undefined), [source]);
  const remember = (startAt: number): void => {
    const now = left.get(source);
    if (now !== undefined) left.set(source, { ...now, startAt });
  };
  return { list, error, startNew, more, remember };
}

/** What is not yet shown is ranked again after a finished watch, so that the watch acts on the very next swipe. */
async function rankAgain(keep: (next: Listed) => void): Promise<void> {
  const before = left.get('ranked');
  if (before === undefined) return;
  const shown = before.ids.slice(0, before.startAt + 1);
  const ids = await nextPosts(shown, AHEAD).catch(() => []);
  const now = left.get('ranked');
  if (ids.length === 0 || now?.version !== before.version || now.startAt !== before.startAt) return;
  keep({ ...now, ids: [...shown, ...ids] });
}
