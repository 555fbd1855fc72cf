/** What was reported in all on each day: the one figure of watching that is told of a whole region. */
import { sql } from 'kysely';
import type { Db } from '../platform/database.ts';
import { later, utcDay, type World } from '../platform/world.ts';

/** A whole UTC day. Counts below `FEWEST_TOLD` are not told; others are rounded down to `STEP`. */
export interface ReportDay {
  day: string;
  /** Watches of single posts. */
  singles: number | null;
  /** Chunks of three finished posts. */
  chunks: number | null;
}

const FEWEST_TOLD = 20;
const STEP = 5;
const DAYS = 30;

/** The last thirty days that are over, oldest first; days without any report are absent. */
export async function reportDays(db: Db, world: World): Promise<ReportDay[]> {
  const today = utcDay(world.now());
  const first = utcDay(later(new Date(today), -DAYS * 86_400_000));
  const found = await sql<{ day: string; singles: string; chunks: string }>`
    select to_char(minute at time zone 'UTC', 'YYYY-MM-DD') as day, sum(singles) as singles, sum(chunks) as chunks
    from report_batches where minute >= ${new Date(first)} and minute < ${new Date(today)} group by 1 order by 1`.execute(
    db,
  );
  return found.rows.map(({ day, singles, chunks }) => ({
    day,
    singles: told(Number(singles)),
    chunks: told(Number(chunks)),
  }));
}

function told(count: number): number | null {
  return count < FEWEST_TOLD ? null : count - (count % STEP);
}
