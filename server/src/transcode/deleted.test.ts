import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { clipBytes } from '../testing/clips.ts';
import { startTestRegion, type TestRegion } from '../testing/region.ts';

let region: TestRegion;
before(async () => {
  region = await startTestRegion();
});
after(() => region.close());

async function send(token: string, method: string, url: string, more: Record<string, string>, body?: Uint8Array) {
  const headers = { 'tus-resumable': '1.0.0', authorization: `Bearer ${token}`, ...more };
  return fetch(new URL(url, region.url), { method, headers, ...(body ? { body: new Uint8Array(body) } : {}) });
}
async function until(isSo: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 30_000; Date.now() < end; await sleep(20)) if (await isSo()) return;
  throw new Error('it did not come to that');
}
const jobs = async () => region.grounds.db.selectFrom('jobs').select(['kind', 'state']).execute();

test('an upload that is deleted while it is encoded leaves neither rows nor files nor a full quota', async () => {
  const { token } = await region.signUp('regretful');
  const bytes = await clipBytes({ hueDegrees: 211 });
  const opened = await send(token, 'POST', '/api/v1/uploads', { 'upload-length': String(bytes.length) });
  const url = opened.headers.get('location') ?? '';
  const type = { 'upload-offset': '0', 'content-type': 'application/offset+octet-stream' };
  assert.equal((await send(token, 'PATCH', url, type, bytes)).status, 204);
  await until(async () => (await jobs()).some(({ kind, state }) => kind === 'video.first' && state === 'running'));
  assert.equal((await send(token, 'DELETE', url, {})).status, 204);
  await until(async () => (await jobs()).every(({ state }) => state !== 'running' && state !== 'waiting'));
  // The job's row ends before its files go.
  await until(async () => (await keys()).length === 0);
  for (const table of ['videos', 'media_files', 'renditions', 'sources', 'uploads'] as const)
    assert.deepEqual(await region.grounds.db.selectFrom(table).selectAll().execute(), [], table);
  const quota = await region.grounds.db.selectFrom('quotas').selectAll().executeTakeFirstOrThrow();
  assert.deepEqual([Number(quota.held_bytes), Number(quota.reserved_bytes)], [0, 0]);
});

/** All but the files of public shelves, which come and go by themselves. */
async function keys(): Promise<string[]> {
  const found: string[] = [];
  for await (const file of region.grounds.media.list('')) if (!file.key.startsWith('shelves/')) found.push(file.key);
  return found;
}
