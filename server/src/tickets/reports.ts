/** The log of watch reports as the learner reads it: whole batches, one a minute at most, of nobody. */
import type { Db } from '../platform/database.ts';

/** One watch of one post. */
interface AcceptedSingle {
  /** Public number. */
  post: number;
  /** How far it was watched, in tenths: 0 to 9. */
  outcomeBucket: number;
  /** How often it began anew, 0 to 100. */
  loops: number;
  /** Left within its first moments. */
  isSkip: boolean;
  /** The ticket's public weight in thousandths. */
  weightMillis: number;
}

/** Three posts that one device liked to watch; ascending, so that their order tells nothing. */
interface AcceptedChunk {
  posts: [number, number, number];
  weightMillis: number;
}

/** What came in during one minute. Never changed after it was written. */
interface ReportBatch {
  minute: Date;
  singles: AcceptedSingle[];
  chunks: AcceptedChunk[];
}

/** Reading the log. */
export interface ReportLog {
  /**
   * Whole batches after the given minute, oldest first, at most `limit` of them. The rows of a batch are in the order of their own
   * columns: the same log is read the same by everyone, and no order of arrival is left in it.
   */
  reportsAfter(minute: Date | undefined, limit: number): Promise<ReportBatch[]>;
}

/** The log in a database. */
export function reportLog(db: Db): ReportLog {
  return { reportsAfter: (minute, limit) => reportsAfter(db, minute, limit) };
}

async function reportsAfter(db: Db, minute: Date | undefined, limit: number): Promise<ReportBatch[]> {
  const batches = await db
    .selectFrom('report_batches')
    .select('minute')
    .$if(minute !== undefined, (query) => query.where('minute', '>', minute ?? new Date(0)))
    .orderBy('minute')
    .limit(limit)
    .execute();
  const [first, last] = [batches.at(0)?.minute, batches.at(-1)?.minute];
  if (!first || !last) return [];
  const singles = groupByMinute(await singlesBetween(db, first, last));
  const chunks = groupByMinute(await chunksBetween(db, first, last));
  return batches.map((batch) => ({
    minute: batch.minute,
    singles: (singles.get(batch.minute.getTime()) ?? []).map((row) => ({
      post: Number(row.post),
      outcomeBucket: row.outcome_bucket,
      loops: row.loops,
      isSkip: row.is_skip,
      weightMillis: row.weight_millis,
    })),
    chunks: (chunks.get(batch.minute.getTime()) ?? []).map((row) => ({
      posts: [Number(row.first_post), Number(row.second_post), Number(row.third_post)],
      weightMillis: row.weight_millis,
    })),
  }));
}

function singlesBetween(db: Db, first: Date, last: Date) {
  return db
    .selectFrom('watch_singles')
    .selectAll()
    .where('minute', '>=', first)
    .where('minute', '<=', last)
    .orderBy('minute')
    .orderBy('post')
    .orderBy('outcome_bucket')
    .orderBy('loops')
    .orderBy('is_skip')
    .orderBy('weight_millis')
    .execute();
}

function chunksBetween(db: Db, first: Date, last: Date) {
  return db
    .selectFrom('watch_chunks')
    .selectAll()
    .where('minute', '>=', first)
    .where('minute', '<=', last)
    .orderBy('minute')
    .orderBy('first_post')
    .orderBy('second_post')
    .orderBy('third_post')
    .orderBy('weight_millis')
    .execute();
}

function groupByMinute<Row extends { minute: Date }>(rows: readonly Row[]): Map<number, Row[]> {
  return Map.groupBy(rows, (row) => row.minute.getTime());
}
