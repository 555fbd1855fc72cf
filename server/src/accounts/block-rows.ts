/** Blocks (neither sees the other any more) and mutes (one is spared the other, who does not learn of it). */
import type { Db } from '../platform/database.ts';
import { writeEvent } from '../platform/outbox.ts';
import { refuse } from '../platform/problem.ts';
import type { World } from '../platform/world.ts';
import { lockPair, partPair, type Pair } from './follow-rows.ts';

/** Blocks an account: follows and requests end in both directions. */
export async function block(db: Db, world: World, pair: Pair): Promise<void> {
  if (pair.viewerId === pair.accountId) throw refuse('not_allowed', 'One cannot block oneself.');
  await db.transaction().execute(async (tx) => {
    await lockPair(tx, pair);
    await tx
      .insertInto('blocks')
      .values({ blocker_id: pair.viewerId, blocked_id: pair.accountId, created_at: world.now() })
      .onConflict((conflict) => conflict.doNothing())
      .execute();
    await partPair(tx, pair);
    await writeEvent(tx, world, {
      kind: 'account.blocked',
      writerKey: pair.viewerId,
      body: { blockerId: pair.viewerId, blockedId: pair.accountId },
    });
  });
}

/** Takes a block back. Follows do not come back by themselves. */
export async function unblock(db: Db, pair: Pair): Promise<void> {
  await db
    .deleteFrom('blocks')
    .where('blocker_id', '=', pair.viewerId)
    .where('blocked_id', '=', pair.accountId)
    .execute();
}

/** Mutes an account. */
export async function mute(db: Db, world: World, pair: Pair): Promise<void> {
  if (pair.viewerId === pair.accountId) throw refuse('not_allowed', 'One cannot mute oneself.');
  await db
    .insertInto('mutes')
    .values({ muter_id: pair.viewerId, muted_id: pair.accountId, created_at: world.now() })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Takes a mute back. */
export async function unmute(db: Db, pair: Pair): Promise<void> {
  await db.deleteFrom('mutes').where('muter_id', '=', pair.viewerId).where('muted_id', '=', pair.accountId).execute();
}
