/** A post's own page, `/@handle/post/:id`: works signed out; next and previous go through the list it came from. */
import { useQuery } from '@tanstack/react-query';
import type { Card, CardPage, Post } from '@vitrine/schema';
import { useEffect, useState } from 'react';
import { useLocation } from 'wouter';
import { ArrowLeft } from 'lucide-react';
import { request, sentenceOf } from '../api/request.ts';
import { ButtonLink, IconButton } from '../ui/Button.tsx';
import { EmptyState, ErrorState, Skeleton, useIsSlow } from '../ui/State.tsx';
import { t } from '../words/words.ts';
import { SnapFeed } from '../feed/SnapFeed.tsx';
import { useIsWide } from '../ui/wide.ts';
import { heldCard, holdCards } from './cards.ts';
import { firstCard } from './first-video.ts';
import { neighboursOf } from './neighbours.ts';
import { PostSide } from './PostSide.tsx';
import { RemovedCard, restrictionOf } from './RemovedCard.tsx';
import { TopBar } from './TopBar.tsx';
import './post.css';

const AUTHOR_POSTS = 30;

async function askPost(id: string): Promise<Card | Post> {
  const served = firstCard();
  if (served?.id === id) return served;
  const held = heldCard(id);
  if (held !== undefined) return held;
  const post = await request<Post>(`/posts/${id}`);
  if (post.card === undefined) return post;
  holdCards([post.card]);
  return post.card;
}

/** The list around the post: where it was opened from, else the author's posts. */
function useAround(id: string, card: Card | undefined): readonly string[] {
  const [list, setList] = useState<readonly string[]>(() => neighboursOf(id) ?? [id]);
  const handle = card?.account.handle;
  useEffect(() => {
    if (handle === undefined || neighboursOf(id) !== undefined) return;
    request<CardPage>(`/accounts/${encodeURIComponent(handle)}/posts`, { query: { limit: AUTHOR_POSTS } }).then(
      (page) => {
        holdCards(page.posts);
        setList([id, ...page.posts.map((post) => post.id).filter((each) => each !== id)]);
      },
      () => undefined,
    );
  }, [id, handle]);
  return list;
}

function Back() {
  const [, navigate] = useLocation();
  const back = (): void => (history.length > 1 ? history.back() : navigate('/'));
  return (
    <header className="post-back">
      <IconButton label={t('ui.back')} onClick={back}>
        <ArrowLeft size={24} className="turns-rtl" />
      </IconButton>
    </header>
  );
}

function Gone({ error }: { error: unknown }) {
  return (
    <section className="feed post-gone">
      <TopBar />
      <RemovedCard error={error} />
      <ButtonLink href="/" kind="plain">
        {t('app.toFeed')}
      </ButtonLink>
    </section>
  );
}

function Waiting() {
  if (!useIsSlow()) return null;
  return (
    <section className="feed">
      <div className="stage" role="status" aria-label={t('ui.loading')}>
        <Skeleton className="feed-loading-page" />
      </div>
    </section>
  );
}

function Playing({ card }: { card: Card }) {
  const isWide = useIsWide();
  const [first] = useState(card.id);
  const list = useAround(first, card);
  const commentId = new URLSearchParams(location.search).get('comment') ?? undefined;
  const onPlace = (id: string): void => {
    const now = heldCard(id);
    if (now === undefined) return;
    document.title = `${now.text.slice(0, 60) || now.account.handle} · Vitrine`;
    if (now.path !== location.pathname) history.replaceState(history.state, '', now.path);
  };
  return (
    <SnapFeed
      ids={list}
      startAt={Math.max(0, list.indexOf(first))}
      onPlace={onPlace}
      commentId={commentId}
      top={isWide ? <TopBar /> : <Back />}
      {...(isWide && { side: (shown: Card) => <PostSide key={shown.id} card={shown} commentId={shown.id === first ? commentId : undefined} /> })}
    />
  );
}

/** The page. */
export default function PostScreen({ params }: { params: Record<string, string | undefined> }) {
  const [opened] = useState(params['id'] ?? '');
  const [location] = useLocation();
  const wanted = /\/post\/([^/]+)/.exec(location)?.[1] ?? opened;
  const post = useQuery({ queryKey: ['postPage', wanted], queryFn: () => askPost(wanted), ...(firstCard()?.id === wanted && { initialData: firstCard() }) });
  const found = post.data;
  if (found === undefined) {
    if (post.error === null) return <Waiting />;
    return restrictionOf(post.error) !== undefined ? <Gone error={post.error} /> : <ErrorState error={post.error} onRetry={() => void post.refetch()} />;
  }
  if ('state' in found) {
    return (
      <EmptyState title={t('watch.notReady')} text={found.problem === undefined ? t('watch.notReadyText') : (found.problem.detail ?? sentenceOf(undefined))}>
        <ButtonLink href="/">{t('app.toFeed')}</ButtonLink>
      </EmptyState>
    );
  }
  return <Playing key={wanted} card={found} />;
}
