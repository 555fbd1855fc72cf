import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openDatabase } from '../platform/database.ts';
import { readSettings } from '../platform/settings.ts';
import { freePort, startChild } from '../testing/child-server.ts';
import { callerOf } from '../testing/region.ts';
import { drawTickets } from '../testing/tickets.ts';

let dataDir: string;
before(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'vitrine-durable-'));
});
after(() => rm(dataDir, { recursive: true, force: true }));

test('what was acknowledged survives kill -9, once; what was not is stored whole or not at all', async () => {
  const place = { dataDir, port: await freePort() };
  const child = await startChild(place);
  const call = callerOf(child.url);
  const tickets = await drawTickets({ call }, 20);
  const bodies = tickets.map((ticket) => ({ ticket, post: 1, outcomeBucket: 9, loops: 0, isSkip: false }));
  const acknowledged = new Set<number>();
  let killed = false;
  const sending = bodies.map(async (body, number) => {
    const answer = await call('POST', '/api/v1/watches', body).catch(() => undefined);
    if (answer?.status === 200) acknowledged.add(number);
    if (acknowledged.size >= 5 && !killed) killed = child.process.kill('SIGKILL');
  });
  await Promise.all(sending);
  await child.ended;
  assert.ok(acknowledged.size >= 5);

  const database = await openDatabase(readSettings({ DATA_DIR: dataDir }));
  const count = async (table: 'spent_tickets' | 'pending_reports'): Promise<number> =>
    (await database.db.selectFrom(table).selectAll().execute()).length;
  const [spent, pending] = [await count('spent_tickets'), await count('pending_reports')];
  await database.close();
  assert.ok(spent >= acknowledged.size, `${spent} tickets are spent, ${acknowledged.size} were acknowledged`);
  assert.equal(pending, spent, 'each with its report');

  const again = await startChild(place);
  const repeated = await Promise.all(bodies.map((body) => callerOf(again.url)('POST', '/api/v1/watches', body)));
  assert.deepEqual([...new Set(repeated.map(({ status }) => status))], [200]);
  const other = await callerOf(again.url)('POST', '/api/v1/watches', { ...bodies[0], post: 2 });
  assert.equal(other.status, 409);
  await again.stop();
});
