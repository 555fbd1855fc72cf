/** Which posts stand in a list, and in what order: ids alone. One statement a list; paging by (time, id) of the last row seen. */
import { sql, type RawBuilder } from 'kysely';
import { isAccountShown, isFollowedBy, isMutedBy } from '../accounts/visibility.ts';
import { cursorText, pageOf, readCursor } from '../platform/cursor.ts';
import type { Db } from '../platform/database.ts';
import { later, type World } from '../platform/world.ts';
import { isPostShown } from '../publish/visibility.ts';

/** A page of ids. */
export interface Skeleton {
  ids: string[];
  next: string | null;
}

/** A page of Following: some posts stand there by a repost. */
interface FollowingSkeleton extends Skeleton {
  /** From a post's id to the account that reposted it. */
  repostedBy: ReadonlyMap<string, string>;
}

/** Where to go on, how many, for whom. */
export interface PageOrder {
  after: string | undefined;
  limit: number;
  viewerId: string | undefined;
}

interface TimedRow {
  id: string;
  at: Date;
}

/** What differs between lists ordered by time. */
interface TimedList {
  from: RawBuilder<unknown>;
  /** The column of the time by which the list is ordered. */
  at: RawBuilder<unknown>;
  where: RawBuilder<boolean>;
}

const WEEK_MS = 7 * 86_400_000;
const PUBLISHED_AT = sql`posts.published_at`;
const ALL = sql<boolean>`true`;

async function timedPage(db: Db, order: PageOrder, list: TimedList): Promise<Skeleton> {
  const after = readCursor(order.after);
  const isLater = after === undefined ? ALL : sql<boolean>`(${list.at}, posts.id) < (${after.at}, ${after.id})`;
  const found = await sql<TimedRow>`select posts.id, ${list.at} as at from ${list.from}
    where ${list.where} and ${isPostShown(order.viewerId)} and ${isLater}
    order by ${list.at} desc, posts.id desc limit ${order.limit + 1}`.execute(db);
  const page = pageOf(found.rows, order.limit, (row) => row);
  return { ids: page.rows.map((row) => row.id), next: page.next };
}

function notMuted(viewerId: string | undefined): RawBuilder<boolean> {
  return viewerId === undefined ? ALL : sql<boolean>`not ${isMutedBy('posts.account_id', viewerId)}`;
}

/** Everything public, newest first. */
export function latest(db: Db, order: PageOrder): Promise<Skeleton> {
  const isPublic = sql<boolean>`posts.audience = 'everyone' and posts.state = 'published' and ${notMuted(order.viewerId)}`;
  return timedPage(db, order, { from: sql`posts`, at: PUBLISHED_AT, where: isPublic });
}

/**
 * What those whom the viewer follows published or reposted, newest first. A post stands once: at its publishing where its
 * author is followed, else at the last repost. Each half gives no more rows than the page needs.
 */
export async function following(db: Db, order: PageOrder & { viewerId: string }): Promise<FollowingSkeleton> {
  const { viewerId } = order;
  const after = readCursor(order.after);
  const isShown = sql<boolean>`${notMuted(viewerId)} and ${isPostShown(viewerId)}`;
  const half = ({ from, at, by, where }: TimedList & { by: RawBuilder<unknown> }) => {
    const isLater = after === undefined ? ALL : sql<boolean>`(${at}, posts.id) < (${after.at}, ${after.id})`;
    return sql`(select posts.id, ${at} as at, ${by} as by from ${from} where ${where} and ${isShown} and ${isLater}
      order by ${at} desc, posts.id desc limit ${order.limit + 1})`;
  };
  const followees = sql`select followee_id from follows where follower_id = ${viewerId}`;
  const published = half({
    from: sql`posts`,
    at: PUBLISHED_AT,
    by: sql`null::uuid`,
    where: sql`posts.account_id in (${followees})`,
  });
  const reposted = half({
    from: sql`(${lastReposts(viewerId, followees)}) marks join posts on posts.id = marks.post_id`,
    at: sql`marks.created_at`,
    by: sql`marks.account_id`,
    where: sql`posts.account_id <> ${viewerId} and not ${isFollowedBy('posts.account_id', viewerId)}`,
  });
  const found = await sql<TimedRow & { by: string | null }>`${published} union all ${reposted}
    order by at desc, id desc limit ${order.limit + 1}`.execute(db);
  const page = pageOf(found.rows, order.limit, (row) => row);
  const repostedBy = new Map(page.rows.flatMap(({ id, by }) => (by === null ? [] : [[id, by] as const])));
  return { ids: page.rows.map((row) => row.id), next: page.next, repostedBy };
}

/** The last repost of each post by accounts that the viewer follows, sees and has not muted. */
function lastReposts(viewerId: string, followees: RawBuilder<unknown>): RawBuilder<unknown> {
  return sql`select distinct on (reposts.post_id) reposts.post_id, reposts.created_at, reposts.account_id from reposts
    where reposts.account_id in (${followees}) and ${isAccountShown('reposts.account_id', viewerId)}
      and not ${isMutedBy('reposts.account_id', viewerId)}
    order by reposts.post_id, reposts.created_at desc, reposts.account_id`;
}

/** What an account published. */
export function ofAccount(db: Db, order: PageOrder, accountId: string): Promise<Skeleton> {
  return timedPage(db, order, {
    from: sql`posts`,
    at: PUBLISHED_AT,
    where: sql<boolean>`posts.account_id = ${accountId}`,
  });
}

/** Public posts with a tag. */
export function ofTag(db: Db, order: PageOrder, tag: string): Promise<Skeleton> {
  const from = sql`post_tags join posts on posts.id = post_tags.post_id`;
  const where = sql<boolean>`post_tags.tag = ${tag} and posts.audience = 'everyone' and ${notMuted(order.viewerId)}`;
  return timedPage(db, order, { from, at: PUBLISHED_AT, where });
}

/** What the viewer liked, saved or reposted, last mark first. */
export function marked(
  db: Db,
  order: PageOrder & { viewerId: string },
  table: 'likes' | 'saves' | 'reposts',
): Promise<Skeleton> {
  const from = sql`${sql.table(table)} marks join posts on posts.id = marks.post_id`;
  return timedPage(db, order, {
    from,
    at: sql`marks.created_at`,
    where: sql<boolean>`marks.account_id = ${order.viewerId}`,
  });
}

/**
 * Public posts by the likes that they got in the last seven days, those without left out.
 * The cursor holds the count in place of the time; a post whose count changes between two pages may be seen twice or missed.
 */
export async function mostLiked(db: Db, world: World, order: PageOrder): Promise<Skeleton> {
  const after = readCursor(order.after);
  const isLater = after === undefined ? ALL : sql<boolean>`(ranked.n, posts.id) < (${after.at.getTime()}, ${after.id})`;
  const found = await sql<{ id: string; n: string }>`select posts.id, ranked.n from
      (select likes.post_id, count(*) as n from likes where likes.created_at > ${later(world.now(), -WEEK_MS)} group by likes.post_id) ranked
      join posts on posts.id = ranked.post_id
    where posts.audience = 'everyone' and ${notMuted(order.viewerId)} and ${isPostShown(order.viewerId)} and ${isLater}
    order by ranked.n desc, posts.id desc limit ${order.limit + 1}`.execute(db);
  const rows = found.rows.slice(0, order.limit);
  const last = rows.at(-1);
  const hasMore = found.rows.length > order.limit && last !== undefined;
  return {
    ids: rows.map((row) => row.id),
    next: hasMore ? cursorText({ at: new Date(Number(last.n)), id: last.id }) : null,
  };
}
