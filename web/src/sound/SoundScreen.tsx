/** The page of a sound: hear it, see who used it, use it. */
import { useQuery } from '@tanstack/react-query';
import { ChevronDown, Video } from 'lucide-react';
import { useState } from 'react';
import type { CardPage, Sound } from '@vitrine/schema';
import { ApiProblem, request } from '../api/request.ts';
import { Button, ButtonLink } from '../ui/Button.tsx';
import { Menu } from '../ui/Overlay.tsx';
import { EmptyState, ErrorState, Skeleton, SkeletonGrid } from '../ui/State.tsx';
import { usePages } from '../ui/use-pages.ts';
import { PictureGrid } from '../watch/PictureGrid.tsx';
import { t } from '../words/words.ts';
import { Credits, Muted, SameRecording } from './SoundNotes.tsx';
import { SoundBar, SoundHead } from './SoundHead.tsx';
import { SoundPlayer } from './SoundPlayer.tsx';
import './sound-page.css';

type Sort = 'mostLiked' | 'newest';
const SORTS: readonly Sort[] = ['mostLiked', 'newest'];

/** The name under which a sound's answer is cached. */
function soundKey(id: string): readonly string[] {
  return ['sound', id];
}

function PostsHead({ sound, sort, onSort }: { sound: Sound; sort: Sort; onSort: (sort: Sort) => void }) {
  const [at, setAt] = useState<{ x: number; y: number } | undefined>(undefined);
  return (
    <div className="sound-posts-head">
      <h2 className="t-sub num">{t('soundPage.posts', { n: sound.postCount })}</h2>
      {sound.postCount > 1 && (
        <button
          type="button"
          className="sound-sort t-label"
          aria-haspopup="menu"
          onClick={(event) => setAt({ x: event.clientX - 120, y: event.clientY + 12 })}
        >
          {t(`soundPage.${sort}`)}
          <ChevronDown size={18} aria-hidden="true" />
        </button>
      )}
      {at !== undefined && (
        <Menu
          label={t('soundPage.sort')}
          at={at}
          onClose={() => setAt(undefined)}
          rows={SORTS.map((each) => ({
            label: t(`soundPage.${each}`),
            isChosen: each === sort,
            onChoose: () => onSort(each),
          }))}
        />
      )}
    </div>
  );
}

function Posts({ sound }: { sound: Sound }) {
  const [sort, setSort] = useState<Sort>('mostLiked');
  const list = usePages<CardPage>(['sound', sound.id, 'posts', sort], `/sounds/${sound.id}/posts`, { sort, limit: 30 });
  const cards = list.pages.flatMap((page) => page.posts);
  return (
    <section className="sound-posts">
      <PostsHead sound={sound} sort={sort} onSort={setSort} />
      {list.isLoading && <SkeletonGrid />}
      {Boolean(list.error) && cards.length === 0 && <ErrorState error={list.error} onRetry={list.reload} />}
      {!list.isLoading && !list.error && sound.postCount === 0 && cards.length === 0 && (
        <p className="t-body ink2 sound-no-posts">{t('soundPage.noPosts')}</p>
      )}
      <PictureGrid cards={cards} />
      <div ref={list.endRef} />
    </section>
  );
}

/** The main act, or why it is not there. */
function Use({ sound }: { sound: Sound }) {
  const isMine = sound.viewer?.isMine === true;
  const reason = sound.muted
    ? t('soundPage.mutedCannot')
    : sound.state === 'processing'
      ? t('soundPage.processing')
      : !sound.allowUse && !isMine
        ? t('soundPage.notLent')
        : undefined;
  const face = { kind: 'main', size: 'tall', isWide: true, icon: <Video size={20} aria-hidden="true" /> } as const;
  return reason === undefined ? (
    <ButtonLink {...face} href={`/create?sound=${sound.id}`}>
      {t('soundPage.use')}
    </ButtonLink>
  ) : (
    <div className="sound-use-off">
      <Button {...face} disabledReason={reason}>
        {t('soundPage.use')}
      </Button>
      <p className="t-small ink2">{reason}</p>
    </div>
  );
}

function Waiting() {
  return (
    <div className="sound-page">
      <div className="sound-head">
        <Skeleton className="sound-cover" />
        <div>
          <Skeleton className="skeleton-line" />
          <Skeleton className="skeleton-line skeleton-long" />
        </div>
      </div>
      <SkeletonGrid />
    </div>
  );
}

const POLL_MS = 1500;

/** The screen. */
export default function SoundScreen({ params }: { params: Record<string, string | undefined> }) {
  const id = params['id'] ?? '';
  const answer = useQuery({
    queryKey: soundKey(id),
    queryFn: () => request<Sound>(`/sounds/${encodeURIComponent(id)}`),
    refetchInterval: (query) => (query.state.data?.state === 'processing' ? POLL_MS : false),
    enabled: id !== '',
  });
  const { data: sound, error } = answer;
  if (error instanceof ApiProblem && (error.status === 404 || error.status === 400))
    return (
      <EmptyState title={t('soundPage.goneTitle')} text={t('soundPage.goneText')}>
        <ButtonLink href="/explore" kind="main">
          {t('app.explore')}
        </ButtonLink>
      </EmptyState>
    );
  if (error) return <ErrorState error={error} onRetry={() => void answer.refetch()} />;
  if (!sound) return <Waiting />;
  return (
    <div className="sound-page">
      <SoundBar sound={sound} />
      <div className="sound-top">
        <SoundHead sound={sound} />
        {sound.muted ? <Muted muted={sound.muted} /> : <SoundPlayer key={sound.audioUrl} sound={sound} />}
        <Use sound={sound} />
        <SameRecording sound={sound} />
        <Credits sound={sound} />
      </div>
      <Posts sound={sound} />
    </div>
  );
}
