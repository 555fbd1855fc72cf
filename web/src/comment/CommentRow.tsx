/** One comment: who, when, what, its heart, its replies and what can be done with it. */
import type { Comment } from '@vitrine/schema';
import { ChevronDown, ChevronUp, Copy, Ellipsis, Flag, Heart, Pin, PinOff, Trash2 } from 'lucide-react';
import { Fragment, useEffect, useRef, useState } from 'react';
import { Link, useLocation } from 'wouter';
import { Avatar } from '../ui/Avatar.tsx';
import { Menu, type MenuRow } from '../ui/Overlay.tsx';
import { toast } from '../ui/Toast.tsx';
import { fullMoment, shortNumber, sinceThen } from '../words/figures.ts';
import { t } from '../words/words.ts';
import { PostText } from '../watch/PostText.tsx';
import { deleteComment, flat, likeComment, pinComment, useReplies } from './threads.ts';

const MOMENT = /\b(\d{1,2}:[0-5]\d)\b/g;

/** What a row may ask of the panel around it. */
interface RowAround {
  onReply: (comment: Comment) => void;
  onSeek: (seconds: number) => void;
  markedId: string | undefined;
}

/** Text in which a time such as 0:21 leads to that moment of the video. */
function CommentText({ text, onSeek }: { text: string; onSeek: (seconds: number) => void }) {
  return (
    <p className="comment-text" dir="auto">
      {text.split(MOMENT).map((part, place) => {
        if (place % 2 === 0)
          return (
            <Fragment key={place}>
              <PostText text={part} />
            </Fragment>
          );
        const [minutes = 0, seconds = 0] = part.split(':').map(Number);
        return (
          <button
            key={place}
            type="button"
            className="comment-moment num"
            onClick={() => onSeek(minutes * 60 + seconds)}
          >
            {part}
          </button>
        );
      })}
    </p>
  );
}

function useMenuRows(comment: Comment): MenuRow[] {
  const [, navigate] = useLocation();
  const rows: MenuRow[] = [
    {
      label: t('comment.copy'),
      icon: <Copy size={20} />,
      onChoose: () => void navigator.clipboard.writeText(comment.text).then(() => toast(t('comment.copied'))),
    },
  ];
  if (comment.viewer?.canPin === true && comment.parentId === null) {
    const { isPinned } = comment;
    rows.push({
      label: isPinned ? t('comment.unpin') : t('comment.pin'),
      icon: isPinned ? <PinOff size={20} /> : <Pin size={20} />,
      onChoose: () => void pinComment(comment, !isPinned),
    });
  }
  if (comment.viewer?.isMine !== true) {
    rows.push({
      label: t('comment.report'),
      icon: <Flag size={20} />,
      onChoose: () => navigate(`/complaint?kind=comment&id=${comment.id}`),
    });
  }
  if (comment.viewer?.canDelete === true)
    rows.push({
      label: t('comment.delete'),
      icon: <Trash2 size={20} />,
      isDanger: true,
      onChoose: () => void deleteComment(comment),
    });
  return rows;
}

function Replies({ comment, around }: { comment: Comment; around: RowAround }) {
  const replies = useReplies(comment);
  const all = flat(replies.data);
  useEffect(() => {
    if (around.markedId !== undefined && comment.replies > 0) replies.open();
  }, []);
  if (comment.replies === 0 && all.length === 0) return null;
  if (!replies.isOpen) {
    return (
      <button type="button" className="comment-act" onClick={replies.open}>
        <ChevronDown size={16} />
        {t('comment.viewReplies', { n: comment.replies })}
      </button>
    );
  }
  return (
    <div className="comment-replies">
      {all.map((reply) => (
        <CommentRow key={reply.id} comment={reply} around={around} />
      ))}
      {replies.hasNextPage && (
        <button type="button" className="comment-act" onClick={() => void replies.fetchNextPage()}>
          <ChevronDown size={16} />
          {t('comment.moreReplies')}
        </button>
      )}
      <button type="button" className="comment-act" onClick={replies.shut}>
        <ChevronUp size={16} />
        {t('comment.hideReplies')}
      </button>
    </div>
  );
}

function CommentHeart({ comment }: { comment: Comment }) {
  const hasLiked = comment.viewer?.hasLiked === true;
  return (
    <button
      type="button"
      className={`comment-heart num ${hasLiked ? 'is-on' : ''}`}
      aria-pressed={hasLiked}
      aria-label={t('comment.like', { n: comment.likes })}
      onClick={() => void likeComment(comment, !hasLiked)}
    >
      <Heart size={20} strokeWidth={1.75} />
      {comment.likes > 0 && <span>{shortNumber(comment.likes)}</span>}
    </button>
  );
}

/** A comment with its replies below it. */
export function CommentRow({ comment, around }: { comment: Comment; around: RowAround }) {
  const [menuAt, setMenuAt] = useState<{ x: number; y: number } | undefined>(undefined);
  const row = useRef<HTMLLIElement>(null);
  const rows = useMenuRows(comment);
  const isMarked = around.markedId === comment.id;
  const isReply = comment.parentId !== null;
  useEffect(() => {
    if (isMarked) row.current?.scrollIntoView({ block: 'center' });
  }, [isMarked]);
  return (
    <li ref={row} className={`comment ${isMarked ? 'is-marked' : ''}`}>
      {comment.isPinned && (
        <p className="comment-pinned t-small">
          <Pin size={14} aria-hidden="true" />
          {t('comment.pinnedByAuthor')}
        </p>
      )}
      <div
        className="comment-row"
        onContextMenu={(event) => {
          if ((event.target as Element).closest('a') !== null) return;
          event.preventDefault();
          setMenuAt({ x: event.clientX, y: event.clientY });
        }}
      >
        <Link href={`/@${comment.account.handle}`} tabIndex={-1} aria-hidden="true">
          <Avatar person={comment.account} sizePx={isReply ? 26 : 34} />
        </Link>
        <div className="comment-body">
          <p className="comment-who">
            <Link href={`/@${comment.account.handle}`}>{comment.account.handle}</Link>
            {comment.isAuthor && <span className="comment-badge">{t('comment.author')}</span>}
            <time className="ink3" dateTime={comment.createdAt} title={fullMoment(comment.createdAt)}>
              {sinceThen(comment.createdAt)}
            </time>
          </p>
          <CommentText text={comment.text} onSeek={around.onSeek} />
          <div className="comment-acts">
            <button type="button" className="comment-act" onClick={() => around.onReply(comment)}>
              {t('comment.reply')}
            </button>
            {!isReply && <Replies comment={comment} around={around} />}
            <button
              type="button"
              className="comment-act comment-more"
              aria-label={t('ui.more')}
              onClick={(event) => setMenuAt({ x: event.clientX, y: event.clientY })}
            >
              <Ellipsis size={16} />
            </button>
          </div>
        </div>
        <CommentHeart comment={comment} />
      </div>
      {menuAt !== undefined && (
        <Menu label={t('ui.more')} rows={rows} at={menuAt} onClose={() => setMenuAt(undefined)} />
      )}
    </li>
  );
}
