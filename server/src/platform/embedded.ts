/** The embedded database: PGlite in this process, made durable by ourselves. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { PGlite, types } from '@electric-sql/pglite';
import { Kysely, PGliteDialect } from 'kysely';
import type { Db, OpenDatabase } from './database.ts';
import { takeDirectoryLock } from './directory-lock.ts';
import { diskSpace } from './disk-space.ts';
import type { Settings } from './settings.ts';
import type { Tables } from './tables.ts';
import { walSyncer } from './wal-sync.ts';

/** int8 as text, like pg does, and dates as text, so that both drivers agree. */
const EMBEDDED_PARSERS = { [types.INT8]: (text: string) => text, [types.DATE]: (text: string) => text };

/** Wraps an opened PGlite. `afterWrite` is awaited after every commit and every write outside a transaction. */
export function embeddedDb(lite: PGlite, afterWrite: () => Promise<void>): Db {
  const query: PGlite['query'] = async (text, parameters, options) => {
    const result = await lite.query<never>(text, parameters, options);
    if (mustBeDurable(text)) await afterWrite();
    return result;
  };
  const transaction: PGlite['transaction'] = async (run) => {
    const result = await lite.transaction(run);
    await afterWrite();
    return result;
  };
  const durable = {
    query,
    transaction,
    close: () => lite.close(),
    waitReady: lite.waitReady,
    get closed() {
      return lite.closed;
    },
    get ready() {
      return lite.ready;
    },
  };
  return new Kysely<Tables>({ dialect: new PGliteDialect({ pglite: durable }) });
}

/** Options under which every embedded database is opened. */
export const EMBEDDED_OPTIONS = { parsers: EMBEDDED_PARSERS };

/** The embedded database makes files of 16 MiB ahead and cannot go on where one does not fit. */
const LEAST_FREE_BYTES = 64 * 1024 * 1024;

/** Opens it in DATA_DIR.
 * @throws DirectoryLocked when another process holds it */
export async function openEmbedded(settings: Settings): Promise<OpenDatabase> {
  const directory = join(settings.dataDir, 'database');
  await mkdir(settings.dataDir, { recursive: true, mode: 0o700 });
  const { freeBytes } = await diskSpace(settings.dataDir);
  if (freeBytes < LEAST_FREE_BYTES) throw Object.assign(new Error('the disk is full'), { code: 'ENOSPC' });
  const lock = await takeDirectoryLock(settings.dataDir);
  const lite = await PGlite.create(directory, EMBEDDED_OPTIONS);
  const wal = walSyncer(join(directory, 'pg_wal'));
  const db = embeddedDb(lite, wal.sync);
  return {
    db,
    kind: 'embedded',
    dump: async () => {
      await lite.exec('checkpoint');
      return lite.dumpDataDir('gzip');
    },
    close: async () => {
      await db.destroy();
      if (!lite.closed) await lite.close();
      await lock.release();
    },
  };
}

/** Reads need no sync; counters against abuse may be lost with the power. */
function mustBeDurable(text: string): boolean {
  return !/^\s*(select|show|set)\b/i.test(text) && !text.includes('"rate_counters"');
}
