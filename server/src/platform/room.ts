/** Room in the embedded database: what was overwritten or deleted is used again. PostgreSQL does that by itself, all the time. */
import { sql } from 'kysely';
import type { OpenDatabase } from './database.ts';

/** Frees what dead rows hold, table by table, so that other requests come in between. Does nothing on PostgreSQL. */
export async function makeRoom({ db, kind }: OpenDatabase): Promise<void> {
  if (kind !== 'embedded') return;
  const tables = await sql<{ name: string }>`
    select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by relname`.execute(
    db,
  );
  for (const { name } of tables.rows) await sql`vacuum ${sql.table(name)}`.execute(db);
}
