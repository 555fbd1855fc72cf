import assert from 'node:assert/strict';
import { test } from 'node:test';
import { sql } from 'kysely';
import { startTestRegion } from '../testing/region.ts';
import { makeRoom } from './room.ts';

test('what is written again and again takes no more room than it needs', async (context) => {
  if (process.env.DATABASE_URL) return context.skip('PostgreSQL frees its room by itself');
  const region = await startTestRegion();
  context.after(() => region.close());
  const { db } = region.grounds;
  const bytes = async (): Promise<number> => {
    const found = await sql<{ bytes: string }>`select pg_total_relation_size('region_facts') as bytes`.execute(db);
    return Number(found.rows[0]?.bytes);
  };
  const write = async (times: number): Promise<void> => {
    for (let time = 0; time < times; time += 1) {
      const value = JSON.stringify(Array.from({ length: 2000 }, () => Math.random()));
      const row = { name: 'written_again', value };
      const written = db.insertInto('region_facts').values(row);
      await written.onConflict((conflict) => conflict.column('name').doUpdateSet({ value })).execute();
    }
  };
  await write(15);
  await makeRoom(region.database);
  const before = await bytes();
  await write(12);
  await makeRoom(region.database);
  assert.ok((await bytes()) <= before, 'the room of the first is used by the later ones');
});
