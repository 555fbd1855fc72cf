/** Databases on a PostgreSQL server that live as long as a test. */
import { randomBytes } from 'node:crypto';
import pg from 'pg';

/** An empty database. */
export interface ScratchDatabase {
  url: string;
  /** Drops it, whoever is still connected. */
  drop(): Promise<void>;
}

/** Makes a database on the server that the URL names. */
export async function makeScratchDatabase(server: string): Promise<ScratchDatabase> {
  const name = `vitrine_test_${randomBytes(6).toString('hex')}`;
  await runOn(server, `create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => runOn(server, `drop database ${name} with (force)`) };
}

async function runOn(server: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(statement);
  } finally {
    await client.end();
  }
}
