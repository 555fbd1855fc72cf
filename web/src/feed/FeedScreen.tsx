/** Home: For You and Following, as swipes. */
import { Search } from 'lucide-react';
import { useEffect } from 'react';
import { Link, useLocation } from 'wouter';
import { useMe } from '../api/me.ts';
import { ButtonLink } from '../ui/Button.tsx';
import { Mark } from '../ui/Logo.tsx';
import { EmptyState, ErrorState, Skeleton, useIsSlow } from '../ui/State.tsx';
import { t } from '../words/words.ts';
import { tabAt, useList, type Tab } from './lists.ts';
import { SnapFeed } from './SnapFeed.tsx';

export { askAhead } from './lists.ts';

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
      <h1 className="visually-hidden">{tab === 'forYou' ? t('app.forYou') : t('app.following')}</h1>
      <nav className="top-tabs" aria-label={t('feed.tabs')}>
        {entry('following', '/following', t('app.following'))}
        {entry('forYou', '/', t('app.forYou'))}
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
  if (tab === 'forYou') {
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
      onBack={() => tab === 'forYou' && navigate('/following')}
    />
  );
}

function FeedOf({ tab, people, onBack }: { tab: Tab; people: number; onBack: () => void }) {
  const { list, error, startNew, more, remember } = useList(tab);
  useEffect(() => {
    document.title = `${tab === 'forYou' ? t('app.forYou') : t('app.following')} · Vitrine`;
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
