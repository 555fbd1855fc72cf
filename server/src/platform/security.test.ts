import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect } from 'node:net';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import Fastify from 'fastify';
import { startTestRegion, type TestRegion } from '../testing/region.ts';
import { describeFault } from './faults-in-logs.ts';
import { checkOrigin } from './guard.ts';
import { isBlindAddress, POLICIES } from './policy.ts';
import { readSettings } from './settings.ts';
import { dropUnfinished } from './unfinished.ts';

let region: TestRegion;
before(async () => {
  region = await startTestRegion();
});
after(() => region.close());

/** The whole answer to bytes that no client would send. */
async function exchange(port: number, text: string): Promise<string> {
  const socket = connect(port, '127.0.0.1');
  let told = '';
  socket.setEncoding('latin1').on('data', (part: string) => (told += part));
  socket.write(text);
  await once(socket, 'close');
  return told;
}

test('an address is blind in every spelling that leads to a blind route, and nowhere else', () => {
  const blind = [
    '/media/abc',
    '/%6dedia/abc',
    '/%6D%65dia%2fabc',
    'http://localhost/media/abc',
    'HTTPS://vitrine.example/api/v1/cards?ids=x',
    '/api/v1/%63ards?ids=x',
    '/%65mbed/x',
  ];
  for (const url of blind) assert.ok(isBlindAddress(url), url);
  for (const url of ['/media/private/abc', '/%6dedia/private/abc', '/media/%70rivate/abc', '/api/v1/me', '/'])
    assert.ok(!isBlindAddress(url), url);
});

test('at a blind address neither cookie nor token reaches any hook, however it is written', async (t) => {
  const seen: unknown[] = [];
  const watched = await startTestRegion();
  t.after(() => watched.close());
  watched.app.server.on('request', (request) => seen.push([request.headers.cookie, request.headers.authorization]));
  const port = Number(new URL(watched.url).port);
  for (const url of ['/media/abcdefghijklmnop', '/%6dedia/abcdefghijklmnop', `${watched.url}/media/abcdefghijklmnop`]) {
    for (const method of ['GET', 'HEAD']) {
      const head = `${method} ${url} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n`;
      await exchange(port, `${head}Cookie: s=secret\r\nAuthorization: Bearer ${'t'.repeat(43)}\r\n\r\n`);
    }
  }
  assert.deepEqual(
    seen,
    Array.from({ length: 6 }, () => [undefined, undefined]),
  );
});

test('an error in the log holds no parameter, row or text that somebody sent', () => {
  const cause = Object.assign(new Error('duplicate key'), { detail: 'Key (handle)=(anna) exists', params: ['secret'] });
  const told = describeFault(
    Object.assign(new Error('it failed', { cause }), { code: '23505', query: 'insert', body: 'secret' }),
  );
  assert.deepEqual(Object.keys(told).sort(), ['code', 'message', 'stack', 'type']);
  assert.match(told.stack, /it failed[^]*caused by: Error: duplicate key/);
  assert.doesNotMatch(JSON.stringify(told), /secret|anna/);
});

async function signUpFrom(at: TestRegion, handle: string, forwarded: string): Promise<number> {
  const answer = await fetch(`${at.url}/api/v1/accounts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': forwarded },
    body: JSON.stringify({ handle, password: `correct horse ${handle}`, bearer: true }),
  });
  return answer.status;
}

test('behind a proxy the address is the one that the proxy wrote, not one that the client put before it', async (t) => {
  const proxied = await startTestRegion({ settings: { TRUST_PROXY: '1', MAX_SIGNUPS_PER_HOUR: '1' } });
  t.after(() => proxied.close());
  assert.equal(await signUpFrom(proxied, 'first', '6.6.6.6, 203.0.113.7'), 201);
  assert.equal(await signUpFrom(proxied, 'second', '7.7.7.7, 203.0.113.7'), 429);
  assert.equal(await signUpFrom(proxied, 'third', '7.7.7.7, 198.51.100.7'), 201);
});

test('without TRUST_PROXY nobody chooses their address', async (t) => {
  const direct = await startTestRegion({ settings: { MAX_SIGNUPS_PER_HOUR: '1' } });
  t.after(() => direct.close());
  assert.equal(await signUpFrom(direct, 'first', '6.6.6.6'), 201);
  assert.equal(await signUpFrom(direct, 'second', '7.7.7.7'), 429);
});

test('a connection whose body goes on after the answer is closed', async () => {
  const app = Fastify();
  dropUnfinished(app, 100);
  app.get('/', async () => 'here');
  await app.listen({ port: 0, host: '127.0.0.1' });
  const address = app.server.address();
  const socket = connect(typeof address === 'object' && address ? address.port : 0, '127.0.0.1');
  socket.on('error', () => undefined).resume();
  socket.write('GET / HTTP/1.1\r\nHost: x\r\nContent-Length: 1000\r\n\r\na');
  const drip = setInterval(() => socket.write('a'), 20);
  // However it ends, in order or reset.
  const closed = new Promise<boolean>((resolve) => socket.once('close', () => resolve(true)));
  const isClosed = await Promise.race([closed, sleep(5_000, false)]);
  clearInterval(drip);
  socket.destroy();
  await app.close();
  assert.ok(isClosed);
});

test('every kind of answer carries what keeps browsers from being tricked', async () => {
  const kinds = [
    '/',
    '/nothing/here',
    '/api/v1/me',
    '/api/v1/nothing',
    '/embed/x',
    '/media/abcdefghijklmnop',
    '/sitemap.xml',
    '/robots.txt',
    '/readyz',
  ];
  for (const path of kinds) {
    const { headers } = await fetch(region.url + path);
    assert.equal(headers.get('x-content-type-options'), 'nosniff', path);
    assert.match(headers.get('content-security-policy') ?? '', /default-src 'none'/, path);
    assert.doesNotMatch(headers.get('content-security-policy') ?? '', /unsafe-(inline|eval)/, path);
    assert.match(
      headers.get('permissions-policy') ?? '',
      /camera=\(self\), microphone=\(self\).*geolocation=\(\)/,
      path,
    );
    assert.ok(headers.get('referrer-policy') && headers.get('cross-origin-resource-policy'), path);
  }
  const page = await fetch(region.url);
  assert.match(page.headers.get('content-security-policy') ?? '', /require-trusted-types-for 'script'/);
});

test('a change is taken from our own pages and from programs without a cookie alone', () => {
  const own = new Set(['https://vitrine.example']);
  const isTaken = (headers: Record<string, string>) => {
    try {
      checkOrigin({ headers }, own);
      return true;
    } catch {
      return false;
    }
  };
  assert.ok(isTaken({ origin: 'https://vitrine.example', cookie: 's=x' }));
  assert.ok(isTaken({ 'sec-fetch-site': 'same-origin', cookie: 's=x' }));
  assert.ok(isTaken({ authorization: 'Bearer x' }));
  for (const headers of [
    { origin: 'null' },
    { origin: 'null', authorization: 'Bearer x' },
    { origin: 'https://vitrine.example.evil.example' },
    { origin: 'http://vitrine.example' },
    { cookie: 's=x' },
    { cookie: 's=x', authorization: 'Bearer x' },
    { 'sec-fetch-site': 'same-site', cookie: 's=x' },
    { 'sec-fetch-site': 'none', cookie: 's=x' },
    { 'sec-fetch-site': 'cross-site', authorization: 'Bearer x' },
  ])
    assert.ok(!isTaken(headers), JSON.stringify(headers));
});

test('the limits stand as promised where nobody changes them', () => {
  const told = readSettings({});
  assert.equal(told.maxUploadsPerHour, 200);
  assert.equal(told.maxUploadBytes, 2 * 1024 ** 3);
  assert.equal(told.maxDurationMs, 600_000);
  assert.equal(told.accountQuotaBytes, 20 * 1024 ** 3);
  assert.equal(told.maxSignupsPerHour, 20);
  assert.equal(told.rateLimitFactor, 1);
  assert.equal(told.trustProxy, 0);
});

test('the default limits bite at the door: of sign-ups after 20 an hour, of sign-ins after 60, and they say when to come back', async (t) => {
  const strict = await startTestRegion({ settings: { RATE_LIMIT_FACTOR: '1', MAX_SIGNUPS_PER_HOUR: '20' } });
  t.after(() => strict.close());
  const answers = async (path: string, count: number, body: (turn: number) => unknown) => {
    const statuses = [];
    for (let turn = 0; turn < count; turn++) statuses.push(await strict.call('POST', path, body(turn)));
    return statuses;
  };
  const ups = await answers('/api/v1/accounts', 21, (turn) => ({ handle: `name${turn}`, password: '1', bearer: true }));
  assert.ok(ups.every((one) => one.status === 400));
  const real = await answers('/api/v1/accounts', 21, () => ({ handle: 'admin', password: 'correct horse staple' }));
  assert.deepEqual([real[19]?.status, real[20]?.status], [409, 429]);
  const ins = await answers('/api/v1/sessions', 61, (turn) => ({ handle: `no.one${turn}`, recoveryCode: 'aaaa-bbbb' }));
  assert.deepEqual([ins[59]?.status, ins[60]?.status], [401, 429]);
  const waitSeconds = Number(ins[60]?.headers.get('retry-after'));
  assert.ok(waitSeconds >= 1 && waitSeconds <= 3600);
  // A blind route with a limit has it too: nobody is known there, so the network counts.
  const hour = Math.floor(Date.now() / 3_600_000);
  const spent = [hour, hour + 1].map((each) => ({
    key: 'GET /oembed 127.0.0.0/24',
    window_start: new Date(each * 3_600_000),
    count: 3600,
  }));
  await strict.grounds.db.insertInto('rate_counters').values(spent).execute();
  assert.equal((await strict.call('GET', '/oembed?url=x')).status, 429);
});

test('whoever changes something is counted, or can do it only once for each thing they made', () => {
  const uncounted = Object.entries(POLICIES).filter(
    ([route, policy]) => !policy.rate && policy.who === 'anyone' && !route.startsWith('GET '),
  );
  // Sign-ups are counted by a setting.
  assert.deepEqual(
    uncounted.map(([route]) => route),
    ['POST /api/v1/accounts', 'POST /api/v1/passkeys/sign-ups'],
  );
});

test('/readyz shows the layers of the sandbox', async () => {
  const ready: { body: { sandbox: Record<string, { isOn: boolean }> } } = await region.call('GET', '/readyz');
  assert.equal(ready.body.sandbox.a?.isOn, true);
  assert.deepEqual(Object.keys(ready.body.sandbox).sort(), ['a', 'b', 'c']);
});
