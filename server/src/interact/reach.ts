/** The post that somebody wants to act on, read in the transaction of the act. */
import type { Tx } from '../platform/database.ts';
import { refusalOfPost } from '../publish/removed.ts';
import { isPostShown } from '../publish/visibility.ts';

/** What acts need to know of a post. */
export interface ReachedPost {
  id: string;
  authorId: string;
  audience: string;
  allowsComments: boolean;
}

/** The post if the viewer may watch it; else undefined. */
export async function reachPost(
  tx: Tx,
  postId: string,
  viewerId: string | undefined,
): Promise<ReachedPost | undefined> {
  const row = await tx
    .selectFrom('posts')
    .select(['posts.id', 'posts.account_id', 'posts.audience', 'posts.allow_comments'])
    .where('posts.id', '=', postId)
    .where(isPostShown(viewerId))
    .executeTakeFirst();
  return row && { id: row.id, authorId: row.account_id, audience: row.audience, allowsComments: row.allow_comments };
}

/**
 * The same, for acts that need it.
 * @throws removed when it was public and the operator took it away, not_found when it does not exist or is not for the viewer
 */
export async function demandPost(tx: Tx, postId: string, viewerId: string | undefined): Promise<ReachedPost> {
  const post = await reachPost(tx, postId, viewerId);
  if (!post) throw await refusalOfPost(tx, postId, viewerId);
  return post;
}
