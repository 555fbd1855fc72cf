/** A post's own page, `/@handle/post/:id`: works signed out; next and previous go through the list it came from. */
import type { Card, CardPage, Post } from '@vitrine/schema';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { ArrowLeft } from 'lucide-react';
import { withAnswers } from '../api/answers.tsx';
import { request, sentenceOf } from '../api/request.ts';
import { ButtonLink, IconButton } from '../ui/Button.tsx';
import { EmptyState, ErrorState, Skeleton, useIsSlow } from '../ui/State.tsx';
import { t } from '../words/words.ts';
import { SnapFeed } from '../feed/SnapFeed.tsx';
import { useIsWide } from '../ui/wide.ts';
import { heldCard, holdCards } from './cards.ts';
import { firstCard } from './first-video.ts';
import { neighboursOf } from './neighbours.ts';
import { RemovedCard, restrictionOf } from './RemovedCard.tsx';
import { TopBar } from './TopBar.tsx';
import './post.css';

const PostSide = lazy(withAnswers(() => import('./PostSide.tsx')));

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

function Playing({ card, onSwiped }: { card: Card; onSwiped: (id: string) => void }) {
  const isWide = useIsWide();
  const [first] = useState(card.id);
  const list = useAround(first, card);
  const commentId = new URLSearchParams(location.search).get('comment') ?? undefined;
  const onPlace = (id: string): void => {
    const now = heldCard(id);
    if (now === undefined) return;
    document.title = `${now.text.slice(0, 60) || now.account.handle} · Vitrine`;
    onSwiped(id);
    if (now.path !== location.pathname) history.replaceState(history.state, '', now.path);
  };
  return (
    <SnapFeed
      ids={list}
      startAt={Math.max(0, list.indexOf(first))}
      onPlace={onPlace}
      commentId={commentId}
      top={isWide ? <TopBar /> : <Back />}
      {...(isWide && {
        side: (shown: Card) => (
          <Suspense fallback={null}>
            <PostSide key={shown.id} card={shown} commentId={shown.id === first ? commentId : undefined} />
          </Suspense>
        ),
      })}
    />
  );
}

/** The card of an address: at once when the page or another screen brought it. */
function useWanted(id: string) {
  const known = (): { id: string; found?: Card | Post; error?: unknown } => {
    const card = firstCard()?.id === id ? firstCard() : heldCard(id);
    return card === undefined ? { id } : { id, found: card };
  };
  const [answer, setAnswer] = useState(known);
  const now = answer.id === id ? answer : known();
  const ask = (): void => {
    askPost(id).then(
      (found) => setAnswer({ id, found }),
      (error: unknown) => setAnswer({ id, error }),
    );
  };
  useEffect(() => {
    // On the way to another screen this one is drawn once more, with an address that is not its own.
    if (id === '') return;
    if (now.found === undefined) ask();
    else setAnswer(now);
  }, [id]);
  return { ...now, ask };
}

/** The page. */
export default function PostScreen() {
  const [path] = useLocation();
  const inAddress = /\/post\/([^/]+)/.exec(path)?.[1] ?? '';
  // A swipe changes the address too; the list stays where it is then.
  const swiped = useRef('');
  const opened = useRef(inAddress);
  if (inAddress !== swiped.current) opened.current = inAddress;
  const id = opened.current;
  const { found, error, ask } = useWanted(id);
  if (error !== undefined)
    return restrictionOf(error) !== undefined ? <Gone error={error} /> : <ErrorState error={error} onRetry={ask} />;
  if (found === undefined) return <Waiting />;
  if ('state' in found) {
    return (
      <EmptyState
        title={t('watch.notReady')}
        text={found.problem === undefined ? t('watch.notReadyText') : (found.problem.detail ?? sentenceOf(undefined))}
      >
        <ButtonLink href="/">{t('app.toFeed')}</ButtonLink>
      </EmptyState>
    );
  }
  return (
    <Playing
      key={id}
      card={found}
      onSwiped={(to) => {
        swiped.current = to;
      }}
    />
  );
}
