/** Where posts stood: the shelves of the newest epoch beside those seen before. All of it is public; it is kept because epochs are not. */
import { decodeHeads, fetchTree, type ShelfEntry } from '@vitrine/ranking';
import { sql } from 'kysely';
import type { Db } from '../platform/database.ts';
import type { MediaStore } from '../platform/media-store.ts';
import type { World } from '../platform/world.ts';
import { readBytes } from '../shelves/file-cache.ts';
import type { ShelfStore } from '../shelves/store.ts';

/** Stays that ended are kept so long, as heads are. */
const KEEP_DAYS = 30;

/** A stay of a post on a shelf. */
export interface Stand {
  shelf: string;
  since: Date;
  /** Absent: it stands there now. */
  until: Date | undefined;
}

/** Notes what came and what left since the last look; costs as much as there are changed shelves. */
export async function recordStands(grounds: {
  db: Db;
  world: World;
  media: MediaStore;
  shelves: ShelfStore;
}): Promise<void> {
  const { db, world, media, shelves } = grounds;
  const newest = await shelves.newestEpoch();
  if (newest === undefined) return;
  const heads = decodeHeads(await readBytes(media, newest.headsHash));
  const { shelves: entries } = await fetchTree(heads, (hash) => readBytes(media, hash), ['page of heads']);
  const seen = await db.selectFrom('stand_files').selectAll().execute();
  const before = new Map(seen.map(({ shelf, hash }) => [shelf, hash]));
  const now = world.now();
  for (const entry of entries) if (before.get(entry.name) !== entry.hash) await take(db, entry, now);
  const names = new Set(entries.map(({ name }) => name));
  for (const { shelf } of seen) if (!names.has(shelf)) await close(db, shelf, now);
}

/** One shelf's newest file: its rows in the database name its posts. */
async function take(db: Db, { name, hash }: ShelfEntry, now: Date): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const file = await tx.selectFrom('shelf_files').select('hash').where('hash', '=', hash).executeTakeFirst();
    if (file === undefined) return;
    await sql`update post_stands set until_at = ${now} where shelf = ${name} and until_at is null and post not in
      (select each.value::bigint from shelf_files cross join jsonb_array_elements_text(shelf_files.posts) each(value)
        where shelf_files.hash = ${hash})`.execute(tx);
    await sql`insert into post_stands (post, shelf, since_at)
      select each.value::bigint, ${name}, ${now}
      from shelf_files cross join jsonb_array_elements_text(shelf_files.posts) each(value)
      where shelf_files.hash = ${hash} and not exists (select 1 from post_stands open
        where open.post = each.value::bigint and open.shelf = ${name} and open.until_at is null)
      on conflict do nothing`.execute(tx);
    await tx
      .insertInto('stand_files')
      .values({ shelf: name, hash })
      .onConflict((conflict) => conflict.column('shelf').doUpdateSet({ hash }))
      .execute();
  });
}

async function close(db: Db, shelf: string, now: Date): Promise<void> {
  await db.transaction().execute(async (tx) => {
    await tx
      .updateTable('post_stands')
      .set({ until_at: now })
      .where('shelf', '=', shelf)
      .where('until_at', 'is', null)
      .execute();
    await tx.deleteFrom('stand_files').where('shelf', '=', shelf).execute();
  });
}

/** The newest stays of a post. */
export async function standsOf(db: Db, post: number, most: number): Promise<Stand[]> {
  const rows = await db
    .selectFrom('post_stands')
    .selectAll()
    .where('post', '=', String(post))
    .orderBy(sql`until_at is null`, 'desc')
    .orderBy('since_at', 'desc')
    .limit(most)
    .execute();
  return rows.map((row) => ({ shelf: row.shelf, since: row.since_at, until: row.until_at ?? undefined }));
}

/** Forgets stays that ended long ago. */
export async function forgetOldStands(db: Db, world: World): Promise<void> {
  const before = new Date(world.now().getTime() - KEEP_DAYS * 86_400_000);
  await db.deleteFrom('post_stands').where('until_at', '<', before).execute();
}
