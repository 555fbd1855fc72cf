/** What remains of acts when their post or their person is gone for good: nothing, and the counters agree. */
import { sql } from 'kysely';
import { changeLikeCount } from '../accounts/like-count.ts';
import type { Db, Tx } from '../platform/database.ts';

/** What the counters of a post mean, in SQL: the sums of their rows. */
export const POST_SUMS = sql`like_count = (select count(*) from likes where likes.post_id = posts.id),
  save_count = (select count(*) from saves where saves.post_id = posts.id),
  repost_count = (select count(*) from reposts where reposts.post_id = posts.id),
  comment_count = (select count(*) from comments c left join comments head on head.id = c.parent_id
    where c.post_id = posts.id and c.deleted_at is null and (c.parent_id is null or head.deleted_at is null))`;
/** The same for comments. */
export const COMMENT_SUMS = sql`like_count = (select count(*) from comment_likes where comment_likes.comment_id = comments.id),
  reply_count = (select count(*) from comments replies where replies.parent_id = comments.id and replies.deleted_at is null)`;

/** Deletes all acts on a post. */
export async function forgetPost(db: Db, postId: string, authorId: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const likes = await tx.deleteFrom('likes').where('post_id', '=', postId).executeTakeFirst();
    await changeLikeCount(tx, authorId, -Number(likes.numDeletedRows));
    await tx.deleteFrom('saves').where('post_id', '=', postId).execute();
    await tx.deleteFrom('reposts').where('post_id', '=', postId).execute();
    await tx
      .deleteFrom('comment_likes')
      .where('comment_id', 'in', tx.selectFrom('comments').select('id').where('post_id', '=', postId))
      .execute();
    await tx.deleteFrom('comments').where('post_id', '=', postId).execute();
    await sql`update posts set ${POST_SUMS} where id = ${postId}`.execute(tx);
  });
}

/** Deletes all acts of an account, the answers to its comments too. */
export async function forgetAccount(db: Db, accountId: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const touched = await sql<{ id: string }>`select post_id as id from likes where account_id = ${accountId}
      union select post_id from saves where account_id = ${accountId} union select post_id from reposts where account_id = ${accountId}
      union select post_id from comments where account_id = ${accountId}`.execute(tx);
    const likedComments = await tx
      .deleteFrom('comment_likes')
      .where('account_id', '=', accountId)
      .returning('comment_id')
      .execute();
    for (const table of ['likes', 'saves', 'reposts'] as const)
      await tx.deleteFrom(table).where('account_id', '=', accountId).execute();
    const threads = await tx
      .selectFrom('comments')
      .select('parent_id')
      .where('account_id', '=', accountId)
      .where('parent_id', 'is not', null)
      .execute();
    const isGone = sql<boolean>`(comments.account_id = ${accountId} or comments.parent_id in (select own.id from comments own where own.account_id = ${accountId}))`;
    await tx
      .deleteFrom('comment_likes')
      .where('comment_id', 'in', tx.selectFrom('comments').select('id').where(isGone))
      .execute();
    await tx.deleteFrom('comments').where(isGone).execute();
    await recountComments(tx, [
      ...likedComments.map((row) => row.comment_id),
      ...threads.flatMap((row) => row.parent_id ?? []),
    ]);
    for (const post of touched.rows) await recountPost(tx, post.id);
  });
}

async function recountComments(tx: Tx, ids: readonly string[]): Promise<void> {
  for (const id of new Set(ids)) await sql`update comments set ${COMMENT_SUMS} where id = ${id}`.execute(tx);
}

/** Counts a post's acts anew, and what they add to its author. */
async function recountPost(tx: Tx, postId: string): Promise<void> {
  await sql`update posts set ${POST_SUMS} where id = ${postId}`.execute(tx);
  await sql`update accounts set like_count = (select count(*) from likes join posts on posts.id = likes.post_id where posts.account_id = accounts.id)
    where id = (select posts.account_id from posts where posts.id = ${postId})`.execute(tx);
}
