/** A person: who they are, what they post, and what stands between them and the viewer. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Lock, Settings } from 'lucide-react';
import { useEffect, useState } from 'react';
import type { CardPage, Profile } from '@vitrine/schema';
import { Link, useLocation } from 'wouter';
import { useMe } from '../api/me.ts';
import { KEYS } from '../api/query.ts';
import { ApiProblem, request } from '../api/request.ts';
import { LeavingCard } from '../settings/LeavingCard.tsx';
import { ButtonLink } from '../ui/Button.tsx';
import { Tabs } from '../ui/Choice.tsx';
import { PictureGrid } from '../watch/PictureGrid.tsx';
import { EmptyState, ErrorState, SkeletonGrid, SkeletonRows } from '../ui/State.tsx';
import { usePages } from '../ui/use-pages.ts';
import { t, type Word } from '../words/words.ts';
import { DraftsLink } from './DraftsLink.tsx';
import { OnTheirWay } from './OnTheirWay.tsx';
import { ProfileHead } from './ProfileHead.tsx';
import './profile.css';

type Tab = 'posts' | 'likes' | 'saves' | 'reposts';
const OWN_TABS: readonly { value: Tab; word: Word }[] = [
  { value: 'posts', word: 'profile.posts' },
  { value: 'saves', word: 'profile.saved' },
  { value: 'likes', word: 'profile.liked' },
  { value: 'reposts', word: 'profile.reposts' },
];

function pathOf(tab: Tab, handle: string): string {
  return tab === 'posts' ? `/accounts/${encodeURIComponent(handle)}/posts` : `/me/${tab}`;
}

function Nothing({ tab, profile }: { tab: Tab; profile: Profile }) {
  const isMe = profile.viewer?.isMe === true;
  if (!isMe)
    return <EmptyState title={t('profile.noPosts')} text={t('profile.noPostsText', { handle: profile.handle })} />;
  if (tab !== 'posts') return <EmptyState title={t('profile.nothingKept')} text={t('profile.nothingKeptText')} />;
  return (
    <EmptyState title={t('profile.firstPost')} text={t('profile.firstPostText')}>
      <ButtonLink href="/create" kind="main">
        {t('app.create')}
      </ButtonLink>
    </EmptyState>
  );
}

/** The pictures of a tab. */
function Posts({ tab, profile }: { tab: Tab; profile: Profile }) {
  const list = usePages<CardPage>(['profile', profile.handle, tab], pathOf(tab, profile.handle), { limit: 30 });
  const cards = list.pages.flatMap((page) => page.posts);
  if (list.isLoading) return <SkeletonGrid />;
  if (list.error && cards.length === 0) return <ErrorState error={list.error} onRetry={list.reload} />;
  if (cards.length === 0) return <Nothing tab={tab} profile={profile} />;
  return (
    <>
      <PictureGrid cards={cards} />
      <div ref={list.endRef} />
    </>
  );
}

/** A private account that the viewer does not follow yet. */
function Private({ profile }: { profile: Profile }) {
  return (
    <div className="profile-private">
      <Lock size={28} aria-hidden="true" />
      <h2 className="t-heading">{t('profile.private')}</h2>
      <p className="t-body ink2">{t('profile.privateText', { handle: profile.handle })}</p>
    </div>
  );
}

function Body({ profile }: { profile: Profile }) {
  const [tab, setTab] = useState<Tab>('posts');
  const isMe = profile.viewer?.isMe === true;
  const isClosed = profile.isPrivate && !isMe && profile.viewer?.follow !== 'following';
  if (profile.viewer?.isBlocked)
    return <EmptyState title={t('profile.blockedTitle')} text={t('profile.blockedText', { handle: profile.handle })} />;
  if (isClosed) return <Private profile={profile} />;
  const tabs = isMe ? OWN_TABS : OWN_TABS.slice(0, 1);
  return (
    <>
      <div className="profile-tabs">
        <Tabs
          label={t('profile.tabs')}
          options={tabs.map(({ value, word }) => ({ value, label: t(word) }))}
          value={tab}
          onChange={setTab}
        />
      </div>
      {isMe && tab === 'posts' && <DraftsLink />}
      {isMe && tab === 'posts' && <OnTheirWay />}
      <Posts tab={tab} profile={profile} />
    </>
  );
}

/** One's own profile while the account is leaving: the way back. */
function Leaving({ leavesAt }: { leavesAt: string }) {
  return (
    <div className="profile">
      <LeavingCard leavesAt={leavesAt} />
    </div>
  );
}

/** A handle that nobody has, or nobody whom the viewer may see. */
function NoSuchAccount({ handle }: { handle: string }) {
  return (
    <EmptyState title={t('profile.noAccount')} text={t('profile.noAccountText', { handle })}>
      <ButtonLink href="/search" kind="main" size="tall">
        {t('app.search')}
      </ButtonLink>
    </EmptyState>
  );
}

/** The screen. */
export default function ProfileScreen({ params }: { params: Record<string, string | undefined> }) {
  const handle = (params['handle'] ?? '').toLowerCase();
  const [, go] = useLocation();
  const cache = useQueryClient();
  const me = useMe();
  const answer = useQuery({
    queryKey: KEYS.profile(handle),
    queryFn: () => request<Profile>(`/accounts/${encodeURIComponent(handle)}`),
    // On the way to another screen this one is drawn once more, with an address that is not its own.
    enabled: handle !== '',
  });
  const profile = answer.data;
  useEffect(() => {
    // An old handle leads to its account for a while: show the address that stays.
    if (!profile || profile.handle === handle) return;
    cache.setQueryData(KEYS.profile(profile.handle), profile);
    go(`/@${profile.handle}`, { replace: true });
  }, [profile, handle]);
  if (me?.leavesAt && me.handle === handle) return <Leaving leavesAt={me.leavesAt} />;
  if (answer.error instanceof ApiProblem && answer.error.status === 404) return <NoSuchAccount handle={handle} />;
  if (answer.error) return <ErrorState error={answer.error} onRetry={() => void answer.refetch()} />;
  if (!profile) {
    return (
      <div className="profile">
        <SkeletonRows count={1} />
        <SkeletonGrid />
      </div>
    );
  }
  return (
    <div className="profile">
      {profile.viewer?.isMe && (
        <Link
          href="/settings"
          className="profile-settings icon-btn icon-btn-plain icon-btn-44"
          aria-label={t('profile.settings')}
        >
          <Settings size={22} strokeWidth={1.75} />
        </Link>
      )}
      <ProfileHead profile={profile} />
      <Body key={profile.handle} profile={profile} />
    </div>
  );
}
