import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startTestRegion, type TestRegion } from '../testing/region.ts';

let region: TestRegion;
before(async () => {
  region = await startTestRegion();
});
after(() => region.close());

test('a server that answers says that it is alive and ready', async () => {
  assert.equal((await region.call('GET', '/healthz')).status, 200);
  const ready = await region.call('GET', '/readyz');
  assert.equal((ready.body as { database: { answers: boolean } }).database.answers, true);
});

test('what is not there is a problem document without stack or version', async () => {
  const answer = await region.call('GET', '/api/v1/nothing');
  assert.equal(answer.status, 404);
  assert.match(answer.headers.get('content-type') ?? '', /application\/problem\+json/);
  assert.equal((answer.body as { code: string }).code, 'not_found');
});

test('every answer carries the strict headers', async () => {
  const { headers } = await region.call('GET', '/healthz');
  assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'.*frame-ancestors 'none'/);
  assert.equal(headers.get('x-content-type-options'), 'nosniff');
  assert.equal(headers.get('cross-origin-opener-policy'), 'same-origin');
});
