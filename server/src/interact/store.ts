/** What people do with posts. Owns `likes`, `saves`, `reposts`, `comments`, `comment_likes`. */
import type { Comment, CommentPage } from '@vitrine/schema';
import type { Db } from '../platform/database.ts';
import type { Settings } from '../platform/settings.ts';
import type { World } from '../platform/world.ts';
import { deleteComment, pinComment, undeleteComment } from './comment-care.ts';
import { listComments, listReplies, oneComment, type CommentListOrder } from './comment-lists.ts';
import { likeComment, writeComment, type CommentAct, type CommentOrder } from './comments.ts';
import { forgetAccount, forgetPost } from './forget.ts';
import { setMark, takeMark, type Marked, type MarkOrder } from './marks.ts';

/** The owner of marks and comments. */
export interface InteractStore {
  setMark(order: MarkOrder): Promise<Marked>;
  takeMark(order: MarkOrder): Promise<Marked>;
  comments(postId: string, order: CommentListOrder & { sort: 'top' | 'newest' }): Promise<CommentPage>;
  replies(commentId: string, order: CommentListOrder): Promise<CommentPage>;
  write(order: CommentOrder): Promise<Comment>;
  deleteComment(act: CommentAct): Promise<void>;
  undeleteComment(act: CommentAct): Promise<Comment>;
  pin(act: CommentAct, isPinned: boolean): Promise<Comment>;
  likeComment(act: CommentAct & { isLiked: boolean }): Promise<{ likes: number; hasLiked: boolean }>;
  /** A post is gone for good: so is all that people did with it. */
  forgetPost(postId: string, authorId: string): Promise<void>;
  /** An account is gone for good: so is all that it did. */
  forgetAccount(accountId: string): Promise<void>;
}

/** The store over a database. */
export function interactStore(db: Db, world: World, settings: Pick<Settings, 'mediaUrl' | 'publicUrl'>): InteractStore {
  const reading = { db, settings };
  return {
    setMark: (order) => setMark(db, world, order),
    takeMark: (order) => takeMark(db, world, order),
    comments: (postId, order) => listComments(reading, postId, order),
    replies: (commentId, order) => listReplies(reading, commentId, order),
    write: async (order) => oneComment(reading, await writeComment(db, world, order), order.accountId),
    deleteComment: (act) => deleteComment(db, world, act),
    undeleteComment: async (act) => {
      await undeleteComment(db, world, act);
      return oneComment(reading, act.commentId, act.accountId);
    },
    pin: async (act, isPinned) => {
      await pinComment(db, act, isPinned);
      return oneComment(reading, act.commentId, act.accountId);
    },
    likeComment: (order) => likeComment(db, world, order),
    forgetPost: (postId, authorId) => forgetPost(db, postId, authorId),
    forgetAccount: (accountId) => forgetAccount(db, accountId),
  };
}
