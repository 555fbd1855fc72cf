/** Which sounds stand in a list, and in what order; and which posts carry a sound. Ids alone. */
import { sql, type RawBuilder } from 'kysely';
import { cursorText, pageOf, readCursor } from '../platform/cursor.ts';
import type { Db } from '../platform/database.ts';
import { later, type World } from '../platform/world.ts';
import { isPostShown } from '../publish/visibility.ts';
import { isSoundShown, isSoundUsable } from '../sounds/visibility.ts';
import type { PageOrder, Skeleton } from './skeletons.ts';
import { usesSound } from './sound-facts.ts';

const WEEK_MS = 7 * 86_400_000;
const ALL = sql<boolean>`true`;

/** A list of sounds with words to look for. */
export interface SoundOrder extends PageOrder {
  search?: string | undefined;
}

interface RankedRow {
  id: string;
  n: string;
}

/** Sounds that others may use, whose title, artist or account holds every word. */
function isFound({ search, viewerId }: SoundOrder): RawBuilder<boolean> {
  const words = (search ?? '').replaceAll('\0', '').trim().split(/\s+/).filter(Boolean).slice(0, 8);
  const holdsAll = words.map((word) => {
    const pattern = `%${word.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
    return sql<boolean>`(sounds.title ilike ${pattern} or sounds.artist ilike ${pattern}
      or exists (select 1 from accounts named where named.id = sounds.account_id and (named.name ilike ${pattern} or named.handle ilike ${pattern})))`;
  });
  return sql<boolean>`sounds.is_public and sounds.allow_use and ${isSoundUsable(viewerId)} and ${holdsAll.length === 0 ? ALL : sql.join(holdsAll, sql` and `)}`;
}

/** Most used in public posts of the last seven days, beside the one it comes from; those without use behind them, newest first. The cursor holds the count in place of the time. */
export async function trendingSounds(db: Db, world: World, order: SoundOrder): Promise<Skeleton> {
  const after = readCursor(order.after);
  const used = sql`(select uses.of_sound_id, count(*) as n from posts join sound_credits uses on uses.sound_id = posts.sound_id
      join sounds used_sounds on used_sounds.id = uses.of_sound_id and used_sounds.post_id is distinct from posts.id
    where posts.published_at > ${later(world.now(), -WEEK_MS)} and ${isPostShown(undefined)} group by uses.of_sound_id)`;
  const isLater =
    after === undefined ? ALL : sql<boolean>`(coalesce(used.n, 0), sounds.id) < (${after.at.getTime()}, ${after.id})`;
  const found =
    await sql<RankedRow>`select sounds.id, coalesce(used.n, 0) as n from sounds left join ${used} used on used.of_sound_id = sounds.id
    where ${isFound(order)} and ${isLater} order by coalesce(used.n, 0) desc, sounds.id desc limit ${order.limit + 1}`.execute(
      db,
    );
  return rankedPage(found.rows, order.limit);
}

/** Newest first. */
export function newestSounds(db: Db, order: SoundOrder): Promise<Skeleton> {
  return timedSounds(db, order, { from: sql`sounds`, at: sql`sounds.created_at`, where: isFound(order) });
}

/** The viewer's own, in every state, newest first. */
export function ownSounds(db: Db, order: PageOrder & { viewerId: string }): Promise<Skeleton> {
  const isOwn = sql<boolean>`sounds.account_id = ${order.viewerId}`;
  return timedSounds(db, order, { from: sql`sounds`, at: sql`sounds.created_at`, where: isOwn });
}

/** What the viewer saved, last saved first. */
export function savedSounds(db: Db, order: PageOrder & { viewerId: string }): Promise<Skeleton> {
  const from = sql`sound_saves marks join sounds on sounds.id = marks.sound_id`;
  const isMarked = sql<boolean>`marks.account_id = ${order.viewerId} and ${isSoundShown(order.viewerId)}`;
  return timedSounds(db, order, { from, at: sql`marks.created_at`, where: isMarked });
}

async function timedSounds(
  db: Db,
  order: PageOrder,
  list: { from: RawBuilder<unknown>; at: RawBuilder<unknown>; where: RawBuilder<boolean> },
): Promise<Skeleton> {
  const after = readCursor(order.after);
  const isLater = after === undefined ? ALL : sql<boolean>`(${list.at}, sounds.id) < (${after.at}, ${after.id})`;
  const found = await sql<{ id: string; at: Date }>`select sounds.id, ${list.at} as at from ${list.from}
    where ${list.where} and ${isLater} order by ${list.at} desc, sounds.id desc limit ${order.limit + 1}`.execute(db);
  const page = pageOf(found.rows, order.limit, (row) => row);
  return { ids: page.rows.map((row) => row.id), next: page.next };
}

/** Posts that carry a sound, or one made from it, the most liked first; the cursor holds the count. */
export async function mostLikedOfSound(db: Db, order: PageOrder, soundId: string): Promise<Skeleton> {
  const after = readCursor(order.after);
  const isLater =
    after === undefined ? ALL : sql<boolean>`(posts.like_count, posts.id) < (${after.at.getTime()}, ${after.id})`;
  const found = await sql<RankedRow>`select posts.id, posts.like_count as n from posts
    where ${usesSound(sql`${soundId}`)} and ${isPostShown(order.viewerId)} and ${isLater}
    order by posts.like_count desc, posts.id desc limit ${order.limit + 1}`.execute(db);
  return rankedPage(found.rows, order.limit);
}

/** The same, newest first. */
export async function newestOfSound(db: Db, order: PageOrder, soundId: string): Promise<Skeleton> {
  const after = readCursor(order.after);
  const isLater = after === undefined ? ALL : sql<boolean>`(posts.published_at, posts.id) < (${after.at}, ${after.id})`;
  const found = await sql<{ id: string; at: Date }>`select posts.id, posts.published_at as at from posts
    where ${usesSound(sql`${soundId}`)} and ${isPostShown(order.viewerId)} and ${isLater}
    order by posts.published_at desc, posts.id desc limit ${order.limit + 1}`.execute(db);
  const page = pageOf(found.rows, order.limit, (row) => row);
  return { ids: page.rows.map((row) => row.id), next: page.next };
}

function rankedPage(found: readonly RankedRow[], limit: number): Skeleton {
  const rows = found.slice(0, limit);
  const last = rows.at(-1);
  const hasMore = found.length > limit && last !== undefined;
  return {
    ids: rows.map((row) => row.id),
    next: hasMore ? cursorText({ at: new Date(Number(last.n)), id: last.id }) : null,
  };
}
