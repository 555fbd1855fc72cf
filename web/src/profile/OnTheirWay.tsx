/** One's own posts that cannot be seen yet: how far they are, and what to do when one was refused. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { CircleAlert } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef } from 'react';
import type { OwnPosts, Post } from '@vitrine/schema';
import { request, sentenceOf } from '../api/request.ts';
import { Button } from '../ui/Button.tsx';
import { toast } from '../ui/Toast.tsx';
import { t } from '../words/words.ts';
import { Waiting } from './Waiting.tsx';

const ASK_MS = 2000;
const Scheduled = lazy(() => import('./Scheduled.tsx'));
const StillSending = lazy(() => import('./StillSending.tsx'));

function Refused({ post, onRemoved }: { post: Post; onRemoved: () => void }) {
  const remove = async (): Promise<void> => {
    await request(`/posts/${post.id}`, { method: 'DELETE' }).then(onRemoved, (error: unknown) =>
      toast(sentenceOf(error)),
    );
  };
  return (
    <li className="card on-way on-way-bad" role="alert">
      <CircleAlert size={20} aria-hidden="true" />
      <p className="t-body">{post.problem?.detail ?? t('problem.unknown')}</p>
      <Button size="small" onClick={() => void remove()}>
        {t('create.remove')}
      </Button>
    </li>
  );
}

/** The chips above the grid; nothing when all is there. */
export function OnTheirWay() {
  const cache = useQueryClient();
  const answer = useQuery({
    queryKey: ['ownPosts'],
    queryFn: () => request<OwnPosts>('/me/posts', { query: { limit: 20 } }),
    refetchInterval: (query) => (query.state.data?.posts.some((post) => post.state === 'processing') ? ASK_MS : false),
    staleTime: 0,
  });
  const posts = answer.data?.posts ?? [];
  const waiting = posts.filter((post) => post.state === 'processing');
  const refused = posts.filter((post) => post.state === 'failed');
  const scheduled = posts.filter((post) => post.state === 'scheduled');
  const before = useRef(0);
  useEffect(() => {
    if (waiting.length < before.current) void cache.invalidateQueries({ queryKey: ['profile'] });
    before.current = waiting.length;
  }, [waiting.length]);
  const isSending = localStorage.getItem('drafts') !== null;
  if (waiting.length + refused.length + scheduled.length === 0 && !isSending) return null;
  return (
    <ul className="on-way-list">
      {isSending ? (
        <Suspense fallback={null}>
          <StillSending waiting={waiting} onChanged={() => void answer.refetch()} />
        </Suspense>
      ) : (
        waiting.map((post) => <Waiting key={post.id} post={post} />)
      )}
      <Suspense fallback={null}>
        {scheduled.map((post) => (
          <Scheduled key={post.id} post={post} onChanged={() => void answer.refetch()} />
        ))}
      </Suspense>
      {refused.map((post) => (
        <Refused key={post.id} post={post} onRemoved={() => void answer.refetch()} />
      ))}
    </ul>
  );
}
