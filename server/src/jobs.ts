/** All kinds of jobs, all subscriptions to events, all sweeps. */
import { algorithmEvents } from './algorithms/job.ts';
import { accountEvents, accountSweeps } from './accounts/job.ts';
import { mkdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { FastifyBaseLogger } from 'fastify';
import { insightEvents, insightSweeps } from './insights/job.ts';
import { interactEvents } from './interact/job.ts';
import { moderateEvents } from './moderate/job.ts';
import { notifyEvents, notifySweeps } from './notify/job.ts';
import { copyDatabase } from './platform/copies.ts';
import type { OpenDatabase } from './platform/database.ts';
import { sweepCounters } from './platform/limits.ts';
import { releaseDead, type JobKind } from './platform/jobs.ts';
import { sweepEvents, type OutboxEvent, type Subscriptions } from './platform/outbox.ts';
import { makeRoom } from './platform/room.ts';
import type { Sweep } from './platform/sweeps.ts';
import { later } from './platform/world.ts';
import { soundEvents, soundJobs } from './sounds/job.ts';
import { publishEvents, publishSweeps } from './publish/job.ts';
import { scheduleJobs } from './publish/schedule.ts';
import type { Grounds, Stores } from './stores.ts';
import { shelfEvents, shelfSweeps } from './shelves/job.ts';
import { keepLearning, openLearner, type Learning } from './shelves/learner.ts';
import { sealedTasteSweeps } from './tastes/job.ts';
import { ticketEvents, ticketSweeps } from './tickets/job.ts';
import { transcodeJobs } from './transcode/job.ts';
import { transcodeSweeps } from './transcode/sweep.ts';
import { clearWorkshops } from './transcode/workshop.ts';
import { copyJobs } from './watch/copies-to-keep.ts';
import { localUploadSweeps, recoverUploads, uploadSweeps } from './upload/job.ts';

const HOUR_MS = 3_600_000;
const CLEAR_MS = 10 * 60_000;
const RELEASE_MS = 2000;
const ROOM_MS = 10 * 60_000;

/** Who does which kind of job. */
export function jobKinds(stores: Stores, grounds: Grounds): Readonly<Record<string, JobKind>> {
  const { settings } = grounds;
  const workDir = workDirOf(grounds);
  const { maxDurationMs, maxUploadBytes: maxBytes } = settings;
  return {
    ...transcodeJobs({ ...stores, ...grounds, workDir, maxDurationMs, maxBytes }),
    ...soundJobs({ ...stores, ...grounds, workDir }),
    ...scheduleJobs({ ...stores, ...grounds }),
    ...copyJobs({ ...grounds, workDir }),
  };
}

/** Who listens to which kind of event. */
export function subscriptions(stores: Stores, grounds: Grounds): Subscriptions {
  return listenersOf([
    accountEvents(grounds),
    soundEvents({ ...stores, ...grounds }),
    publishEvents({ ...stores, ...grounds, workDir: workDirOf(grounds) }),
    interactEvents(stores),
    ticketEvents(stores),
    shelfEvents(grounds),
    notifyEvents({ ...stores, ...grounds }),
    moderateEvents(stores),
    insightEvents(stores),
    algorithmEvents(stores),
  ]);
}

type Listeners = Readonly<Record<string, (event: OutboxEvent) => Promise<void>>>;

function listenersOf(folders: readonly Listeners[]): Subscriptions {
  const kinds = new Set(folders.flatMap((folder) => Object.keys(folder)));
  return Object.fromEntries([...kinds].map((kind) => [kind, folders.flatMap((folder) => folder[kind] ?? [])]));
}

/** Learns from the log of reports and publishes shelves, if the role says so. */
export function learning(stores: Stores, grounds: Grounds, onError: (cause: unknown) => void): Learning {
  const { role } = grounds.settings;
  if (role !== 'all' && role !== 'learner') return { learn: async () => undefined, close: async () => undefined };
  return keepLearning(
    openLearner({ ...stores, ...grounds, workDir: join(grounds.settings.dataDir, 'shelving') }),
    onError,
  );
}

/** Where running jobs keep their files. */
export function workDirOf({ settings }: Pick<Grounds, 'settings'>): string {
  return join(settings.dataDir, 'work');
}

/** Before work starts: what jobs of a dead process left behind is thrown away. */
export async function clearWork(grounds: Grounds, database: OpenDatabase): Promise<void> {
  const workDir = workDirOf(grounds);
  // With PostgreSQL other processes may be working in that folder.
  if (database.kind === 'embedded') await rm(workDir, { recursive: true, force: true });
  else await clearWorkshops({ ...grounds, workDir });
  await mkdir(workDir, { recursive: true, mode: 0o700 });
}

/** After a start: uploads that were whole when a process died are finished. */
export async function recover(stores: Stores, grounds: Grounds): Promise<void> {
  await recoverUploads({ ...stores, ...grounds });
}

/** What every process does now and then, for its own disk. */
export function localSweeps(stores: Stores, grounds: Grounds): Sweep[] {
  const workDir = workDirOf(grounds);
  const clear = () => clearWorkshops({ ...grounds, workDir });
  return [
    { name: 'folders of jobs', everyMs: CLEAR_MS, isLocal: true, run: clear },
    ...localUploadSweeps({ ...stores, ...grounds }),
  ];
}

/** What is done now and then, by one worker. */
export function sweeps(
  stores: Stores,
  grounds: Grounds,
  { database, log }: { database: OpenDatabase; log: FastifyBaseLogger },
): Sweep[] {
  const { db, world, settings } = grounds;
  return [
    {
      name: 'database copy',
      everyMs: HOUR_MS,
      run: async () => void (await copyDatabase(database, settings.dataDir, world.now())),
    },
    { name: 'room in the database', everyMs: ROOM_MS, run: () => makeRoom(database) },
    // Each worker: only it knows which processes of its machine are dead.
    { name: 'dead workers', everyMs: RELEASE_MS, isLocal: true, run: () => releaseDead(db) },
    ...accountSweeps(stores),
    { name: 'rate counters', everyMs: HOUR_MS, run: () => sweepCounters(db, world) },
    { name: 'outbox', everyMs: HOUR_MS, run: () => sweepEvents(db, later(world.now(), -24 * HOUR_MS)) },
    ...uploadSweeps({ ...stores, ...grounds }),
    ...transcodeSweeps({
      ...grounds,
      report: (missing) => log.error(missing, 'a file that a row names is missing from the media store'),
    }),
    ...publishSweeps({ ...stores, ...grounds }),
    ...ticketSweeps(stores),
    ...shelfSweeps({ ...stores, ...grounds }),
    ...notifySweeps(stores),
    ...insightSweeps(stores),
    ...sealedTasteSweeps(stores),
  ];
}
