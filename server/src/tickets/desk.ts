/**
 * Where reports are stored: spent tickets and reports in one transaction. Those that arrive while one is under way go into the
 * next together, so that a busy hour costs few transactions. Whoever sent a report is answered when it is on the disk.
 */
import type { Db, Tx } from '../platform/database.ts';
import { refuse } from '../platform/problem.ts';
import { judgeReports, type PaidReport, type Verdict } from './settle.ts';

/** Most reports of one transaction. */
const BATCH = 400;
/** More than this waiting is overload. */
const MOST_WAITING = 5000;
/** Another process may use a ticket between our look and our write: then we look again. */
const MOST_TRIES = 5;

interface Waiting {
  report: PaidReport;
  resolve(verdict: Verdict): void;
  reject(cause: unknown): void;
}

/** Stores a report durably and says what became of it. */
export type Desk = (report: PaidReport) => Promise<Verdict>;

/** Opens the desk of this process. */
export function openDesk(db: Db): Desk {
  const waiting: Waiting[] = [];
  let isBusy = false;

  async function work(): Promise<void> {
    if (isBusy) return;
    isBusy = true;
    while (waiting.length > 0) {
      const group = waiting.splice(0, BATCH);
      try {
        const reports = group.map(({ report }) => report);
        const verdicts = await store(db, reports);
        for (const [place, { resolve }] of group.entries()) resolve(verdicts[place] ?? 'refused');
      } catch (cause) {
        for (const { reject } of group) reject(cause);
      }
    }
    isBusy = false;
  }

  return (report) => {
    if (waiting.length >= MOST_WAITING) throw refuse('unavailable');
    return new Promise((resolve, reject) => {
      waiting.push({ report, resolve, reject });
      void work();
    });
  };
}

async function store(db: Db, reports: readonly PaidReport[]): Promise<Verdict[]> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await db.transaction().execute((tx) => storeIn(tx, reports));
    } catch (cause) {
      if (!(cause instanceof UsedMeanwhile) || tries === MOST_TRIES) throw cause;
    }
  }
}

class UsedMeanwhile extends Error {
  override name = 'UsedMeanwhile';
}

async function storeIn(tx: Tx, reports: readonly PaidReport[]): Promise<Verdict[]> {
  const hashes = [...new Set(reports.flatMap((report) => report.ticketHashes))];
  const known = await tx
    .selectFrom('spent_tickets')
    .select(['ticket_hash', 'body_hash'])
    .where('ticket_hash', 'in', hashes)
    .execute();
  const verdicts = judgeReports(reports, new Map(known.map((row) => [row.ticket_hash, row.body_hash])));
  const taken = reports.filter((_, place) => verdicts[place] === 'taken');
  if (taken.length > 0) await insertTaken(tx, taken);
  return verdicts;
}

async function insertTaken(tx: Tx, taken: readonly PaidReport[]): Promise<void> {
  const tickets = taken.flatMap(({ ticketHashes, keyDays, bodyHash }) =>
    ticketHashes.map((hash, place) => ({ ticket_hash: hash, key_day: keyDays[place] ?? '', body_hash: bodyHash })),
  );
  const written = await tx
    .insertInto('spent_tickets')
    .values(tickets)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (written.numInsertedOrUpdatedRows !== BigInt(tickets.length)) throw new UsedMeanwhile();
  await tx.insertInto('pending_reports').values(taken.map(pendingRow)).execute();
}

function pendingRow({ posts, watched, weightMillis }: PaidReport) {
  const [post, second, third] = posts.toSorted((one, other) => one - other);
  return {
    post: post ?? 0,
    second_post: second ?? null,
    third_post: third ?? null,
    outcome_bucket: watched?.outcomeBucket ?? null,
    loops: watched?.loops ?? null,
    is_skip: watched?.isSkip ?? null,
    weight_millis: weightMillis,
  };
}
