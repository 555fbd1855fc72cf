/** How many posts stand on a profile. Changed in the transaction that shows or hides a post. */
import type { Tx } from '../platform/database.ts';

/** Moves the counter of an account. */
export async function changePostCount(tx: Tx, accountId: string, by: 1 | -1): Promise<void> {
  await tx
    .updateTable('accounts')
    .set((eb) => ({ post_count: eb('post_count', '+', by) }))
    .where('id', '=', accountId)
    .execute();
}
