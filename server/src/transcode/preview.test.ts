import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Upload } from '@vitrine/schema';
import { clipBytes } from '../testing/clips.ts';
import { startTestRegion, type TestRegion } from '../testing/region.ts';
import { getJson, sendUpload, waitForPost } from '../testing/uploads.ts';

let region: TestRegion;
before(async () => {
  region = await startTestRegion();
});
after(() => region.close());

async function until<T>(ask: () => Promise<T | null | undefined | false>): Promise<T> {
  for (const end = Date.now() + 60_000; Date.now() < end; await sleep(50)) {
    const found = await ask();
    if (found) return found;
  }
  throw new Error('it did not come to that');
}

test('what the studio edits can be played by its owner on any device, until it is posted', async () => {
  const { token } = await region.signUp('editor');
  const stranger = await region.signUp('stranger');
  const uploadId = await sendUpload(region, token, await clipBytes({ hueDegrees: 33 }), { editing: 'true' });
  const upload = () => getJson<Upload>(region, token, `/api/v1/uploads/${uploadId}`);
  const url = await until(async () => (await upload()).previewUrl);
  assert.equal((await upload()).kind, 'video');
  const get = (bearer?: string) =>
    fetch(new URL(url, region.url), bearer ? { headers: { authorization: `Bearer ${bearer}` } } : {});
  const own = await get(token);
  assert.deepEqual([own.status, own.headers.get('content-type')], [200, 'video/mp4']);
  assert.equal(Buffer.from(await own.arrayBuffer()).toString('latin1', 4, 8), 'ftyp');
  assert.deepEqual([(await get(stranger.token)).status, (await get()).status], [404, 401]);
  const made = await fetch(`${region.url}/api/v1/posts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    body: JSON.stringify({ uploadId }),
  });
  const { id } = (await made.json()) as { id: string };
  assert.equal((await waitForPost(region, token, id)).state, 'published');
  await until(async () => (await get(token)).status === 404);
  assert.equal((await upload()).previewUrl, null);
});
