/** Things done now and then: one process does each, whoever gets the named lease; what concerns one process' own disk each does itself. */
import type { Db } from './database.ts';
import { later, type World } from './world.ts';

/** A thing done every so often. */
export interface Sweep {
  name: string;
  everyMs: number;
  /** About this process' own disk: done by every process. */
  isLocal?: boolean;
  run(signal: AbortSignal): Promise<void>;
}

/** Takes a named lease for a while; false when somebody else has it. */
async function takeLease(
  db: Db,
  world: World,
  lease: { name: string; holder: string; forMs: number },
): Promise<boolean> {
  const now = world.now();
  const row = await db
    .insertInto('locks')
    .values({ name: lease.name, holder: lease.holder, lease_until: later(now, lease.forMs) })
    .onConflict((conflict) =>
      conflict
        .column('name')
        .doUpdateSet({ holder: lease.holder, lease_until: later(now, lease.forMs) })
        .where('locks.lease_until', '<', now),
    )
    .returning('name')
    .executeTakeFirst();
  return row !== undefined;
}

/** Starts all sweeps; each waits for its own last run. */
export function startSweeps(options: {
  db: Db;
  world: World;
  sweeps: readonly Sweep[];
  onError(name: string, cause: unknown): void;
}): { close(): Promise<void> } {
  const { db, world, sweeps, onError } = options;
  const closing = new AbortController();
  const holder = world.newId();
  const running = new Set<Promise<void>>();

  async function runOne(sweep: Sweep): Promise<void> {
    try {
      const lease = { name: `sweep:${sweep.name}`, holder, forMs: sweep.everyMs * 0.9 };
      if (sweep.isLocal || (await takeLease(db, world, lease))) await sweep.run(closing.signal);
    } catch (cause) {
      if (!closing.signal.aborted) onError(sweep.name, cause);
    }
  }

  const timers = sweeps.map((sweep) => {
    let isBusy = false;
    return setInterval(() => {
      if (isBusy) return;
      isBusy = true;
      const run = runOne(sweep).finally(() => {
        isBusy = false;
        running.delete(run);
      });
      running.add(run);
    }, sweep.everyMs);
  });
  return {
    close: async () => {
      closing.abort();
      for (const timer of timers) clearInterval(timer);
      await Promise.all(running);
    },
  };
}
