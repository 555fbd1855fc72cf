/** Brings a database to the newest tables. Forward only. */
import { Migrator } from 'kysely/migration';
import type { Db } from './database.ts';
import * as first from './migrations/0001-first.ts';

/**
 * Runs what has not run yet.
 * @throws when a migration fails; the database is then as it was before that one
 */
export async function migrate(db: Db): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => ({ '0001-first': first }) } });
  const { error, results } = await migrator.migrateToLatest();
  if (error) {
    const failed = results?.find((result) => result.status === 'Error')?.migrationName ?? 'before the first';
    throw new Error(`migration failed: ${failed}`, { cause: error });
  }
}
