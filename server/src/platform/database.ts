/** The database: embedded PGlite by default, PostgreSQL when DATABASE_URL is set. One SQL dialect, one type. */
import type { Kysely, Transaction } from 'kysely';
import type { Settings } from './settings.ts';
import type { Tables } from './tables.ts';

/** Queries; transactions only by `db.transaction().execute(…)`. */
export type Db = Kysely<Tables>;
/** Queries inside a transaction. Never wait for a file, a process or the network inside one. */
export type Tx = Transaction<Tables>;

/** An open database and the way to close it. */
export interface OpenDatabase {
  db: Db;
  kind: 'embedded' | 'postgresql';
  /** Bytes of a consistent copy (tar) of the embedded database; undefined on PostgreSQL, whose own tools copy it. */
  dump(): Promise<Blob> | undefined;
  close(): Promise<void>;
}

/**
 * Opens the database that the settings name; the driver of the other one is never loaded.
 * @throws DirectoryLocked when another process holds DATA_DIR
 */
export async function openDatabase(settings: Settings): Promise<OpenDatabase> {
  return settings.databaseUrl
    ? (await import('./postgres.ts')).openPostgres(settings.databaseUrl)
    : (await import('./embedded.ts')).openEmbedded(settings);
}
