/** Comments beside the player on a wide page; the feed stays usable. */
import type { Comment } from '@vitrine/schema';
import { X } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { IconButton } from '../ui/Button.tsx';
import { shortNumber } from '../words/figures.ts';
import { t } from '../words/words.ts';
import { CommentList, SortButton } from './CommentList.tsx';
import type { CommentsProps } from './CommentSheet.tsx';
import { Composer } from './Composer.tsx';
import type { CommentSort } from './threads.ts';

/** The panel. Esc closes it. */
export default function CommentPanel({ card, commentId, onClose, onSeek }: CommentsProps) {
  const [sort, setSort] = useState<CommentSort>('top');
  const [replyTo, setReplyTo] = useState<Comment | undefined>(undefined);
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && document.querySelector('dialog[open]') === null) onClose();
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, [onClose]);
  return (
    <aside className="panel" ref={panel} data-scrolls aria-label={t('comment.title')}>
      <header className="panel-head">
        <h2 className="t-heading">
          {t('comment.title')} <span className="sheet-count num">{shortNumber(card.counts.comments)}</span>
        </h2>
        <SortButton sort={sort} onSort={setSort} />
        <IconButton label={t('ui.close')} sizePx={36} onClick={onClose}>
          <X size={22} />
        </IconButton>
      </header>
      <div className="panel-content">
        <CommentList card={card} sort={sort} commentId={commentId} onReply={setReplyTo} onSeek={onSeek} />
      </div>
      {card.allow.comments && (
        <footer className="panel-foot">
          <Composer postId={card.id} replyTo={replyTo} onReplyEnd={() => setReplyTo(undefined)} />
        </footer>
      )}
    </aside>
  );
}
