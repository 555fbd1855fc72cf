/** Inbox: what happened to what is yours, who wants to follow, and what the operator decided. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleAlert, CircleCheck, Gavel } from 'lucide-react';
import { useEffect, useState, type ReactNode } from 'react';
import type { Notification, NotificationPage, People, Profile } from '@vitrine/schema';
import { Link } from 'wouter';
import { refreshMe, useMe } from '../api/me.ts';
import { KEYS } from '../api/query.ts';
import { request } from '../api/request.ts';
import { follow } from '../profile/acts.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Button, ButtonLink } from '../ui/Button.tsx';
import { Chip } from '../ui/Choice.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../ui/State.tsx';
import { toast } from '../ui/Toast.tsx';
import { usePages } from '../ui/use-pages.ts';
import { sinceThen } from '../words/figures.ts';
import { t, type Word } from '../words/words.ts';
import { ageOf, peopleOf, sentenceOf, type Age } from './lines.ts';
import './inbox.css';

type Filter = 'all' | 'comments' | 'follows' | 'likes' | 'decisions' | 'uploads';
const FILTERS: readonly { value: Filter; word: Word }[] = [
  { value: 'all', word: 'inbox.all' },
  { value: 'comments', word: 'inbox.comments' },
  { value: 'follows', word: 'inbox.follows' },
  { value: 'likes', word: 'inbox.likes' },
  { value: 'decisions', word: 'inbox.decisions' },
  { value: 'uploads', word: 'inbox.uploads' },
];
const AGES: Record<Age, Word> = { today: 'inbox.today', week: 'inbox.thisWeek', earlier: 'inbox.earlier' };

/** Faces, or the sign of what has no face. */
function Lead({ notification }: { notification: Notification }) {
  const sign: Partial<Record<Notification['kind'], ReactNode>> = {
    playable: <CircleCheck size={22} className="inbox-ok" />,
    failed: <CircleAlert size={22} className="inbox-bad" />,
    decision: <Gavel size={22} className="inbox-gavel" />,
  };
  const [first, second] = notification.people;
  if (sign[notification.kind] || !first)
    return <span className={`inbox-sign is-${notification.kind}`}>{sign[notification.kind]}</span>;
  return (
    <span className="inbox-faces">
      <Avatar person={first} sizePx={second ? 32 : 44} />
      {second && <Avatar person={second} sizePx={32} />}
    </span>
  );
}

function placeOf(notification: Notification): string {
  if (notification.kind === 'decision') return notification.post?.path ?? '/standing';
  if (notification.post)
    return notification.comment
      ? `${notification.post.path}?comment=${notification.comment.id}`
      : notification.post.path;
  return `/@${notification.people[0]?.handle ?? ''}`;
}

function Line({ notification }: { notification: Notification }) {
  const [first] = notification.people;
  const hasPeople = notification.people.length > 0 && notification.kind !== 'decision';
  return (
    <li className={notification.isRead ? 'inbox-line' : 'inbox-line is-new'}>
      <Link href={placeOf(notification)} className="inbox-link">
        <Lead notification={notification} />
        <span className="inbox-words" dir="auto">
          {hasPeople && <strong>{peopleOf(notification)} </strong>}
          {sentenceOf(notification)} <time className="ink3">{sinceThen(notification.at)}</time>
          {notification.decision && (
            <span className="inbox-ledger t-small num">
              {t('inbox.ledger', { n: notification.decision.ledgerIndex })}
            </span>
          )}
        </span>
        {notification.post?.posterUrl && (
          <img className="inbox-picture" src={notification.post.posterUrl} alt="" loading="lazy" />
        )}
      </Link>
      {notification.kind === 'follow' && notification.total === 1 && first && <FollowBack handle={first.handle} />}
    </li>
  );
}

/** Offers to follow somebody new in return; nothing when that is done already. */
function FollowBack({ handle }: { handle: string }) {
  const cache = useQueryClient();
  const path = `/accounts/${encodeURIComponent(handle)}`;
  const profile = useQuery({ queryKey: KEYS.profile(handle), queryFn: () => request<Profile>(path) }).data;
  if (profile?.viewer?.follow !== 'none') return null;
  return (
    <Button size="small" kind="main" onClick={() => void follow(cache, profile, true)}>
      {t('profile.followBack')}
    </Button>
  );
}

/** People who wait for a yes. */
function FollowRequests() {
  const cache = useQueryClient();
  const waiting =
    useQuery({ queryKey: ['followRequests'], queryFn: () => request<People>('/me/follow-requests') }).data?.accounts ??
    [];
  const answer = async (handle: string, isAccepted: boolean): Promise<void> => {
    await request(`/me/follow-requests/${encodeURIComponent(handle)}`, { method: 'PUT', body: { isAccepted } });
    toast(t(isAccepted ? 'inbox.accepted' : 'inbox.declined', { handle }));
    await Promise.all([cache.invalidateQueries({ queryKey: ['followRequests'] }), refreshMe()]);
  };
  if (waiting.length === 0) return null;
  return (
    <section aria-labelledby="follow-requests">
      <h2 className="t-small ink2 inbox-age" id="follow-requests">
        {t('inbox.requests')}
      </h2>
      <ul>
        {waiting.map((person) => (
          <li key={person.handle} className="inbox-line inbox-request">
            <Link href={`/@${person.handle}`} className="inbox-link">
              <Avatar person={person} sizePx={44} />
              <span className="inbox-words">
                <strong>{person.handle}</strong> {t('inbox.wantsToFollow')}
              </span>
            </Link>
            <Button size="small" onClick={() => void answer(person.handle, false)}>
              {t('inbox.decline')}
            </Button>
            <Button size="small" kind="main" onClick={() => void answer(person.handle, true)}>
              {t('inbox.accept')}
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Lines under their headings. */
function Lines({ notifications }: { notifications: readonly Notification[] }) {
  const now = new Date();
  const ages = (['today', 'week', 'earlier'] as const).map((age) => ({
    age,
    lines: notifications.filter((line) => ageOf(line.at, now) === age),
  }));
  return ages
    .filter(({ lines }) => lines.length > 0)
    .map(({ age, lines }) => (
      <section key={age} aria-label={t(AGES[age])}>
        <h2 className="t-small ink2 inbox-age">{t(AGES[age])}</h2>
        <ul>
          {lines.map((line) => (
            <Line key={line.id} notification={line} />
          ))}
        </ul>
      </section>
    ));
}

function List({ filter }: { filter: Filter }) {
  const list = usePages<NotificationPage>(['inbox', filter], '/me/notifications', { filter, limit: 30 });
  const lines = list.pages.flatMap((page) => page.notifications);
  const isSeen = !list.isLoading && filter === 'all' && lines.some((line) => !line.isRead);
  useEffect(() => {
    if (!isSeen) return;
    void request('/me/notifications/read', { method: 'PUT', body: {} }).then(refreshMe, () => undefined);
  }, [isSeen]);
  if (list.isLoading) return <SkeletonRows count={7} />;
  if (list.error && lines.length === 0) return <ErrorState error={list.error} onRetry={list.reload} />;
  if (lines.length === 0) {
    return (
      <EmptyState title={t('inbox.emptyTitle')} text={t('inbox.emptyText')}>
        <ButtonLink href="/create" kind="main">
          {t('app.create')}
        </ButtonLink>
      </EmptyState>
    );
  }
  return (
    <>
      {/* Requests stand above, with their answers. */}
      <Lines notifications={lines.filter((line) => line.kind !== 'followRequest')} />
      <div ref={list.endRef} />
    </>
  );
}

/** The screen. */
export default function InboxScreen() {
  const me = useMe();
  const [filter, setFilter] = useState<Filter>('all');
  if (me === null) {
    return (
      <EmptyState title={t('inbox.signInTitle')} text={t('inbox.signInText')}>
        <ButtonLink href="/login" kind="main">
          {t('app.logIn')}
        </ButtonLink>
        <ButtonLink href="/signup">{t('app.signUp')}</ButtonLink>
      </EmptyState>
    );
  }
  return (
    <div className="inbox">
      <h1 className="t-title inbox-title">{t('app.inbox')}</h1>
      <div className="inbox-filters" role="group" aria-label={t('inbox.filter')}>
        {FILTERS.map(({ value, word }) => (
          <Chip key={value} isOn={filter === value} onPress={() => setFilter(value)}>
            {t(word)}
          </Chip>
        ))}
      </div>
      {(filter === 'all' || filter === 'follows') && <FollowRequests />}
      <List filter={filter} />
    </div>
  );
}
