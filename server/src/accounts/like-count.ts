/** How many likes stand on an account's posts. Changed in the transaction that makes or takes back a like. */
import type { Tx } from '../platform/database.ts';

/** Moves the counter of an account. */
export async function changeLikeCount(tx: Tx, accountId: string, by: number): Promise<void> {
  await tx
    .updateTable('accounts')
    .set((eb) => ({ like_count: eb('like_count', '+', String(by)) }))
    .where('id', '=', accountId)
    .execute();
}
