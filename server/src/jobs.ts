/** All kinds of jobs, all subscriptions to events, all sweeps. */
import { accountSweeps } from './accounts/job.ts';
import { copyDatabase } from './platform/copies.ts';
import type { OpenDatabase } from './platform/database.ts';
import { sweepCounters } from './platform/limits.ts';
import type { JobKind } from './platform/jobs.ts';
import { sweepEvents, type Subscriptions } from './platform/outbox.ts';
import type { Sweep } from './platform/sweeps.ts';
import { later } from './platform/world.ts';
import type { Grounds, Stores } from './stores.ts';

const HOUR_MS = 3_600_000;

/** Who does which kind of job. */
export function jobKinds(_stores: Stores, _grounds: Grounds): Readonly<Record<string, JobKind>> {
  return {};
}

/** Who listens to which kind of event. */
export function subscriptions(_stores: Stores, _grounds: Grounds): Subscriptions {
  return {};
}

/** What is done now and then. */
export function sweeps(stores: Stores, grounds: Grounds, database: OpenDatabase): Sweep[] {
  const { db, world, settings } = grounds;
  return [
    {
      name: 'database copy',
      everyMs: HOUR_MS,
      run: async () => void (await copyDatabase(database, settings.dataDir, world.now())),
    },
    ...accountSweeps(stores),
    { name: 'rate counters', everyMs: HOUR_MS, run: () => sweepCounters(db, world) },
    { name: 'outbox', everyMs: HOUR_MS, run: () => sweepEvents(db, later(world.now(), -24 * HOUR_MS)) },
  ];
}
