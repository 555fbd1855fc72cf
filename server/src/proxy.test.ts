import assert from 'node:assert/strict';
import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { request as httpsRequest } from 'node:https';
import type { IncomingHttpHeaders } from 'node:http';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import type { PasskeyOptions, Post } from '@vitrine/schema';
import { freePort } from './testing/child-server.ts';
import { clipBytes } from './testing/clips.ts';
import { startTestRegion, type TestRegion } from './testing/region.ts';
import { sendUpload, waitForAllRenditions, waitForPost } from './testing/uploads.ts';

const HOST = 'video.example';
const OPERATING = new URL('../../docs/operating.md', import.meta.url);
const isThere = (command: string, option: string) => spawnSync(command, [option]).status === 0;
const skip = isThere('nginx', '-v') && isThere('openssl', 'version') ? false : 'nginx and openssl are not installed';

interface Told {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

describe('behind nginx as docs/operating.md shows it', { skip }, () => {
  let folder: string;
  let region: TestRegion;
  let nginx: ChildProcess;
  let port: number;
  let token: string;
  let post: Post;

  /** Over HTTPS, to the proxy, under the public name. */
  function ask(path: string, headers: Record<string, string> = {}, order: { method?: string; body?: string } = {}) {
    return new Promise<Told>((resolve, reject) => {
      const asked = httpsRequest(
        {
          host: '127.0.0.1',
          port,
          path,
          method: order.method ?? 'GET',
          servername: HOST,
          rejectUnauthorized: false,
          headers: { host: `${HOST}:${port}`, ...headers },
        },
        (answer) => {
          void answer
            .toArray()
            .then((parts: Buffer[]) =>
              resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body: Buffer.concat(parts) }),
            );
        },
      );
      asked.on('error', reject).end(order.body);
    });
  }

  const send = (path: string, body: unknown, headers: Record<string, string> = {}) =>
    ask(
      path,
      { 'content-type': 'application/json', origin: `https://${HOST}:${port}`, ...headers },
      { method: 'POST', body: JSON.stringify(body) },
    );

  async function publish(audience: string, hueDegrees: number): Promise<Post> {
    const uploadId = await sendUpload(region, token, await clipBytes({ hueDegrees, durationMs: 300 }));
    const made: { body: { id: string } } = await region.call('POST', '/api/v1/posts', { uploadId, audience }, token);
    await waitForPost(region, token, made.body.id);
    return waitForAllRenditions(region, token, made.body.id);
  }

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vitrine-proxy-'));
    port = await freePort();
    region = await startTestRegion({
      settings: {
        PUBLIC_URL: `https://${HOST}:${port}`,
        REGISTRATION: 'open',
        TRUST_PROXY: '1',
        X_ACCEL_PREFIX: '/internal-media',
        MAX_SIGNUPS_PER_HOUR: '3',
      },
    });
    nginx = await startNginx();
    ({ token } = await region.signUp('anna'));
    post = await publish('everyone', 61);
  });
  after(async () => {
    nginx.kill('SIGTERM');
    await once(nginx, 'exit');
    await region.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** The text of the document, with this test's places in place of its examples. */
  async function startNginx(): Promise<ChildProcess> {
    const wanted = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=${HOST}`;
    const files = ['-keyout', join(folder, 'key.pem'), '-out', join(folder, 'cert.pem')];
    const made = spawnSync('openssl', [...wanted.split(' '), ...files]);
    assert.equal(made.status, 0, String(made.stderr));
    const shown = /```nginx\n(.*?)```/s.exec(await readFile(OPERATING, 'utf8'))?.[1];
    assert.ok(shown);
    const site = shown
      .replace('listen 443', `listen 127.0.0.1:${port}`)
      .replaceAll('/etc/ssl/video.example', folder)
      .replace('127.0.0.1:3000', new URL(region.url).host)
      .replace('/srv/vitrine/data', region.dataDir);
    const temporary = ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi'].map(
      (name) => `${name}_temp_path ${join(folder, name)};`,
    );
    await mkdir(join(folder, 'logs'));
    const user = userInfo().uid === 0 ? 'user root;' : '';
    await writeFile(
      join(folder, 'nginx.conf'),
      `${user} daemon off; worker_processes 1; pid ${join(folder, 'pid')}; error_log ${join(folder, 'error.log')};
       events {} http { access_log off; ${temporary.join(' ')} ${site} }`,
    );
    const child = spawn('nginx', ['-p', folder, '-c', join(folder, 'nginx.conf')], { stdio: 'inherit' });
    for (let tries = 0; tries < 100; tries += 1) {
      if (child.exitCode !== null) throw new Error(`nginx ended: ${await readFile(join(folder, 'error.log'), 'utf8')}`);
      const isUp = await ask('/healthz').then(
        (told) => told.status === 200,
        () => false,
      );
      if (isUp) return child;
      await sleep(50);
    }
    throw new Error('nginx did not answer');
  }

  const pathOf = (url: string | undefined | null) => new URL(url ?? '', `https://${HOST}:${port}`).pathname;

  test('public media comes from nginx itself, with the headers that the server gave', async () => {
    const path = pathOf(post.renditions[0]?.url);
    // The server hands over, and sends no byte.
    const handed = await fetch(region.url + path);
    assert.match(handed.headers.get('x-accel-redirect') ?? '', /^\/internal-media\/videos\//);
    assert.equal((await handed.arrayBuffer()).byteLength, 0);
    const whole = await ask(path);
    assert.equal(whole.status, 200);
    assert.equal(whole.body.length, post.renditions[0]?.sizeBytes);
    assert.equal(whole.headers['x-accel-redirect'], undefined);
    for (const name of [
      'content-type',
      'cache-control',
      'etag',
      'content-security-policy',
      'x-content-type-options',
      'strict-transport-security',
      'referrer-policy',
      'cross-origin-resource-policy',
      'access-control-allow-origin',
      'access-control-expose-headers',
      'timing-allow-origin',
    ])
      assert.equal(whole.headers[name], handed.headers.get(name), name);
    assert.ok(whole.headers.etag);
    assert.equal((await ask(`/internal-media/${handed.headers.get('x-accel-redirect')?.slice(16)}`)).status, 404);
  });

  test('parts, unchanged files, heads and impossible parts are answered as without nginx', async () => {
    const path = pathOf(post.renditions[0]?.url);
    const { body, headers } = await ask(path);
    const part = await ask(path, { range: 'bytes=100-199' });
    assert.equal(part.status, 206);
    assert.equal(part.headers['content-range'], `bytes 100-199/${body.length}`);
    assert.deepEqual(part.body, body.subarray(100, 200));
    const unchanged = await ask(path, { 'if-none-match': headers.etag ?? '' });
    assert.equal(unchanged.status, 304);
    const resumed = await ask(path, { range: 'bytes=5-9', 'if-range': headers.etag ?? '' });
    assert.deepEqual([resumed.status, resumed.body], [206, body.subarray(5, 10)]);
    const changed = await ask(path, { range: 'bytes=5-9', 'if-range': '"other"' });
    assert.deepEqual([changed.status, changed.body.length], [200, body.length]);
    assert.equal((await ask(path, { range: `bytes=${body.length}-` })).status, 416);
    const head = await ask(path, {}, { method: 'HEAD' });
    assert.deepEqual([head.status, head.headers['content-length'], head.body.length], [200, String(body.length), 0]);
  });

  test('what is not for everyone never goes by nginx, and only its owner gets it', async () => {
    const own = await publish('onlyMe', 62);
    const path = pathOf(own.renditions[0]?.url);
    const signedIn = { authorization: `Bearer ${token}` };
    const direct = await fetch(region.url + path, { headers: signedIn });
    assert.equal(direct.headers.get('x-accel-redirect'), null);
    const through = await ask(path, signedIn);
    assert.equal(through.status, 200);
    assert.deepEqual(through.body, Buffer.from(await direct.arrayBuffer()));
    assert.match(through.headers['cache-control'] ?? '', /no-store/);
    assert.equal((await ask(path)).status, 401);
  });

  test('the session cookie is bound to this host and HTTPS, and the browser is told to stay with it', async () => {
    const told = await send('/api/v1/accounts', { handle: 'bella', password: 'correct horse bella' });
    assert.equal(told.status, 201, String(told.body));
    const cookie = told.headers['set-cookie']?.[0] ?? '';
    assert.match(cookie, /^__Host-s=/);
    for (const word of [/; Path=\/(;|$)/, /; Secure/, /; HttpOnly/, /; SameSite=Lax/]) assert.match(cookie, word);
    assert.doesNotMatch(cookie, /Domain/i);
    assert.match(String(told.headers['strict-transport-security']), /max-age=31536000/);
    const me = await ask('/api/v1/me', { cookie: cookie.split(';')[0] ?? '' });
    assert.equal(me.status, 200);
    const foreign = await send('/api/v1/accounts', {}, { origin: 'https://evil.example' });
    assert.equal(foreign.status, 403);
  });

  test('passkeys are bound to the public name', async () => {
    const told = await send('/api/v1/passkeys/sign-up-options', { handle: 'carla' });
    const { options } = JSON.parse(String(told.body)) as PasskeyOptions & { options: { rp: { id: string } } };
    assert.equal(options.rp.id, HOST);
  });

  test('limits by address count the address that nginx saw, not one that the sender wrote', async () => {
    const statuses: number[] = [];
    for (const n of [1, 2, 3, 4]) {
      const forged = { 'x-forwarded-for': `198.51.${n}.1` };
      const told = await send('/api/v1/accounts', { handle: `forger${n}`, password: 'correct horse forger' }, forged);
      statuses.push(told.status);
    }
    assert.ok(statuses.includes(429), statuses.join());
  });
});
