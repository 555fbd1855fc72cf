/** Views for the public: once a UTC day, from 20 on, rounded down to 5, so that no single watch can be read from them. */
import type { Db } from '../platform/database.ts';
import { utcDay, type World } from '../platform/world.ts';
import { publishViews } from '../publish/counters.ts';

/** Fewer views are not told. */
export const FEWEST_VIEWS = 20;
/** What is told is a multiple of this. */
export const VIEWS_STEP = 5;

const LAST_DAY = 'views_published_day';
const PAGE = 1000;

/** The number that is shown; undefined below the least. Pure. */
export function shownViews(views: number): number | undefined {
  return views < FEWEST_VIEWS ? undefined : Math.floor(views / VIEWS_STEP) * VIEWS_STEP;
}

/** Publishes the day's views; does nothing when that was done today. */
export async function publishDay(db: Db, world: World): Promise<void> {
  const today = Date.parse(utcDay(world.now())) / 86_400_000;
  const last = await db.selectFrom('counters').select('value').where('name', '=', LAST_DAY).executeTakeFirst();
  if (last && Number(last.value) >= today) return;
  while (await publishPage(db));
  await db
    .insertInto('counters')
    .values({ name: LAST_DAY, value: today })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: today }))
    .execute();
}

/** Publishes those whose number has grown by a step; false when there are no more. */
async function publishPage(db: Db): Promise<boolean> {
  return db.transaction().execute(async (tx) => {
    const rows = await tx
      .selectFrom('post_reports')
      .select(['post', 'views'])
      .where('views', '>=', FEWEST_VIEWS)
      .where((eb) =>
        eb.or([eb('published_views', 'is', null), eb('views', '>=', eb('published_views', '+', VIEWS_STEP))]),
      )
      .orderBy('post')
      .limit(PAGE)
      .execute();
    const shown = rows.map((row) => ({ post: Number(row.post), views: shownViews(row.views) ?? 0 }));
    await publishViews(tx, shown);
    for (const { post, views } of shown)
      await tx.updateTable('post_reports').set({ published_views: views }).where('post', '=', String(post)).execute();
    return rows.length === PAGE;
  });
}
