/** Who follows whom. The two counters change in the transaction of the follow. */
import type { FollowState } from '@vitrine/schema';
import { sql } from 'kysely';
import type { Db, Tx } from '../platform/database.ts';
import { writeEvent } from '../platform/outbox.ts';
import { refuse } from '../platform/problem.ts';
import type { World } from '../platform/world.ts';
import { isAccountShown } from './visibility.ts';

/** Who acts, and on whom. */
export interface Pair {
  viewerId: string;
  accountId: string;
}

/** Answer of following and unfollowing. */
interface FollowAnswer {
  follow: FollowState;
  followers: number;
}

/** Locks two accounts in one order, so that acts of the two on each other wait and never deadlock. */
export async function lockPair(tx: Tx, pair: Pair): Promise<void> {
  await tx
    .selectFrom('accounts')
    .select('id')
    .where('id', 'in', [pair.viewerId, pair.accountId])
    .orderBy('id')
    .forUpdate()
    .execute();
}

/** Follows an account, or asks to when it is private. Doing it twice changes nothing. */
export async function follow(db: Db, world: World, pair: Pair): Promise<FollowAnswer> {
  if (pair.viewerId === pair.accountId) throw refuse('not_allowed', 'One cannot follow oneself.');
  return db.transaction().execute(async (tx) => {
    await lockPair(tx, pair);
    const account = await tx
      .selectFrom('accounts')
      .select('is_private')
      .where('id', '=', pair.accountId)
      .where(isAccountShown('accounts.id', pair.viewerId))
      .executeTakeFirst();
    if (!account) throw refuse('not_found');
    if (account.is_private && (await followState(tx, pair)) !== 'following') await askToFollow(tx, world, pair);
    else if (await addFollow(tx, world, pair))
      await writeEvent(tx, world, {
        kind: 'account.followed',
        writerKey: pair.viewerId,
        body: { followerId: pair.viewerId, followeeId: pair.accountId },
      });
    return answerOf(tx, pair);
  });
}

/** Unfollows, or takes the request back. */
export async function unfollow(db: Db, world: World, pair: Pair): Promise<FollowAnswer> {
  return db.transaction().execute(async (tx) => {
    await lockPair(tx, pair);
    if (await removeFollow(tx, pair))
      await writeEvent(tx, world, {
        kind: 'account.unfollowed',
        writerKey: pair.viewerId,
        body: { followerId: pair.viewerId, followeeId: pair.accountId },
      });
    if (await removeRequest(tx, pair))
      await writeEvent(tx, world, {
        kind: 'follow.withdrawn',
        writerKey: pair.viewerId,
        body: { requesterId: pair.viewerId, accountId: pair.accountId },
      });
    return answerOf(tx, pair);
  });
}

/** Answers a request to follow; false when there is none. */
export async function answerRequest(
  db: Db,
  world: World,
  request: { accountId: string; requesterId: string; isAccepted: boolean },
): Promise<boolean> {
  const pair = { viewerId: request.requesterId, accountId: request.accountId };
  return db.transaction().execute(async (tx) => {
    await lockPair(tx, pair);
    if (!(await removeRequest(tx, pair))) return false;
    if (request.isAccepted) await accept(tx, world, pair);
    return true;
  });
}

/** Accepts all requests at once: the account has become public. */
export async function acceptAllRequests(tx: Tx, world: World, accountId: string): Promise<void> {
  const requests = await tx
    .deleteFrom('follow_requests')
    .where('account_id', '=', accountId)
    .returning('requester_id')
    .execute();
  for (const { requester_id } of requests) await accept(tx, world, { viewerId: requester_id, accountId });
}

async function accept(tx: Tx, world: World, pair: Pair): Promise<void> {
  if (!(await addFollow(tx, world, pair))) return;
  await writeEvent(tx, world, {
    kind: 'follow.accepted',
    writerKey: pair.accountId,
    body: { requesterId: pair.viewerId, accountId: pair.accountId },
  });
}

/** Ends follows and requests in both directions: one has blocked the other. */
export async function partPair(tx: Tx, pair: Pair): Promise<void> {
  for (const one of [pair, { viewerId: pair.accountId, accountId: pair.viewerId }]) {
    await removeFollow(tx, one);
    await removeRequest(tx, one);
  }
}

/** How the viewer stands to an account. */
async function followState(db: Db | Tx, pair: Pair): Promise<FollowState> {
  const following = await db
    .selectFrom('follows')
    .select('created_at')
    .where('follower_id', '=', pair.viewerId)
    .where('followee_id', '=', pair.accountId)
    .executeTakeFirst();
  if (following) return 'following';
  const asked = await db
    .selectFrom('follow_requests')
    .select('created_at')
    .where('account_id', '=', pair.accountId)
    .where('requester_id', '=', pair.viewerId)
    .executeTakeFirst();
  return asked ? 'requested' : 'none';
}

async function askToFollow(tx: Tx, world: World, pair: Pair): Promise<void> {
  const asked = await tx
    .insertInto('follow_requests')
    .values({ account_id: pair.accountId, requester_id: pair.viewerId, created_at: world.now() })
    .onConflict((conflict) => conflict.doNothing())
    .returning('requester_id')
    .executeTakeFirst();
  if (asked)
    await writeEvent(tx, world, {
      kind: 'follow.requested',
      writerKey: pair.viewerId,
      body: { requesterId: pair.viewerId, accountId: pair.accountId },
    });
}

async function addFollow(tx: Tx, world: World, pair: Pair): Promise<boolean> {
  const added = await tx
    .insertInto('follows')
    .values({ follower_id: pair.viewerId, followee_id: pair.accountId, created_at: world.now() })
    .onConflict((conflict) => conflict.doNothing())
    .returning('followee_id')
    .executeTakeFirst();
  if (added) await count(tx, pair, 1);
  return added !== undefined;
}

async function removeFollow(tx: Tx, pair: Pair): Promise<boolean> {
  const removed = await tx
    .deleteFrom('follows')
    .where('follower_id', '=', pair.viewerId)
    .where('followee_id', '=', pair.accountId)
    .executeTakeFirst();
  if (removed.numDeletedRows === 0n) return false;
  await count(tx, pair, -1);
  return true;
}

async function removeRequest(tx: Tx, pair: Pair): Promise<boolean> {
  const removed = await tx
    .deleteFrom('follow_requests')
    .where('account_id', '=', pair.accountId)
    .where('requester_id', '=', pair.viewerId)
    .executeTakeFirst();
  return removed.numDeletedRows > 0n;
}

async function count(tx: Tx, pair: Pair, by: 1 | -1): Promise<void> {
  await tx
    .updateTable('accounts')
    .set({ follower_count: sql`follower_count + ${by}::integer` })
    .where('id', '=', pair.accountId)
    .execute();
  await tx
    .updateTable('accounts')
    .set({ following_count: sql`following_count + ${by}::integer` })
    .where('id', '=', pair.viewerId)
    .execute();
}

async function answerOf(tx: Tx, pair: Pair): Promise<FollowAnswer> {
  const account = await tx
    .selectFrom('accounts')
    .select('follower_count')
    .where('id', '=', pair.accountId)
    .executeTakeFirst();
  return { follow: await followState(tx, pair), followers: account?.follower_count ?? 0 };
}
