/** Once a minute: the waiting reports, shuffled, become rows of the log and counts of their posts. One transaction. */
import { sql } from 'kysely';
import { minuteOf } from '../ledger/entry.ts';
import type { Db, Tx } from '../platform/database.ts';
import { later, type World } from '../platform/world.ts';
import { windowsOf, WINDOW_MS, type Windows } from './caps.ts';
import { countOf, countReports } from './counts.ts';
import { shuffled } from './shuffle.ts';

/** A report that waits. */
interface PendingRow {
  post: string;
  second_post: string | null;
  third_post: string | null;
  outcome_bucket: number | null;
  loops: number | null;
  is_skip: boolean | null;
  weight_millis: number;
}

/** Rows of one statement: PostgreSQL takes at most 65,535 values. */
const ROWS = 5000;

/**
 * Closes the minute. A minute is closed once and never again: what comes later in it waits for the next.
 * @returns how many reports were moved
 */
export async function closeMinute(db: Db, world: World): Promise<number> {
  const minute = minuteOf(world.now());
  return db.transaction().execute(async (tx) => {
    const last = await tx
      .selectFrom('report_batches')
      .select('minute')
      .orderBy('minute', 'desc')
      .limit(1)
      .executeTakeFirst();
    if (last && last.minute >= minute) return 0;
    const waiting = await tx.deleteFrom('pending_reports').returningAll().execute();
    if (waiting.length === 0) return 0;
    const rows = shuffled(await ofPublicPosts(tx, waiting), (length) => world.randomBytes(length));
    await countReports(tx, countOf(rows.flatMap(asWatch)));
    const windows = await openWindows(tx, rows, minute);
    const accepted = rows.filter((row) => windows.take(postsOf(row), row.weight_millis));
    await writeLog(tx, accepted, minute);
    await storeWindows(tx, windows, minute);
    return waiting.length;
  });
}

function postsOf(row: PendingRow): number[] {
  return [row.post, row.second_post, row.third_post].filter((post) => post !== null).map(Number);
}

function isSingle(row: PendingRow): boolean {
  return row.second_post === null;
}

function asWatch(row: PendingRow) {
  if (row.outcome_bucket === null || row.loops === null || row.is_skip === null) return [];
  return [{ post: Number(row.post), outcomeBucket: row.outcome_bucket, loops: row.loops, isSkip: row.is_skip }];
}

/** Reports of posts that nobody may watch, or that never were, are dropped. */
async function ofPublicPosts(tx: Tx, rows: readonly PendingRow[]): Promise<PendingRow[]> {
  const numbers = [...new Set(rows.flatMap(postsOf))];
  const found = await sql<{ post: string }>`select public_number as post from posts
    where public_number = any(${`{${numbers.join(',')}}`}::bigint[]) and state = 'published' and audience = 'everyone'`.execute(
    tx,
  );
  const known = new Set(found.rows.map((row) => Number(row.post)));
  return rows.filter((row) => postsOf(row).every((post) => known.has(post)));
}

function startOfWindow(minute: Date): Date {
  return new Date(Math.floor(minute.getTime() / WINDOW_MS) * WINDOW_MS);
}

async function openWindows(tx: Tx, rows: readonly PendingRow[], minute: Date): Promise<Windows> {
  const start = startOfWindow(minute);
  const numbers = [...new Set(rows.flatMap(postsOf))];
  const found = await sql<{ post: string; weight_millis: number; window_start: Date; seen: number; accepted: number }>`
    select post, weight_millis, window_start, seen, accepted from report_windows
    where post = any(${`{${numbers.join(',')}}`}::bigint[]) and window_start >= ${later(start, -WINDOW_MS)}`.execute(
    tx,
  );
  const [now, before] = [true, false].map((isNow) =>
    found.rows
      .filter((row) => (row.window_start.getTime() === start.getTime()) === isNow)
      .map(({ post, weight_millis: weightMillis, seen, accepted }) => ({
        post: Number(post),
        weightMillis,
        seen,
        accepted,
      })),
  );
  return windowsOf(now ?? [], before ?? []);
}

async function storeWindows(tx: Tx, windows: Windows, minute: Date): Promise<void> {
  const start = startOfWindow(minute);
  const rows = windows
    .entries()
    .map(({ weightMillis, ...window }) => ({ ...window, weight_millis: weightMillis, window_start: start }));
  for (const some of slices(rows)) {
    await tx
      .insertInto('report_windows')
      .values(some)
      .onConflict((conflict) =>
        conflict.columns(['post', 'weight_millis', 'window_start']).doUpdateSet((eb) => ({
          seen: eb.ref('excluded.seen'),
          accepted: eb.ref('excluded.accepted'),
        })),
      )
      .execute();
  }
  await tx.deleteFrom('report_windows').where('window_start', '<', later(start, -WINDOW_MS)).execute();
}

async function writeLog(tx: Tx, rows: readonly PendingRow[], minute: Date): Promise<void> {
  const singles = rows.filter(isSingle);
  const chunks = rows.filter((row) => !isSingle(row));
  await tx.insertInto('report_batches').values({ minute, singles: singles.length, chunks: chunks.length }).execute();
  for (const some of slices(singles)) {
    const values = some.map((row) => ({
      minute,
      post: row.post,
      outcome_bucket: row.outcome_bucket ?? 0,
      loops: row.loops ?? 0,
      is_skip: row.is_skip ?? false,
      weight_millis: row.weight_millis,
    }));
    await tx.insertInto('watch_singles').values(values).execute();
  }
  for (const some of slices(chunks)) {
    const values = some.map((row) => ({
      minute,
      first_post: row.post,
      second_post: row.second_post ?? 0,
      third_post: row.third_post ?? 0,
      weight_millis: row.weight_millis,
    }));
    await tx.insertInto('watch_chunks').values(values).execute();
  }
}

function slices<Row>(rows: readonly Row[]): Row[][] {
  return Array.from({ length: Math.ceil(rows.length / ROWS) }, (_, place) =>
    rows.slice(place * ROWS, (place + 1) * ROWS),
  );
}

/** Deletes what is older than the log is kept. */
export async function forgetOldReports(db: Db, before: Date): Promise<void> {
  for (const table of ['watch_singles', 'watch_chunks', 'report_batches'] as const)
    await db.deleteFrom(table).where('minute', '<', before).execute();
}
