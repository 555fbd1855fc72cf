/** The counters of a post. They change in the transaction of the event that they count. */
import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';

/** The columns that count what people did with a post. */
export type PostCounter = 'like_count' | 'comment_count' | 'repost_count' | 'save_count';

/** Moves a counter of a post. */
export async function bumpCounter(tx: Tx, postId: string, bump: { counter: PostCounter; by: number }): Promise<void> {
  await tx
    .updateTable('posts')
    .set((eb) => ({ [bump.counter]: eb(bump.counter, '+', bump.by) }))
    .where('id', '=', postId)
    .execute();
}

/** Sets what is shown as views: of posts by public number, rounded and late, because views are counted from watching. */
export async function publishViews(tx: Tx, views: readonly { post: number; views: number }[]): Promise<void> {
  await sql`update posts set view_count = counted.views
    from jsonb_to_recordset(${JSON.stringify(views)}::jsonb) as counted(post bigint, views integer)
    where posts.public_number = counted.post`.execute(tx);
}
