import assert from 'node:assert/strict';
import { once } from 'node:events';
import { request, type IncomingMessage } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { after, before, test } from 'node:test';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { startTestRegion, type TestRegion } from '../testing/region.ts';
import { codingFor } from './compression.ts';

const LONG = '/api/v1/openapi.json';
let region: TestRegion;
before(async () => {
  region = await startTestRegion();
});
after(() => region.close());

/** As it comes over the wire: `fetch` would decode it. */
async function ask(path: string, accepts?: string, method = 'GET') {
  const headers = accepts === undefined ? {} : { 'accept-encoding': accepts };
  const [answer] = (await once(request(region.url + path, { method, headers }).end(), 'response')) as [IncomingMessage];
  return { headers: answer.headers, bytes: await buffer(answer) };
}

test('a long JSON answer comes in the best coding that the asker reads, and is the same text', async () => {
  const plain = await ask(LONG);
  assert.equal(plain.headers['content-encoding'], undefined);
  assert.match(plain.headers.vary ?? '', /accept-encoding/i);
  const brotli = await ask(LONG, 'gzip, deflate, br');
  assert.equal(brotli.headers['content-encoding'], 'br');
  assert.equal(Number(brotli.headers['content-length'] ?? brotli.bytes.length), brotli.bytes.length);
  assert.ok(brotli.bytes.length < plain.bytes.length / 4);
  assert.deepEqual(brotliDecompressSync(brotli.bytes), plain.bytes);
  const zipped = await ask(LONG, 'gzip');
  assert.equal(zipped.headers['content-encoding'], 'gzip');
  assert.deepEqual(gunzipSync(zipped.bytes), plain.bytes);
});

test('short answers come as they are', async () => {
  assert.equal((await ask('/healthz', 'br')).headers['content-encoding'], undefined);
});

test('an answer that brings secrets is never compressed', async () => {
  const body = JSON.stringify({ handle: 'ada.quiet', password: 'a long enough password', bearer: true });
  const sent = request(`${region.url}/api/v1/accounts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'accept-encoding': 'br' },
  }).end(body);
  const [answer] = (await once(sent, 'response')) as [IncomingMessage];
  const text = (await buffer(answer)).toString();
  assert.equal(answer.headers['content-encoding'], undefined);
  assert.ok(text.length > 600, 'long enough to be compressed if it were allowed');
  assert.match(text, /recoveryCodes/);
});

test('a coding that is refused by its weight is not used', () => {
  assert.equal(codingFor('br;q=0, gzip'), 'gzip');
  assert.equal(codingFor('br;q=0.0, gzip;q=0'), 'identity');
  assert.equal(codingFor('*'), 'identity');
});
