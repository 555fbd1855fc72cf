/** What was reported of each post in all: impressions, views, how far it was watched. */
import { sql } from 'kysely';
import type { Db, Tx } from '../platform/database.ts';

/** A post may stand in a chunk from so many reported impressions on: among fewer viewers three posts could point at one. */
export const CHUNK_IMPRESSIONS = 50;

/** One watch of one post, without its ticket. */
export interface Watch {
  post: number;
  outcomeBucket: number;
  loops: number;
  isSkip: boolean;
}

/** A post's sums. */
interface PostCount {
  post: number;
  impressions: number;
  /** Watched for two seconds or half of it: whatever was no skip. */
  views: number;
  skips: number;
  loops: number;
  /** Watches by outcome bucket, 0 to 9. */
  outcomes: Map<number, number>;
}

/** Sums watches by post. Pure. */
export function countOf(watches: readonly Watch[]): PostCount[] {
  const counts = new Map<number, PostCount>();
  for (const watch of watches) {
    const count = counts.get(watch.post) ?? {
      post: watch.post,
      impressions: 0,
      views: 0,
      skips: 0,
      loops: 0,
      outcomes: new Map<number, number>(),
    };
    count.impressions += 1;
    count.views += watch.isSkip ? 0 : 1;
    count.skips += watch.isSkip ? 1 : 0;
    count.loops += watch.loops;
    count.outcomes.set(watch.outcomeBucket, (count.outcomes.get(watch.outcomeBucket) ?? 0) + 1);
    counts.set(watch.post, count);
  }
  return [...counts.values()];
}

/** Adds sums to what stands. */
export async function countReports(tx: Tx, counts: readonly PostCount[]): Promise<void> {
  await sql`insert into post_reports (post, impressions, views, skips, loops)
    select post, impressions, views, skips, loops from jsonb_to_recordset(${JSON.stringify(counts)}::jsonb)
      as sums(post bigint, impressions integer, views integer, skips integer, loops bigint)
    on conflict (post) do update set impressions = post_reports.impressions + excluded.impressions,
      views = post_reports.views + excluded.views, skips = post_reports.skips + excluded.skips, loops = post_reports.loops + excluded.loops`.execute(
    tx,
  );
  const tenths = counts.flatMap(({ post, outcomes }) =>
    [...outcomes].map(([bucket, count]) => ({ post, bucket, count })),
  );
  await sql`insert into post_outcomes (post, outcome_bucket, count)
    select post, bucket, count from jsonb_to_recordset(${JSON.stringify(tenths)}::jsonb) as tenths(post bigint, bucket smallint, count integer)
    on conflict (post, outcome_bucket) do update set count = post_outcomes.count + excluded.count`.execute(tx);
}

/** What was reported of one post; undefined when nothing was. */
export async function readCount(db: Db, post: number): Promise<PostCount | undefined> {
  const sums = await db.selectFrom('post_reports').selectAll().where('post', '=', String(post)).executeTakeFirst();
  if (!sums) return undefined;
  const tenths = await db
    .selectFrom('post_outcomes')
    .select(['outcome_bucket', 'count'])
    .where('post', '=', String(post))
    .orderBy('outcome_bucket')
    .execute();
  return {
    post,
    impressions: sums.impressions,
    views: sums.views,
    skips: sums.skips,
    loops: Number(sums.loops),
    outcomes: new Map(tenths.map((row) => [row.outcome_bucket, row.count])),
  };
}

/** Impressions of posts that have any. */
export async function readImpressions(db: Db, posts: readonly number[]): Promise<Map<number, number>> {
  if (posts.length === 0) return new Map();
  const rows = await db
    .selectFrom('post_reports')
    .select(['post', 'impressions'])
    .where('post', 'in', posts.map(String))
    .execute();
  return new Map(rows.map((row) => [Number(row.post), row.impressions]));
}

/** A post is gone for good: so are its sums. The rows of the log say nothing of it and go with their days. */
export async function forgetCounts(db: Db, post: number): Promise<void> {
  for (const table of ['post_reports', 'post_outcomes', 'report_windows'] as const)
    await db.deleteFrom(table).where('post', '=', String(post)).execute();
}
