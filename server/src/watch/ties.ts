/** What an account keeps that its devices rank and mark by: follows, blocks, likes, saves. Nothing here comes from watching. */
import { LIMITS, type AccountTies } from '@vitrine/schema';
import { sql } from 'kysely';
import type { Db } from '../platform/database.ts';

/** The newest of each. */
export async function tiesOf(db: Db, accountId: string): Promise<AccountTies> {
  const follows = await db
    .selectFrom('follows')
    .innerJoin('accounts', 'accounts.id', 'follows.followee_id')
    .select(['accounts.id', 'accounts.handle'])
    .where('follows.follower_id', '=', accountId)
    .orderBy('follows.created_at', 'desc')
    .limit(LIMITS.ties)
    .execute();
  const blocks = await sql<{ id: string }>`
    select blocked_id as id from blocks where blocker_id = ${accountId}
    union select blocker_id from blocks where blocked_id = ${accountId}
    union select muted_id from mutes where muter_id = ${accountId}
    limit ${LIMITS.ties}`.execute(db);
  const account = await db.selectFrom('accounts').select('age_band').where('id', '=', accountId).executeTakeFirst();
  return {
    follows,
    blocks: blocks.rows.map(({ id }) => id),
    liked: await markedBy(db, 'likes', accountId),
    saved: await markedBy(db, 'saves', accountId),
    reposted: await markedBy(db, 'reposts', accountId),
    savedSounds: await savedSounds(db, accountId),
    isAdult: account?.age_band === '18over',
  };
}

async function markedBy(db: Db, table: 'likes' | 'saves' | 'reposts', accountId: string): Promise<string[]> {
  const rows = await db
    .selectFrom(table)
    .select('post_id')
    .where('account_id', '=', accountId)
    .orderBy('created_at', 'desc')
    .limit(LIMITS.ties)
    .execute();
  return rows.map((row) => row.post_id);
}

async function savedSounds(db: Db, accountId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('sound_saves')
    .select('sound_id')
    .where('account_id', '=', accountId)
    .orderBy('created_at', 'desc')
    .limit(LIMITS.ties)
    .execute();
  return rows.map((row) => row.sound_id);
}
