/** The real server, in-process, for tests: an embedded database opened from one template, or a scratch database on PostgreSQL. */
import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { startRegion, type RunningRegion } from '../assemble.ts';
import { openDatabase, type OpenDatabase } from '../platform/database.ts';
import { EMBEDDED_OPTIONS, embeddedDb } from '../platform/embedded.ts';
import type { FindSandboxLayers } from '../platform/exposure.ts';
import { migrate } from '../platform/migrate.ts';
import { readSettings, type Settings } from '../platform/settings.ts';
import { systemWorld, type World } from '../platform/world.ts';
import type { AskDiskSpace } from '../upload/staging.ts';
import { makeScratchDatabase } from './scratch-database.ts';

/** A region for tests, with a folder of its own that goes at the end. */
export interface TestRegion extends RunningRegion {
  /** Calls the API: `call('POST', '/api/v1/accounts', {…}, token)`; answers with status and parsed body. */
  call(
    method: string,
    path: string,
    body?: unknown,
    token?: string,
  ): Promise<{ status: number; body: never; headers: Headers }>;
  /** Makes an account by password; answers with its bearer token. */
  signUp(handle: string, more?: Record<string, unknown>): Promise<{ token: string; handle: string; id: string }>;
  dataDir: string;
}

/** What a test may choose. Settings by their environment names. */
export interface TestRegionOptions {
  settings?: Record<string, string>;
  world?: World;
  /** Another disk than the real one. */
  askDiskSpace?: AskDiskSpace;
  /** Other sandbox layers than this machine's. */
  findSandboxLayers?: FindSandboxLayers;
}

/** A clock that stands until it is moved. */
export function heldWorld(start: string): World & { forward(byMs: number): void } {
  const real = systemWorld();
  let nowMs = Date.parse(start);
  return { ...real, now: () => new Date(nowMs), forward: (byMs) => void (nowMs += byMs) };
}

/** Starts a region on a free port. Close it at the end of the test. */
export async function startTestRegion(options: TestRegionOptions = {}): Promise<TestRegion> {
  const dataDir = await mkdtemp(join(tmpdir(), 'vitrine-test-'));
  const settings = readSettings({
    PORT: '0',
    LOG_LEVEL: 'silent',
    DATA_DIR: dataDir,
    RATE_LIMIT_FACTOR: '1000',
    MAX_SIGNUPS_PER_HOUR: '100000',
    ...options.settings,
  });
  const database = process.env.DATABASE_URL
    ? await openScratchDatabase(process.env.DATABASE_URL)
    : await openFromTemplate();
  const region = await startRegion({
    settings,
    world: options.world ?? systemWorld(),
    database,
    ...(options.askDiskSpace ? { askDiskSpace: options.askDiskSpace } : {}),
    ...(options.findSandboxLayers ? { findSandboxLayers: options.findSandboxLayers } : {}),
  }).catch(async (cause: unknown) => {
    // Left open, the database would keep the test's process alive for ever.
    await database.close();
    await rm(dataDir, { recursive: true, force: true });
    throw cause;
  });
  const call = callerOf(region.url);
  return {
    ...region,
    call,
    dataDir,
    async signUp(handle, more = {}) {
      const made = await call('POST', '/api/v1/accounts', {
        handle,
        password: `correct horse ${handle}`,
        bearer: true,
        ...more,
      });
      if (made.status !== 201) throw new Error(`signUp ${handle}: ${made.status} ${JSON.stringify(made.body)}`);
      const body: { token: string; account: { id: string } } = made.body;
      return { token: body.token, handle, id: body.account.id };
    },
    async close() {
      await region.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** Calls the API of a server, with further headers if given. */
export function callerOf(url: string, headers: Readonly<Record<string, string>> = {}): TestRegion['call'] {
  return async (method, path, body, token) => {
    const answer = await fetch(url + path, {
      method,
      headers: {
        ...headers,
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(token ? { authorization: `Bearer ${token}` } : {}),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: 'manual',
    });
    const text = await answer.text();
    const isJson = (answer.headers.get('content-type') ?? '').includes('json');
    return {
      status: answer.status,
      body: (isJson && text ? JSON.parse(text) : text) as never,
      headers: answer.headers,
    };
  };
}

/** The region of an existing data folder, on the database and store that the settings name. */
export function startStoredRegion(settings: Settings): Promise<RunningRegion> {
  return startRegion({ settings, world: systemWorld() });
}

/** A database in memory, from a template that is made once per version of the migrations. */
async function openFromTemplate(): Promise<OpenDatabase> {
  const migrations = await readFile(new URL('../platform/migrations/0001-first.ts', import.meta.url));
  const path = join(
    tmpdir(),
    `vitrine-template-${createHash('sha256').update(migrations).digest('hex').slice(0, 16)}.tar`,
  );
  const template = await readFile(path).catch(() => makeTemplate(path));
  const lite = await PGlite.create({ ...EMBEDDED_OPTIONS, loadDataDir: new Blob([new Uint8Array(template)]) });
  const db = embeddedDb(lite, async () => undefined);
  return { db, kind: 'embedded', dump: () => lite.dumpDataDir('gzip'), close: () => db.destroy() };
}

async function makeTemplate(path: string): Promise<Buffer> {
  const lite = await PGlite.create(EMBEDDED_OPTIONS);
  const db = embeddedDb(lite, async () => undefined);
  await migrate(db);
  const bytes = Buffer.from(await (await lite.dumpDataDir('none')).arrayBuffer());
  await db.destroy();
  const partial = `${path}.${process.pid}`;
  await writeFile(partial, bytes);
  await rename(partial, path);
  return bytes;
}

/** A new database on the given server, dropped at the end. */
async function openScratchDatabase(server: string): Promise<OpenDatabase> {
  const scratch = await makeScratchDatabase(server);
  const opened = await openDatabase(readSettings({ DATABASE_URL: scratch.url }));
  return {
    ...opened,
    close: async () => {
      await opened.close();
      await scratch.drop();
    },
  };
}
