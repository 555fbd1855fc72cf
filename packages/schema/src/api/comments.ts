/** Comments and marks: `/api/v1/posts/:id/comments`, `/comments/:id`, `/posts/:id/like|save|repost`. */
import { z } from 'zod';
import { idSchema } from '../ids.ts';
import { LIMITS } from '../limits.ts';
import { personSchema } from './accounts.ts';
import { nextSchema, timeSchema } from './paging.ts';
import { countsSchema, postViewerSchema } from './posts.ts';

/** top: pinned first, then likes + replies, newest first among equals. */
export const commentSortSchema = z.enum(['top', 'newest']);
export const commentSchema = z.object({
  id: idSchema,
  postId: idSchema,
  parentId: idSchema.nullable(),
  account: personSchema,
  isAuthor: z.boolean(),
  text: z.string(),
  createdAt: timeSchema,
  isPinned: z.boolean(),
  likes: z.number().int(),
  replies: z.number().int(),
  viewer: z
    .object({ isMine: z.boolean(), hasLiked: z.boolean(), canDelete: z.boolean(), canPin: z.boolean() })
    .optional(),
});
export type Comment = z.infer<typeof commentSchema>;
/** `around` (a comment's id in the query of the list) puts that comment's thread first: deep links. */
export const commentPageSchema = z.object({
  comments: z.array(commentSchema),
  next: nextSchema,
  total: z.number().int(),
});
export type CommentPage = z.infer<typeof commentPageSchema>;
/** `POST /posts/:id/comments`, header Idempotency-Key. */
export const commentWriteSchema = z.object({
  text: z.string().trim().min(1).max(LIMITS.commentChars),
  parentId: idSchema.optional(),
});
/** Answer of every mark (`PUT|DELETE /posts/:id/like` …). */
export const markedSchema = z.object({ counts: countsSchema, viewer: postViewerSchema });
/** Answer of `PUT|DELETE /comments/:id/like`. */
export const commentMarkedSchema = z.object({ likes: z.number().int(), hasLiked: z.boolean() });
