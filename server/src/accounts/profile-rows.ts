/** Profiles and lists of people, as a given viewer may see them. */
import type { FollowState, People, Person, Profile } from '@vitrine/schema';
import { sql, type Expression, type ExpressionBuilder, type SqlBool } from 'kysely';
import { pageOf, readCursor, type Cursor } from '../platform/cursor.ts';
import type { Db } from '../platform/database.ts';
import { publicMediaUrl } from '../platform/media-url.ts';
import type { Settings } from '../platform/settings.ts';
import type { Tables } from '../platform/tables.ts';
import { openRestriction, type Restriction } from '../restrict/store.ts';
import { isAccountOpen, isAccountShown, isAudience, isFollowedBy, isUnblocked } from './visibility.ts';

/** Columns of `accounts` that make a person. */
export interface PersonRow {
  handle: string;
  name: string;
  avatar_file_id: string | null;
}

/** The few facts shown beside anything an account made. */
export function personOf(row: PersonRow, settings: Pick<Settings, 'mediaUrl' | 'publicUrl'>): Person {
  return { handle: row.handle, name: row.name, avatarUrl: publicMediaUrl(settings, row.avatar_file_id) };
}

type AccountsExpressions = ExpressionBuilder<Tables, 'accounts'>;

/** How the viewer stands to the row's account, as columns. */
function viewerColumns(eb: AccountsExpressions, viewerId: string) {
  const exists = (condition: Expression<unknown>) => sql<boolean>`exists (${condition})`;
  const own = eb.ref('accounts.id');
  return [
    sql<boolean>`${isFollowedBy('accounts.id', viewerId)}`.as('is_followed'),
    exists(
      eb
        .selectFrom('follow_requests')
        .select(sql.lit(1).as('one'))
        .whereRef('account_id', '=', own)
        .where('requester_id', '=', viewerId),
    ).as('is_requested'),
    exists(
      eb
        .selectFrom('follows')
        .select(sql.lit(1).as('one'))
        .whereRef('follower_id', '=', own)
        .where('followee_id', '=', viewerId),
    ).as('follows_me'),
    exists(
      eb
        .selectFrom('blocks')
        .select(sql.lit(1).as('one'))
        .whereRef('blocked_id', '=', own)
        .where('blocker_id', '=', viewerId),
    ).as('is_blocked'),
    exists(
      eb
        .selectFrom('mutes')
        .select(sql.lit(1).as('one'))
        .whereRef('muted_id', '=', own)
        .where('muter_id', '=', viewerId),
    ).as('is_muted'),
  ] as const;
}

/** A viewer who is nobody: no account has this id. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

/**
 * A profile, or undefined when the account is not there or not shown to the viewer.
 * Whoever blocked an account still sees its profile, to take the block back; whoever was blocked sees nothing.
 */
export async function findProfile(
  { db, settings }: { db: Db; settings: Settings },
  accountId: string,
  viewerId: string | undefined,
): Promise<Profile | undefined> {
  const viewer = viewerId ?? NOBODY;
  const isOpenToViewer = (eb: AccountsExpressions) =>
    eb.and([
      sql<SqlBool>`${isAccountOpen('accounts.id')}`,
      eb.not(
        eb.exists(
          eb
            .selectFrom('blocks')
            .select('created_at')
            .whereRef('blocker_id', '=', 'accounts.id')
            .where('blocked_id', '=', viewer),
        ),
      ),
    ]);
  const row = await db
    .selectFrom('accounts')
    .selectAll('accounts')
    .select((eb) => viewerColumns(eb, viewer))
    .where('accounts.id', '=', accountId)
    .where((eb) => eb.or([eb('accounts.id', '=', viewer), isOpenToViewer(eb)]))
    .executeTakeFirst();
  if (!row) return undefined;
  const isMe = row.id === viewerId;
  return {
    ...personOf(row, settings),
    id: row.id,
    bio: row.bio,
    links: readLinks(row.links),
    isPrivate: row.is_private,
    createdAt: row.created_at.toISOString(),
    counts: {
      followers: row.follower_count,
      following: row.following_count,
      posts: row.post_count,
      likes: Number(row.like_count),
    },
    ...(viewerId === undefined
      ? {}
      : {
          viewer: {
            isMe,
            follow: followOf(row),
            followsMe: Boolean(row.follows_me),
            isBlocked: Boolean(row.is_blocked),
            isMuted: Boolean(row.is_muted),
          },
        }),
  };
}

/** Why an account that is not shown is withheld; undefined when it is leaving, or the viewer may not know of it. */
export async function suspensionOf(
  db: Db,
  accountId: string,
  viewerId: string | undefined,
): Promise<Restriction | undefined> {
  const row = await db
    .selectFrom('accounts')
    .select('id')
    .where('id', '=', accountId)
    .where('leaves_at', 'is', null)
    .where(isUnblocked('accounts.id', viewerId))
    .executeTakeFirst();
  return row && openRestriction(db, accountId);
}

function followOf(row: { is_followed: unknown; is_requested: unknown }): FollowState {
  return row.is_followed ? 'following' : row.is_requested ? 'requested' : 'none';
}

function readLinks(links: unknown): string[] {
  return Array.isArray(links) ? links.filter((link) => typeof link === 'string') : [];
}

/** Which list of people. `of` is the account whose list it is. */
export interface PeopleList {
  kind: 'followers' | 'following' | 'blocked' | 'muted' | 'requests';
  of: string;
  viewerId: string | undefined;
  after: string | undefined;
  limit: number;
}

const LISTS = {
  followers: { table: 'follows', owner: 'followee_id', member: 'follower_id' },
  following: { table: 'follows', owner: 'follower_id', member: 'followee_id' },
  blocked: { table: 'blocks', owner: 'blocker_id', member: 'blocked_id' },
  muted: { table: 'mutes', owner: 'muter_id', member: 'muted_id' },
  requests: { table: 'follow_requests', owner: 'account_id', member: 'requester_id' },
} as const;

interface MemberRow extends PersonRow {
  id: string;
  at: Date;
  is_followed: boolean;
  is_requested: boolean;
}

/** A page of a list, newest first, without those who are not shown to the viewer. */
export async function listPeople(db: Db, settings: Settings, list: PeopleList): Promise<People> {
  const { table, owner, member } = LISTS[list.kind];
  const cursor = readCursor(list.after);
  const viewer = list.viewerId ?? NOBODY;
  // One's own blocks are listed although the blocked are hidden everywhere else.
  const isListed =
    list.kind === 'blocked' ? isAccountOpen('accounts.id') : isAccountShown('accounts.id', list.viewerId);
  const at = sql`${sql.table(table)}.created_at`;
  const isAfter =
    cursor === undefined ? sql`true` : sql`(${at}, accounts.id) < (${cursor.at}::timestamptz, ${cursor.id}::uuid)`;
  const rows = await sql<MemberRow>`
    select accounts.id, accounts.handle, accounts.name, accounts.avatar_file_id, ${at} as at,
      ${isFollowedBy('accounts.id', viewer)} as is_followed,
      exists (select 1 from follow_requests r where r.account_id = accounts.id and r.requester_id = ${viewer}) as is_requested
    from ${sql.table(table)} join accounts on accounts.id = ${sql.table(table)}.${sql.ref(member)}
    where ${sql.table(table)}.${sql.ref(owner)} = ${list.of} and ${isAfter} and ${isListed}
    order by ${at} desc, accounts.id desc limit ${list.limit + 1}`.execute(db);
  const page = pageOf(rows.rows, list.limit, (row): Cursor => ({ at: row.at, id: row.id }));
  return { accounts: page.rows.map((row) => memberOf(row, settings, list.viewerId)), next: page.next };
}

function memberOf(
  row: Omit<MemberRow, 'at'>,
  settings: Settings,
  viewerId: string | undefined,
): People['accounts'][number] {
  return {
    ...personOf(row, settings),
    ...(viewerId === undefined ? {} : { viewer: { isMe: row.id === viewerId, follow: followOf(row) } }),
  };
}

/** Whether the viewer may see whom an account follows and who follows it. */
export async function mayListFollows(db: Db, accountId: string, viewerId: string | undefined): Promise<boolean> {
  const row = await db
    .selectFrom('accounts')
    .select('id')
    .where('id', '=', accountId)
    .where(isAccountShown('accounts.id', viewerId))
    .where(isAudience('accounts.id', viewerId))
    .executeTakeFirst();
  return row !== undefined;
}

/** People whose handle begins so: those the viewer follows first, then the most followed. For @ completion. */
export async function completeHandle(
  db: Db,
  settings: Settings,
  query: { prefix: string; viewerId: string | undefined; limit: number },
): Promise<People> {
  const viewer = query.viewerId ?? NOBODY;
  const pattern = `${query.prefix.replace(/[\\%_]/g, '\\$&')}%`;
  const rows = await sql<Omit<MemberRow, 'at'>>`
    select accounts.id, accounts.handle, accounts.name, accounts.avatar_file_id, ${isFollowedBy('accounts.id', viewer)} as is_followed,
      exists (select 1 from follow_requests r where r.account_id = accounts.id and r.requester_id = ${viewer}) as is_requested
    from accounts where accounts.handle like ${pattern} and ${isAccountShown('accounts.id', query.viewerId)}
    order by is_followed desc, accounts.handle = ${query.prefix} desc, accounts.follower_count desc, accounts.handle limit ${query.limit}`.execute(
    db,
  );
  return { accounts: rows.rows.map((row) => memberOf(row, settings, query.viewerId)), next: null };
}
