/**
 * SQL conditions on accounts, for every serving query. An account is shown unless it is leaving or suspended;
 * people who blocked one another do not see each other; what a private account published is for its followers.
 * `account` is always the column that holds the account's id, as `table.column`.
 */
import { sql, type RawBuilder } from 'kysely';
import { isUnrestricted } from '../restrict/store.ts';

/** The account is neither leaving nor suspended. */
export function isAccountOpen(account: string): RawBuilder<boolean> {
  const isStaying = sql<boolean>`exists (select 1 from accounts open_account where open_account.id = ${sql.ref(account)} and open_account.leaves_at is null)`;
  return sql<boolean>`(${isStaying} and ${isUnrestricted(account)})`;
}

/** Neither has blocked the other. True for viewers who are not signed in. */
export function isUnblocked(account: string, viewerId: string | undefined): RawBuilder<boolean> {
  if (viewerId === undefined) return sql<boolean>`true`;
  const column = sql.ref(account);
  return sql<boolean>`not exists (select 1 from blocks where (blocks.blocker_id = ${column} and blocks.blocked_id = ${viewerId})
    or (blocks.blocker_id = ${viewerId} and blocks.blocked_id = ${column}))`;
}

/** The account is shown to the viewer: open, and neither has blocked the other. One's own is always shown to oneself. */
export function isAccountShown(account: string, viewerId: string | undefined): RawBuilder<boolean> {
  const isShown = sql<boolean>`(${isAccountOpen(account)} and ${isUnblocked(account, viewerId)})`;
  return viewerId === undefined ? isShown : sql<boolean>`(${sql.ref(account)} = ${viewerId} or ${isShown})`;
}

/** What the account shows to everyone is shown to the viewer too: it is not private, or the viewer follows it or is it. */
export function isAudience(account: string, viewerId: string | undefined): RawBuilder<boolean> {
  const column = sql.ref(account);
  const isPublic = sql<boolean>`exists (select 1 from accounts public_account where public_account.id = ${column} and not public_account.is_private)`;
  if (viewerId === undefined) return isPublic;
  return sql<boolean>`(${column} = ${viewerId} or ${isPublic} or ${isFollowedBy(account, viewerId)})`;
}

/** The viewer follows the account. */
export function isFollowedBy(account: string, viewerId: string): RawBuilder<boolean> {
  return sql<boolean>`exists (select 1 from follows where follows.follower_id = ${viewerId} and follows.followee_id = ${sql.ref(account)})`;
}

/** The viewer has muted the account. False for viewers who are not signed in. */
export function isMutedBy(account: string, viewerId: string | undefined): RawBuilder<boolean> {
  if (viewerId === undefined) return sql<boolean>`false`;
  return sql<boolean>`exists (select 1 from mutes where mutes.muter_id = ${viewerId} and mutes.muted_id = ${sql.ref(account)})`;
}
