/** The list of a post's comments with its order, shared by sheet, panel and permalink. */
import type { Card, Comment } from '@vitrine/schema';
import { ChevronDown, Info } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { ErrorState, SkeletonRows } from '../ui/State.tsx';
import { Menu } from '../ui/Overlay.tsx';
import { t } from '../words/words.ts';
import { CommentRow } from './CommentRow.tsx';
import { flat, useComments, type CommentSort } from './threads.ts';
import './comment.css';

/** The button that shows and changes the order. */
export function SortButton({ sort, onSort }: { sort: CommentSort; onSort: (sort: CommentSort) => void }) {
  const [at, setAt] = useState<{ x: number; y: number } | undefined>(undefined);
  const row = (value: CommentSort, label: string) => ({
    label,
    isChosen: sort === value,
    onChoose: () => onSort(value),
  });
  return (
    <>
      <button
        type="button"
        className="comment-sort t-small"
        onClick={(event) => setAt({ x: event.clientX - 120, y: event.clientY + 14 })}
      >
        {sort === 'top' ? t('comment.top') : t('comment.newest')}
        <ChevronDown size={16} />
      </button>
      {at !== undefined && (
        <Menu
          label={t('comment.order')}
          at={at}
          onClose={() => setAt(undefined)}
          rows={[row('top', t('comment.top')), row('newest', t('comment.newest'))]}
        />
      )}
    </>
  );
}

/** Calls `onReached` when the element scrolls near. */
function Reached({ onReached }: { onReached: () => void }) {
  const mark = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (mark.current === null) return undefined;
    const watcher = new IntersectionObserver(
      (entries) => entries.some((entry) => entry.isIntersecting) && onReached(),
      { rootMargin: '300px' },
    );
    watcher.observe(mark.current);
    return () => watcher.disconnect();
  }, [onReached]);
  return <div ref={mark} />;
}

/** All comments, newest pages fetched as one scrolls. */
export function CommentList({
  card,
  sort,
  commentId,
  onReply,
  onSeek,
}: {
  card: Card;
  sort: CommentSort;
  commentId: string | undefined;
  onReply: (comment: Comment) => void;
  onSeek: (seconds: number) => void;
}) {
  const comments = useComments(card.id, sort, commentId);
  if (!card.allow.comments) return <p className="comment-none t-body ink2">{t('comment.areOff')}</p>;
  if (comments.isPending) return <SkeletonRows />;
  if (comments.isError) return <ErrorState error={comments.error} onRetry={() => void comments.refetch()} />;
  const all = flat(comments.data);
  if (all.length === 0) return <p className="comment-none t-body ink2">{t('comment.none')}</p>;
  return (
    <>
      <ul className="comment-list">
        {all.map((comment) => (
          <CommentRow key={comment.id} comment={comment} around={{ onReply, onSeek, markedId: commentId }} />
        ))}
      </ul>
      {comments.hasNextPage && <Reached onReached={() => void comments.fetchNextPage()} />}
      {sort === 'top' && all.length > 2 && (
        <p className="comment-how t-small ink3">
          <Info size={14} aria-hidden="true" />
          {t('comment.topMeans')}
        </p>
      )}
    </>
  );
}
