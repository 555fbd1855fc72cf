/** Puts a region's server together out of its parts, starts it, and stops it in order. */
import { availableParallelism } from 'node:os';
import { sandboxLayers } from '@vitrine/media';
import { openDatabase, type OpenDatabase } from './platform/database.ts';
import { openDoor } from './platform/door.ts';
import { refuseOpenWithoutSandbox, type FindSandboxLayers } from './platform/exposure.ts';
import { createApp, type App } from './platform/http.ts';
import { releaseDead, releaseLeases, startJobRunner, type JobRunner } from './platform/jobs.ts';
import { openMediaStore } from './platform/open-media-store.ts';
import { migrate } from './platform/migrate.ts';
import { operationRoutes } from './platform/operations.ts';
import { deliverEvents, type Subscriptions } from './platform/outbox.ts';
import { isBlindAddress } from './platform/policy.ts';
import { acceptedOrigins, isLoopback, type Settings } from './platform/settings.ts';
import { startSweeps } from './platform/sweeps.ts';
import type { World } from './platform/world.ts';
import { doorCommands } from './commands.ts';
import { clearWork, jobKinds, learning as startLearning, localSweeps, recover, subscriptions, sweeps } from './jobs.ts';
import { registerRoutes } from './routes.ts';
import type { AskDiskSpace } from './upload/staging.ts';
import { buildStores, type Grounds, type Stores } from './stores.ts';

/** A region that runs. */
export interface RunningRegion {
  /** Where it listens: `http://127.0.0.1:PORT`. */
  url: string;
  app: App;
  stores: Stores;
  grounds: Grounds;
  database: OpenDatabase;
  /** Look for jobs now. */
  wake(): void;
  /** Takes in what is new and publishes shelves, if this process learns and it is time. */
  learn(): Promise<void>;
  /** Delivers all waiting events and returns when there are none. */
  drainEvents(): Promise<void>;
  /** Finishes requests under way, gives jobs back, closes the database. */
  close(): Promise<void>;
}

/** What may be given instead of being opened. */
interface AssembleOptions {
  settings: Settings;
  world: World;
  /** An already opened database (tests). */
  database?: OpenDatabase;
  /** Another disk than the real one (tests). */
  askDiskSpace?: AskDiskSpace;
  /** Other layers than this machine's (tests). */
  findSandboxLayers?: FindSandboxLayers;
}

const EVENT_TICK_MS = 200;
/** An encoder uses all cores but begins and ends on one: fewer than this leaves a queue's cores idle, more gains nothing. */
const MEDIA_PROCESSES_PER_CORE = 3 / 4;

/** Starts a region: tables, routes, jobs, sweeps as its role says. */
export async function startRegion(options: AssembleOptions): Promise<RunningRegion> {
  const { world, settings } = options;
  const findSandboxLayers = options.findSandboxLayers ?? sandboxLayers;
  const isOpenWithoutSandbox = refuseOpenWithoutSandbox(settings, findSandboxLayers);
  const database = options.database ?? (await openDatabase(settings));
  const { db } = database;
  await migrate(db);
  await (database.kind === 'embedded' ? releaseLeases(db) : releaseDead(db));
  let origins = acceptedOrigins(settings);
  const grounds: Grounds = {
    db,
    world,
    settings,
    media: await openMediaStore(settings),
    origins: () => origins,
    askDiskSpace: options.askDiskSpace,
    isOpenWithoutSandbox,
  };
  const stores = buildStores(grounds);
  const app = await createApp({ db, world, settings, origins: () => origins, findViewer: stores.accounts.findViewer });
  operationRoutes(app, { db, settings, databaseKind: database.kind, findSandboxLayers });
  registerRoutes(app, stores, grounds);
  let nudgeOnChange: () => void = () => undefined;
  app.addHook('onResponse', async (request) => {
    // Blind routes write nothing that anyone waits for.
    if (request.method !== 'GET' && request.method !== 'HEAD' && !isBlindAddress(request.url)) nudgeOnChange();
  });
  const listening = await app.listen({ host: settings.host, port: settings.port });
  if (settings.port === 0 && isLoopback(settings.publicUrl))
    origins = acceptedOrigins({ publicUrl: listening.replace('127.0.0.1', 'localhost') });
  await clearWork(grounds, database);
  const recovered = recover(stores, grounds).catch((cause: unknown) =>
    app.log.error({ err: cause }, 'an upload could not be recovered'),
  );
  const work = startWork({ settings, stores, grounds, app, database });
  nudgeOnChange = work.nudge;
  const door = settings.databaseUrl
    ? undefined
    : await openDoor(settings.dataDir, doorCommands(stores, grounds, database));
  return {
    url: listening,
    app,
    stores,
    grounds,
    database,
    wake: () => work.jobs.wake(),
    learn: work.learn,
    drainEvents: work.drainEvents,
    close: async () => {
      await door?.close();
      await drain(app);
      await recovered;
      await work.close();
      await database.close();
    },
  };
}

/** Ends when the requests under way have ended. A connection would else be kept for the next one, and be waited for. */
async function drain(app: App): Promise<void> {
  const idle = setInterval(() => app.server.closeIdleConnections(), 50);
  await app.close();
  clearInterval(idle);
}

interface Work {
  /** Something was written: look for jobs and events now rather than at the next tick. */
  nudge(): void;
  jobs: JobRunner;
  learn(): Promise<void>;
  drainEvents(): Promise<void>;
  close(): Promise<void>;
}

function mediaProcessesFor(cores: number): number {
  return Math.max(1, Math.floor(cores * MEDIA_PROCESSES_PER_CORE));
}

function startWork(parts: {
  settings: Settings;
  stores: Stores;
  grounds: Grounds;
  app: App;
  database: OpenDatabase;
}): Work {
  const { settings, stores, grounds, app, database } = parts;
  const { db, world } = grounds;
  const isWorker = settings.role === 'all' || settings.role === 'worker';
  const events = startEvents({ grounds, subscriptions: isWorker ? subscriptions(stores, grounds) : undefined, app });
  const jobs = startJobRunner({
    db,
    world,
    kinds: isWorker ? jobKinds(stores, grounds) : {},
    concurrency: settings.mediaProcesses ?? mediaProcessesFor(availableParallelism()),
    onError: (job, cause) => app.log.error({ err: cause, job: job.id, kind: job.kind }, 'a job failed'),
    onEnded: () => events.nudge(),
  });
  const regular = startSweeps({
    db,
    world,
    sweeps: [...localSweeps(stores, grounds), ...(isWorker ? sweeps(stores, grounds, { database, log: app.log }) : [])],
    onError: (name, cause) => app.log.error({ err: cause, sweep: name }, 'a sweep failed'),
  });
  const learning = startLearning(stores, grounds, (cause) =>
    app.log.error({ err: cause }, 'the learner failed; it begins again'),
  );
  return {
    nudge: () => {
      jobs.wake();
      events.nudge();
    },
    jobs,
    learn: learning.learn,
    drainEvents: events.drain,
    close: async () => {
      await Promise.all([jobs.close(), events.close(), regular.close(), learning.close()]);
    },
  };
}

function startEvents({
  grounds,
  subscriptions: listeners,
  app,
}: {
  grounds: Grounds;
  subscriptions: Subscriptions | undefined;
  app: App;
}) {
  let running = Promise.resolve();
  const drain = async (): Promise<void> => {
    running = running.then(async () => {
      if (!listeners) return;
      const onError = (event: { id: string; kind: string }, cause: unknown): void =>
        app.log.error(
          { err: cause, event: event.id, kind: event.kind },
          'an event could not be delivered; it is tried again',
        );
      while ((await deliverEvents({ db: grounds.db, world: grounds.world, subscriptions: listeners, onError })) > 0);
    });
    const own = running;
    running = own.catch((cause: unknown) =>
      app.log.error({ err: cause }, 'events could not be read; they are tried again'),
    );
    await own;
  };
  let isBusy = false;
  const nudge = (): void => {
    if (isBusy) return;
    isBusy = true;
    void drain()
      .catch(() => undefined)
      .finally(() => {
        isBusy = false;
      });
  };
  const timer = setInterval(nudge, EVENT_TICK_MS);
  return {
    drain,
    nudge,
    close: async () => {
      clearInterval(timer);
      await running;
    },
  };
}
