import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { sql } from 'kysely';
import { startTestRegion, type TestRegion } from '../testing/region.ts';
import { COLUMN_CLASSES } from './column-classes.ts';

let region: TestRegion;
before(async () => {
  region = await startTestRegion();
});
after(() => region.close());

async function columnsOfDatabase(): Promise<string[]> {
  const { rows } = await sql<{
    name: string;
  }>`select table_name || '.' || column_name as name from information_schema.columns
    where table_schema = 'public' and table_name not like 'kysely%' order by 1`.execute(region.grounds.db);
  return rows.map((row) => row.name).sort();
}

const tagged = (): string[] =>
  Object.entries(COLUMN_CLASSES)
    .flatMap(([table, { columns }]) => Object.keys(columns).map((column) => `${table}.${column}`))
    .sort();

test('every column of the database has a class, and every class a column', async () => {
  assert.deepEqual(tagged(), await columnsOfDatabase());
});

test('a column added without a class would be found', async () => {
  await sql`alter table posts add column planted text`.execute(region.grounds.db);
  const found = await columnsOfDatabase();
  await sql`alter table posts drop column planted`.execute(region.grounds.db);
  assert.notDeepEqual(tagged(), found);
});

test('no column asks for what the platform does not keep', async () => {
  const forbidden = /mail|phone|birth|user_agent|ip_addr|latitude|longitude|watch_history/;
  assert.deepEqual(
    (await columnsOfDatabase()).filter((name) => forbidden.test(name)),
    [],
  );
});
