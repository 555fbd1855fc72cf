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

test('a voice that was recorded over a video is heard on any device too', async () => {
  const { token } = await region.signUp('speaker');
  const uploadId = await sendUpload(region, token, wav(), { editing: 'true', filename: 'voice.wav' });
  const upload = () => getJson<Upload>(region, token, `/api/v1/uploads/${uploadId}`);
  const url = await until(async () => (await upload()).previewUrl);
  assert.equal((await upload()).kind, 'sound');
  const answer = await fetch(new URL(url, region.url), { headers: { authorization: `Bearer ${token}` } });
  const bytes = Buffer.from(await answer.arrayBuffer());
  assert.deepEqual([answer.status, bytes.toString('latin1', 4, 8), bytes.includes('mp4a')], [200, 'ftyp', true]);
});

/** Half a second of a tone, 16 bits, one channel, 48 kHz. */
function wav(): Buffer {
  const samples = Buffer.alloc(48_000);
  for (let n = 0; n < 24_000; n += 1) samples.writeInt16LE(Math.round(6000 * Math.sin(n / 20)), n * 2);
  const head = Buffer.alloc(44);
  head.write('RIFF', 0);
  head.writeUInt32LE(36 + samples.length, 4);
  head.write('WAVEfmt ', 8);
  head.writeUInt32LE(16, 16);
  head.writeUInt16LE(1, 20);
  head.writeUInt16LE(1, 22);
  head.writeUInt32LE(48_000, 24);
  head.writeUInt32LE(96_000, 28);
  head.writeUInt16LE(2, 32);
  head.writeUInt16LE(16, 34);
  head.write('data', 36);
  head.writeUInt32LE(samples.length, 40);
  return Buffer.concat([head, samples]);
}
