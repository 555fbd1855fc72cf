import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { get } from 'node:https';
import type { IncomingMessage } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { prepareLan } from './lan.ts';

const MAIN = fileURLToPath(new URL('../server/src/main.ts', import.meta.url));

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  if (typeof address !== 'object' || !address) throw new Error('no free port');
  return address.port;
}

async function folderFor(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-lan-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

test('the certificate is made once, for the owner alone, and made anew only for another address', async (t) => {
  const DATA_DIR = await folderFor(t);
  const first = await prepareLan({ DATA_DIR, PORT: '4000' });
  const certFile = first.settings.TLS_CERT_FILE ?? '';
  const made = await readFile(certFile, 'utf8');
  assert.equal((await stat(first.settings.TLS_KEY_FILE ?? '')).mode & 0o077, 0);
  assert.match(first.settings.PUBLIC_URL ?? '', /^https:\/\/\d+\.\d+\.\d+\.\d+:4000$/);
  assert.equal(first.settings.HOST, '0.0.0.0');
  await prepareLan({ DATA_DIR, PORT: '4000' });
  assert.equal(await readFile(certFile, 'utf8'), made);
});

test('the address is shown with a QR code', async (t) => {
  const { shown, settings } = await prepareLan({ DATA_DIR: await folderFor(t) });
  assert.ok(shown.includes(settings.PUBLIC_URL ?? ''));
  assert.ok((shown.match(/[▀▄█]/g) ?? []).length > 200, shown);
});

test('a server started so answers over HTTPS, under that certificate', async (t) => {
  const DATA_DIR = await folderFor(t);
  const { settings } = await prepareLan({ DATA_DIR, HOST: '127.0.0.1', PORT: String(await freePort()) });
  const { DATABASE_URL: _, ...inherited } = process.env;
  const child = spawn(process.execPath, [MAIN], {
    env: { ...inherited, ...settings, DATA_DIR, LOG_LEVEL: 'error', ALLOW_OPEN_WITHOUT_SANDBOX: '1' },
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const ended = once(child, 'exit');
  try {
    const ca = await readFile(settings.TLS_CERT_FILE ?? '', 'utf8');
    const ask = (path: string) =>
      new Promise<IncomingMessage>((resolve, reject) => {
        get({ host: '127.0.0.1', port: settings.PORT, path, ca }, resolve).on('error', reject);
      });
    let told: IncomingMessage | undefined;
    for (let tries = 0; tries < 400 && !told; tries += 1) {
      if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`);
      told = await ask('/api/v1/region').catch(() => sleep(100, undefined));
    }
    assert.equal(told?.statusCode, 200);
    assert.match(String(told?.headers['strict-transport-security']), /max-age=/);
    told?.resume();
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
  assert.equal(child.exitCode, 0);
});
