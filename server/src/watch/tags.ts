/** Tags that stand in public posts, and in how many. */
import { sql, type RawBuilder } from 'kysely';
import type { Tag } from '@vitrine/schema';
import type { Db } from '../platform/database.ts';
import { later, type World } from '../platform/world.ts';
import { isPostShown } from '../publish/visibility.ts';

const WEEK_MS = 7 * 86_400_000;

async function countTags(db: Db, where: RawBuilder<boolean>, limit: number): Promise<Tag[]> {
  const found = await sql<{ name: string; posts: string }>`select post_tags.tag as name, count(*) as posts
    from post_tags join posts on posts.id = post_tags.post_id
    where ${where} and ${isPostShown(undefined)} group by post_tags.tag order by count(*) desc, post_tags.tag limit ${limit}`.execute(
    db,
  );
  return found.rows.map((row) => ({ name: row.name, posts: Number(row.posts) }));
}

/** One tag; `posts` is 0 for one that nobody used. */
export async function oneTag(db: Db, name: string): Promise<Tag> {
  const [found] = await countTags(db, sql<boolean>`post_tags.tag = ${name}`, 1);
  return found ?? { name, posts: 0 };
}

/** Tags that start so, the most used first. */
export function tagsStarting(db: Db, prefix: string, limit: number): Promise<Tag[]> {
  const pattern = `${prefix.replace(/[\\%_]/g, (sign) => `\\${sign}`)}%`;
  return countTags(db, sql<boolean>`post_tags.tag like ${pattern}`, limit);
}

/** Tags of the posts of the last seven days, the most used first. */
export function popularTags(db: Db, world: World, limit: number): Promise<Tag[]> {
  return countTags(db, sql<boolean>`posts.published_at > ${later(world.now(), -WEEK_MS)}`, limit);
}
