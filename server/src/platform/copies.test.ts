import assert from 'node:assert/strict';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { PGlite } from '@electric-sql/pglite';
import { startTestRegion } from '../testing/region.ts';
import { copyDatabase } from './copies.ts';

test('a copy opens as a database that holds what was committed, and only the newest three are kept', async (context) => {
  if (process.env.DATABASE_URL) return context.skip('PostgreSQL has its own tools for copies');
  const region = await startTestRegion();
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-copies-'));
  await region.grounds.db.insertInto('counters').values({ name: 'planted', value: 41 }).execute();
  let path: string | undefined;
  for (const hour of ['08', '09', '10', '11'])
    path = await copyDatabase(region.database, folder, new Date(`2026-11-22T${hour}:00:00Z`));
  await region.close();
  assert.ok(path);
  assert.equal((await readdir(join(folder, 'copies'))).length, 3);
  const copy = await PGlite.create({ loadDataDir: new Blob([new Uint8Array(await readFile(path))]) });
  const { rows } = await copy.query<{ value: number }>(
    "select value::int as value from counters where name = 'planted'",
  );
  await copy.close();
  await rm(folder, { recursive: true, force: true });
  assert.equal(rows[0]?.value, 41);
});
