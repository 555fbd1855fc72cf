/** PostgreSQL 15 and newer, beside the server. */
import { Kysely, PostgresDialect, sql } from 'kysely';
import pg from 'pg';
import type { OpenDatabase } from './database.ts';
import type { Tables } from './tables.ts';

/** Opens it by DATABASE_URL. */
export async function openPostgres(url: string): Promise<OpenDatabase> {
  pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text);
  const pool = new pg.Pool({ connectionString: url, max: 10, idleTimeoutMillis: 30_000 });
  pool.on('error', () => undefined);
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  await sql`select 1`.execute(db);
  return { db, kind: 'postgresql', dump: () => undefined, close: () => db.destroy() };
}
