/** Who follows a person, and whom they follow. */
import { useQueryClient } from '@tanstack/react-query';
import { ChevronLeft } from 'lucide-react';
import type { FollowState, People } from '@vitrine/schema';
import { Link, useLocation } from 'wouter';
import { useMe } from '../api/me.ts';
import { request, sentenceOf } from '../api/request.ts';
import { Avatar } from '../ui/Avatar.tsx';
import { Button, IconButton } from '../ui/Button.tsx';
import { Tabs } from '../ui/Choice.tsx';
import { EmptyState, ErrorState, SkeletonRows } from '../ui/State.tsx';
import { toast } from '../ui/Toast.tsx';
import { usePages } from '../ui/use-pages.ts';
import { t } from '../words/words.ts';
import './profile.css';

type Row = People['accounts'][number];

function FollowSmall({ person, name }: { person: Row; name: readonly unknown[] }) {
  const me = useMe();
  const cache = useQueryClient();
  const [, go] = useLocation();
  const state: FollowState = person.viewer?.follow ?? 'none';
  if (person.viewer?.isMe) return null;
  const press = async (): Promise<void> => {
    if (!me) return go('/signup');
    await request(`/accounts/${encodeURIComponent(person.handle)}/follow`, {
      method: state === 'none' ? 'PUT' : 'DELETE',
    }).catch((error: unknown) => toast(sentenceOf(error)));
    await cache.invalidateQueries({ queryKey: name });
  };
  const words = { none: t('profile.follow'), requested: t('profile.requested'), following: t('profile.isFollowing') };
  return (
    <Button size="small" kind={state === 'none' ? 'outline' : 'second'} onClick={() => void press()}>
      {words[state]}
    </Button>
  );
}

/** The screen: `which` is followers or following. */
export default function PeopleScreen({ params }: { params: Record<string, string | undefined> }) {
  const handle = (params['handle'] ?? '').toLowerCase();
  const which = params['which'] === 'following' ? 'following' : 'followers';
  const [, go] = useLocation();
  const name = ['people', handle, which];
  const list = usePages<People>(name, `/accounts/${encodeURIComponent(handle)}/${which}`, { limit: 40 });
  const people = list.pages.flatMap((page) => page.accounts);
  return (
    <div className="people">
      <header className="people-head">
        <IconButton label={t('ui.back')} onClick={() => go(`/@${handle}`)}>
          <ChevronLeft size={24} className="turns-rtl" />
        </IconButton>
        <h1 className="t-heading">{handle}</h1>
      </header>
      <Tabs
        label={t('profile.tabs')}
        options={[
          { value: 'followers', label: t('profile.followersTab') },
          { value: 'following', label: t('profile.followingTab') },
        ]}
        value={which}
        onChange={(next) => go(`/@${handle}/${next}`, { replace: true })}
      />
      {list.isLoading && <SkeletonRows />}
      {Boolean(list.error) && people.length === 0 && <ErrorState error={list.error} onRetry={list.reload} />}
      {!list.isLoading && !list.error && people.length === 0 && <EmptyState title={t('profile.nobody')} />}
      <ul>
        {people.map((person) => (
          <li key={person.handle} className="people-row">
            <Link href={`/@${person.handle}`} className="people-link">
              <Avatar person={person} sizePx={46} />
              <span>
                <span className="t-label">{person.handle}</span>
                <span className="t-small ink2">{person.name}</span>
              </span>
            </Link>
            <FollowSmall person={person} name={name} />
          </li>
        ))}
      </ul>
      <div ref={list.endRef} />
    </div>
  );
}
