/** Comments on a phone: a sheet over 70 % of the height; the video plays on above it. */
import type { Card, Comment } from '@vitrine/schema';
import { useState } from 'react';
import { Sheet } from '../ui/Overlay.tsx';
import { shortNumber } from '../words/figures.ts';
import { t } from '../words/words.ts';
import { CommentList, SortButton } from './CommentList.tsx';
import { Composer } from './Composer.tsx';
import type { CommentSort } from './threads.ts';

/** What the sheet and the panel need. */
export interface CommentsProps {
  card: Card;
  commentId?: string | undefined;
  onClose: () => void;
  onSeek: (seconds: number) => void;
}

/** The sheet. */
export default function CommentSheet({ card, commentId, onClose, onSeek }: CommentsProps) {
  const [sort, setSort] = useState<CommentSort>('top');
  const [replyTo, setReplyTo] = useState<Comment | undefined>(undefined);
  return (
    <Sheet
      title={t('comment.title')}
      count={shortNumber(card.counts.comments)}
      aside={<SortButton sort={sort} onSort={setSort} />}
      isTall
      isClear
      onClose={onClose}
      footer={
        card.allow.comments && <Composer postId={card.id} replyTo={replyTo} onReplyEnd={() => setReplyTo(undefined)} />
      }
    >
      <CommentList card={card} sort={sort} commentId={commentId} onReply={setReplyTo} onSeek={onSeek} />
    </Sheet>
  );
}
