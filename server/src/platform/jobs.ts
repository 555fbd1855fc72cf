/**
 * Work that outlives a request: a table, taken with `for update skip locked`, a lease with heartbeat, and a fencing number.
 * A job may run twice; its effect happens once, because the effect's transaction ends the job under its fence.
 */
import { sql } from 'kysely';
import type { Db, Tx } from './database.ts';
import { reach } from './kill-points.ts';
import { isDead, newHolder } from './leases.ts';
import { later, type World } from './world.ts';

const LEASE_MS = 60_000;
const HEARTBEAT_MS = 15_000;
const IDLE_MS = 200;
const RETRY_BASE_MS = 2_000;

/** What is asked for. One waiting or running job per kind and subject: a second request changes nothing. */
interface NewJob {
  kind: string;
  subjectId: string;
  accountId?: string;
  body?: Record<string, unknown>;
  /** Lower runs first. */
  priority?: number;
  runAt?: Date;
}

/** A job in the hands of a handler. */
export interface Job {
  id: string;
  kind: string;
  subjectId: string;
  accountId: string | undefined;
  body: unknown;
  /** Rises with each taking; part of every output path. */
  fence: number;
  attempts: number;
  /** Aborted when the lease is lost or the process stops. */
  signal: AbortSignal;
}

/** How a kind of job is done. */
export interface JobKind {
  run(job: Job): Promise<void>;
  /** After the last attempt failed; tells the person. */
  giveUp?(job: Job, cause: unknown): Promise<void>;
  maxAttempts?: number;
}

/** The job was taken by somebody else meanwhile: its result must not be kept. */
export class StaleFence extends Error {
  override name = 'StaleFence';
}

/** Asks for a job within the transaction that makes it necessary. */
export async function enqueue(tx: Tx | Db, world: World, job: NewJob): Promise<void> {
  await tx
    .insertInto('jobs')
    .values({
      id: world.newId(),
      kind: job.kind,
      subject_id: job.subjectId,
      account_id: job.accountId ?? null,
      body: JSON.stringify(job.body ?? {}),
      priority: job.priority ?? 100,
      state: 'waiting',
      run_at: job.runAt ?? world.now(),
      created_at: world.now(),
    })
    .onConflict((conflict) =>
      conflict.columns(['kind', 'subject_id']).where('state', 'in', ['waiting', 'running']).doNothing(),
    )
    .execute();
}

/**
 * Ends a job in the transaction of its effect.
 * @throws StaleFence when the job is no longer this holder's; the transaction must then roll back
 */
export async function finishJob(tx: Tx | Db, world: World, job: Pick<Job, 'id' | 'fence'>): Promise<void> {
  const ended = await tx
    .updateTable('jobs')
    .set({ state: 'done', ended_at: world.now(), lease_until: null })
    .where('id', '=', job.id)
    .where('fence', '=', String(job.fence))
    .where('state', '=', 'running')
    .executeTakeFirst();
  if (ended.numUpdatedRows !== 1n) throw new StaleFence(`job ${job.id} was taken over`);
}

/** A job as it was taken. */
interface TakenRow {
  id: string;
  kind: string;
  subject_id: string;
  account_id: string | null;
  body: unknown;
  fence: string;
  attempts: number;
}

/** Takes the next job: accounts with less running work first, then priority, then age. */
export async function takeJob(
  db: Db,
  world: World,
  { kinds, holder }: { kinds: readonly string[]; holder?: string },
): Promise<TakenRow | undefined> {
  const now = world.now();
  const taken = await sql<TakenRow>`
    update jobs set state = 'running', fence = fence + 1, attempts = attempts + 1, lease_until = ${later(now, LEASE_MS)}, holder = ${holder ?? null}
    where id = (
      select j.id from jobs j
      where j.kind in (${sql.join(kinds)}) and ((j.state = 'waiting' and j.run_at <= ${now}) or (j.state = 'running' and j.lease_until < ${now}))
      order by j.priority, (select count(*) from jobs r where r.account_id = j.account_id and r.state = 'running'), j.run_at, j.id
      limit 1 for update skip locked)
    returning id, kind, subject_id, account_id, body, fence, attempts`.execute(db);
  return taken.rows[0];
}

/** A running set of job takers. */
export interface JobRunner {
  /** Look for work now rather than at the next tick. */
  wake(): void;
  /** Stops taking, aborts what runs and waits for it. Aborted jobs are given back. */
  close(): Promise<void>;
}

/** What a runner needs. `concurrency` jobs run at a time. */
interface JobRunnerOptions {
  db: Db;
  world: World;
  kinds: Readonly<Record<string, JobKind>>;
  concurrency: number;
  onError(job: Job, cause: unknown): void;
  /** A job has ended, and may have written events. */
  onEnded?(): void;
}

/** Starts taking jobs of the given kinds. */
export function startJobRunner(options: JobRunnerOptions): JobRunner {
  const closing = new AbortController();
  const idle = idleTakers();
  const names = Object.keys(options.kinds);
  const holder = newHolder(options.world);

  async function takerLoop(): Promise<void> {
    while (!closing.signal.aborted) {
      const row = await takeJob(options.db, options.world, { kinds: names, holder }).catch(() => undefined);
      if (row) {
        reach('job leased');
        idle.rouse();
        await runTaken(options, row, closing.signal);
        options.onEnded?.();
      } else if (!closing.signal.aborted) {
        await idle.wait();
      }
    }
  }

  const takers = names.length === 0 ? [] : Array.from({ length: options.concurrency }, takerLoop);
  return {
    wake: idle.rouse,
    close: async () => {
      closing.abort();
      idle.rouse();
      await Promise.all(takers);
    },
  };
}

/** Those who wait for work. One of them looks again at each tick for all; who finds work rouses the others to look too. */
function idleTakers(): { wait(): Promise<void>; rouse(): void } {
  const waiting = new Set<() => void>();
  let hasWatch = false;
  return {
    wait: () =>
      new Promise((resolve) => {
        const isWatch = !hasWatch;
        hasWatch = true;
        const go = (): void => {
          if (isWatch) hasWatch = false;
          clearTimeout(timer);
          waiting.delete(go);
          resolve();
        };
        const timer = isWatch ? setTimeout(go, IDLE_MS) : undefined;
        waiting.add(go);
      }),
    rouse: () => {
      for (const go of waiting) go();
    },
  };
}

async function runTaken(options: JobRunnerOptions, row: TakenRow, closing: AbortSignal): Promise<void> {
  const { db, world } = options;
  const lost = new AbortController();
  const job: Job = {
    id: row.id,
    kind: row.kind,
    subjectId: row.subject_id,
    accountId: row.account_id ?? undefined,
    body: row.body,
    fence: Number(row.fence),
    attempts: row.attempts,
    signal: AbortSignal.any([closing, lost.signal]),
  };
  const heartbeat = setInterval(() => {
    void extendLease(db, world, job).then(
      (isHeld) => (isHeld ? undefined : lost.abort()),
      () => undefined,
    );
  }, HEARTBEAT_MS);
  try {
    await options.kinds[job.kind]?.run(job);
    await finishJob(db, world, job).catch(ignoreStale);
  } catch (cause) {
    if (!(cause instanceof StaleFence)) await failJob(options, job, { cause, isClosing: closing.aborted });
  } finally {
    clearInterval(heartbeat);
  }
}

async function extendLease(db: Db, world: World, job: Job): Promise<boolean> {
  const kept = await db
    .updateTable('jobs')
    .set({ lease_until: later(world.now(), LEASE_MS) })
    .where('id', '=', job.id)
    .where('fence', '=', String(job.fence))
    .where('state', '=', 'running')
    .executeTakeFirst();
  return kept.numUpdatedRows === 1n;
}

async function failJob(
  options: JobRunnerOptions,
  job: Job,
  failure: { cause: unknown; isClosing: boolean },
): Promise<void> {
  const { db, world } = options;
  const { cause, isClosing } = failure;
  const kind = options.kinds[job.kind];
  if (!isClosing) options.onError(job, cause);
  const isLast = !isClosing && job.attempts >= (kind?.maxAttempts ?? 4);
  if (isLast) await kind?.giveUp?.(job, cause);
  await db
    .updateTable('jobs')
    .set({
      state: isLast ? 'failed' : 'waiting',
      problem: cause instanceof Error ? `${cause.name}: ${cause.message}`.slice(0, 500) : 'unknown',
      lease_until: null,
      ended_at: isLast ? world.now() : null,
      run_at: later(world.now(), isClosing ? 0 : RETRY_BASE_MS * 2 ** (job.attempts - 1)),
      attempts: isClosing ? job.attempts - 1 : job.attempts,
    })
    .where('id', '=', job.id)
    .where('fence', '=', String(job.fence))
    .where('state', '=', 'running')
    .execute();
}

function ignoreStale(cause: unknown): void {
  if (!(cause instanceof StaleFence)) throw cause;
}

/** After a start on the embedded database no other process can hold a lease: what was running waits again. */
export async function releaseLeases(db: Db): Promise<void> {
  await db.updateTable('jobs').set({ state: 'waiting', lease_until: null }).where('state', '=', 'running').execute();
}

/** Jobs of processes of this machine that are no more wait again at once, without the rest of their lease. */
export async function releaseDead(db: Db): Promise<void> {
  const running = await db.selectFrom('jobs').select('holder').distinct().where('state', '=', 'running').execute();
  const dead = running.flatMap(({ holder }) => (holder !== null && isDead(holder) ? [holder] : []));
  if (dead.length === 0) return;
  await db
    .updateTable('jobs')
    .set({ state: 'waiting', lease_until: null })
    .where('state', '=', 'running')
    .where('holder', 'in', dead)
    .execute();
}

/** Those jobs that are in somebody's hands now. */
export async function runningJobs(db: Db): Promise<Pick<Job, 'kind' | 'subjectId' | 'fence'>[]> {
  const rows = await db
    .selectFrom('jobs')
    .select(['kind', 'subject_id', 'fence'])
    .where('state', '=', 'running')
    .execute();
  return rows.map((row) => ({ kind: row.kind, subjectId: row.subject_id, fence: Number(row.fence) }));
}
