/** Once a UTC day: what authors may see of each post, of all posts that changed since they were last published. */
import { sql } from 'kysely';
import type { Db, Tx } from '../platform/database.ts';
import { utcDay, type World } from '../platform/world.ts';
import { FEWEST_VIEWS } from '../tickets/views.ts';
import { figuresOf, isAnyShown } from './figures.ts';

const LAST_DAY = 'figures_published_day';
const PAGE = 1000;

interface SumsRow {
  post: string;
  views: number;
  outcomes: Record<string, number> | null;
  last: { views: number | null; retention: (number | null)[] } | null;
}

/** Publishes the day's figures; does nothing when that was done today. */
export async function publishFigures(db: Db, world: World): Promise<void> {
  const day = utcDay(world.now());
  const today = Date.parse(day) / 86_400_000;
  const last = await db.selectFrom('counters').select('value').where('name', '=', LAST_DAY).executeTakeFirst();
  if (last && Number(last.value) >= today) return;
  for (let after: string | undefined = '0'; after !== undefined;) after = await publishPage(db, day, after);
  await db
    .insertInto('counters')
    .values({ name: LAST_DAY, value: today })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value: today }))
    .execute();
}

/** Answers with the last post of the page; undefined when there are no more. */
async function publishPage(db: Db, day: string, after: string): Promise<string | undefined> {
  return db.transaction().execute(async (tx) => {
    const rows = await sumsAfter(tx, after);
    const changed = rows.flatMap((row) => {
      const outcomes = Object.entries(row.outcomes ?? {}).map(([bucket, count]) => [Number(bucket), count] as const);
      const shown = figuresOf(row.views, new Map(outcomes));
      const figures = { views: shown.views ?? null, retention: shown.retention };
      if (!isAnyShown(shown) || JSON.stringify(row.last) === JSON.stringify(figures)) return [];
      return [{ post: row.post, day, views: figures.views, retention: JSON.stringify(figures.retention) }];
    });
    if (changed.length > 0)
      await tx
        .insertInto('post_figures')
        .values(changed)
        .onConflict((conflict) => conflict.columns(['post', 'day']).doNothing())
        .execute();
    return rows.length < PAGE ? undefined : rows.at(-1)?.post;
  });
}

async function sumsAfter(tx: Tx, after: string): Promise<SumsRow[]> {
  const found = await sql<SumsRow>`select post_reports.post, post_reports.views,
      (select json_object_agg(outcome_bucket, count) from post_outcomes where post_outcomes.post = post_reports.post) as outcomes,
      (select json_build_object('views', figures.views, 'retention', figures.retention) from post_figures figures
        where figures.post = post_reports.post order by figures.day desc limit 1) as last
    from post_reports where post_reports.post > ${after} and post_reports.impressions >= ${FEWEST_VIEWS}
    order by post_reports.post limit ${PAGE}`.execute(tx);
  return found.rows;
}
