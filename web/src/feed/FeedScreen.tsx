/** Home: Latest (everything public) and Following, as swipes. */
import type { CardPage } from '@vitrine/schema';
import { Search } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { useMe } from '../api/me.ts';
import { request } from '../api/request.ts';
import { ButtonLink } from '../ui/Button.tsx';
import { Mark } from '../ui/Logo.tsx';
import { EmptyState, ErrorState, Skeleton, useIsSlow } from '../ui/State.tsx';
import { toast } from '../ui/Toast.tsx';
import { t } from '../words/words.ts';
import { holdCards } from '../watch/cards.ts';
import { SnapFeed } from './SnapFeed.tsx';

const PAGE = 8;
type Tab = 'latest' | 'following';

interface Listed {
  ids: readonly string[];
  next: string | null;
  /** Rises when the list is a new one, so that the feed starts at its top. */
  version: number;
  startAt: number;
}

/** Where each tab was left, so that coming back goes on from there. */
const left = new Map<Tab, Listed>();

async function askPage(tab: Tab, after: string | null): Promise<CardPage> {
  const page = await request<CardPage>(`/feed/${tab}`, { query: { limit: PAGE, after } });
  holdCards(page.posts);
  return page;
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

function useList(tab: Tab) {
  const [list, setList] = useState<Listed | undefined>(left.get(tab));
  const [error, setError] = useState<unknown>(undefined);
  const isAsking = useRef(false);
  const keep = (next: Listed): void => {
    left.set(tab, next);
    setList(next);
  };
  const startNew = async (): Promise<void> => {
    const before = left.get(tab);
    try {
      const page = await firstPage(tab);
      setError(undefined);
      keep({
        ids: page.posts.map((post) => post.id),
        next: page.next,
        version: (before?.version ?? 0) + 1,
        startAt: 0,
      });
      if (before !== undefined)
        toast(t('feed.refreshed'), () => keep({ ...before, version: (left.get(tab)?.version ?? 0) + 1 }));
    } catch (reason) {
      if (before === undefined) setError(reason);
      else toast(t('problem.offline'));
    }
  };
  const more = async (): Promise<void> => {
    const now = left.get(tab);
    if (isAsking.current || now === undefined || now.next === null) return;
    isAsking.current = true;
    try {
      const page = await askPage(tab, now.next);
      const known = new Set(now.ids);
      const still = left.get(tab) ?? now;
      if (still.version === now.version)
        keep({
          ...still,
          ids: [...now.ids, ...page.posts.map((post) => post.id).filter((id) => !known.has(id))],
          next: page.next,
        });
    } catch {
      setTimeout(() => void more(), 4000);
    } finally {
      isAsking.current = false;
    }
  };
  useEffect(() => {
    setList(left.get(tab));
    setError(undefined);
    if (left.get(tab) === undefined) void startNew();
  }, [tab]);
  useOnline(() => {
    if (left.get(tab) === undefined) void startNew();
  });
  const remember = (startAt: number): void => {
    const now = left.get(tab);
    if (now !== undefined) left.set(tab, { ...now, startAt });
  };
  return { list, error, startNew, more, remember };
}

/** The first page of a tab that was asked for before the screen stood. */
const ahead = new Map<Tab, Promise<CardPage>>();

/** Asks for the first page while the words and the shell still load. */
export function askAhead(path: string): void {
  const tab = tabAt(path);
  const page = askPage(tab, null);
  page.catch(() => undefined);
  ahead.set(tab, page);
}

/** The first page, once: a second call asks anew. */
function firstPage(tab: Tab): Promise<CardPage> {
  const asked = ahead.get(tab);
  ahead.delete(tab);
  return asked ?? askPage(tab, null);
}

function tabAt(path: string): Tab {
  return path === '/following' ? 'following' : 'latest';
}

function TopBar({ tab }: { tab: Tab }) {
  const entry = (name: Tab, href: string, label: string) => (
    <Link
      href={href}
      className={`top-tab ${tab === name ? 'is-lit' : ''}`}
      aria-current={tab === name ? 'page' : undefined}
    >
      {label}
    </Link>
  );
  return (
    <header className="top">
      <Link href="/" className="top-mark" aria-label={t('app.home')}>
        <Mark sizePx={24} />
      </Link>
      <h1 className="visually-hidden">{tab === 'latest' ? t('app.latest') : t('app.following')}</h1>
      <nav className="top-tabs" aria-label={t('feed.tabs')}>
        {entry('following', '/following', t('app.following'))}
        {entry('latest', '/', t('app.latest'))}
      </nav>
      <Link href="/search" className="top-search" aria-label={t('app.search')}>
        <Search size={24} strokeWidth={2} />
        <span className="top-search-word t-small">{t('app.search')}</span>
        <kbd className="keycap top-search-key">/</kbd>
      </Link>
    </header>
  );
}

function Loading() {
  if (!useIsSlow()) return null;
  return (
    <div className="stage feed-loading" role="status" aria-label={t('ui.loading')}>
      <Skeleton className="feed-loading-page" />
    </div>
  );
}

function Nothing({ tab, people }: { tab: Tab; people: number | undefined }) {
  if (tab === 'latest') {
    return (
      <EmptyState title={t('feed.noneYet')} text={t('feed.noneYetText')}>
        <ButtonLink href="/create" kind="main" size="tall">
          {t('feed.postFirst')}
        </ButtonLink>
      </EmptyState>
    );
  }
  return (
    <EmptyState
      title={people === undefined ? t('feed.signedOut') : t('feed.caughtUp')}
      text={people === undefined ? t('feed.signedOutText') : t('feed.caughtUpText', { n: people })}
    >
      <ButtonLink href={people === undefined ? '/login?then=/following' : '/'} kind="main" size="tall">
        {people === undefined ? t('app.logIn') : t('app.toFeed')}
      </ButtonLink>
    </EmptyState>
  );
}

/** The first screen. */
export default function FeedScreen() {
  const [path, navigate] = useLocation();
  const tab = tabAt(path);
  const me = useMe();
  const isSignedOut = tab === 'following' && me === null;
  return isSignedOut ? (
    <>
      <TopBar tab={tab} />
      <Nothing tab={tab} people={undefined} />
    </>
  ) : (
    <FeedOf
      key={tab}
      tab={tab}
      people={me?.counts.following ?? 0}
      onBack={() => tab === 'latest' && navigate('/following')}
    />
  );
}

function FeedOf({ tab, people, onBack }: { tab: Tab; people: number; onBack: () => void }) {
  const { list, error, startNew, more, remember } = useList(tab);
  useEffect(() => {
    document.title = `${tab === 'latest' ? t('app.latest') : t('app.following')} · Vitrine`;
  }, [tab]);
  const top = <TopBar tab={tab} />;
  if (error !== undefined)
    return (
      <>
        {top}
        <ErrorState error={error} onRetry={() => void startNew()} />
      </>
    );
  if (list === undefined)
    return (
      <>
        {top}
        <Loading />
      </>
    );
  if (list.ids.length === 0)
    return (
      <>
        {top}
        <Nothing tab={tab} people={people} />
      </>
    );
  return (
    <SnapFeed
      key={list.version}
      ids={list.ids}
      startAt={list.startAt}
      onNearEnd={() => void more()}
      onPlace={(_id, place) => remember(place)}
      onPull={() => void startNew()}
      onBack={onBack}
      top={top}
    />
  );
}
