/** The counters of a post. They change in the transaction of the event that they count. */
import type { Tx } from '../platform/database.ts';

export type PostCounter = 'like_count' | 'comment_count' | 'repost_count' | 'save_count';

/** Moves a counter of a post. */
export async function bumpCounter(tx: Tx, postId: string, bump: { counter: PostCounter; by: number }): Promise<void> {
  await tx
    .updateTable('posts')
    .set((eb) => ({ [bump.counter]: eb(bump.counter, '+', bump.by) }))
    .where('id', '=', postId)
    .execute();
}
