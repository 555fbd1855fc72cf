import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { request, type IncomingMessage } from 'node:http';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startSentence } from './platform/start-problem.ts';
import { freePort, startChild } from './testing/child-server.ts';
import { askOffset, idOf, openUpload } from './testing/uploads.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-start-'));
});
after(() => rm(folder, { recursive: true, force: true }));

/** A start that is expected to fail: its exit code and what it says. */
async function failToStart(settings: Record<string, string>, uid?: number): Promise<{ code: unknown; told: string }> {
  const child: ChildProcess = spawn(process.execPath, [MAIN], {
    env: { PATH: process.env.PATH, LOG_LEVEL: 'error', PORT: '0', ...settings },
    stdio: ['ignore', 'ignore', 'pipe'],
    ...(uid === undefined ? {} : { uid, gid: uid }),
  });
  let told = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (told += text));
  const [code]: unknown[] = await once(child, 'close');
  return { code, told: told.trim() };
}

function isSentence(told: string): void {
  assert.doesNotMatch(told, /\n\s+at |file:\/\//);
  assert.match(told, /[.?]$/);
}

test('a second process on the same folder is refused, and the first goes on', async () => {
  const place = { dataDir: join(folder, 'shared'), port: await freePort() };
  const first = await startChild(place);
  try {
    const { code, told } = await failToStart({ DATA_DIR: place.dataDir });
    assert.equal(code, 1);
    assert.match(told, new RegExp(`is in use by process ${first.process.pid}`));
    isSentence(told);
    assert.equal((await fetch(`${first.url}/readyz`)).status, 200);
  } finally {
    await first.stop();
  }
});

test('a port that is in use is named', async () => {
  const holder = createServer().listen(0, '127.0.0.1');
  await once(holder, 'listening');
  const address = holder.address();
  const port = typeof address === 'object' && address ? String(address.port) : '';
  const { code, told } = await failToStart({ PORT: port, DATA_DIR: join(folder, 'port') });
  holder.close();
  assert.equal(code, 1);
  assert.match(told, new RegExp(`^PORT ${port} is in use`));
  isSentence(told);
});

test('a folder that cannot be written, or is none, is named', async () => {
  const closed = join(folder, 'closed');
  await mkdir(closed);
  await chmod(folder, 0o755);
  await chmod(closed, 0o555);
  const nobody = process.getuid?.() === 0 ? 65_534 : undefined;
  const { code, told } = await failToStart({ DATA_DIR: join(closed, 'data') }, nobody);
  assert.equal(code, 1);
  assert.match(told, /closed\/data cannot be written or read \(EACCES\)/);
  isSentence(told);
  await writeFile(join(folder, 'file'), '');
  const other = await failToStart({ DATA_DIR: join(folder, 'file') });
  assert.equal(other.code, 1);
  assert.match(other.told, /is a file where a folder is needed/);
});

test('a database that is not there is told, without its password', async () => {
  const { code, told } = await failToStart({
    DATA_DIR: join(folder, 'database'),
    DATABASE_URL: `postgres://me:very-secret@127.0.0.1:${await freePort()}/vitrine`,
  });
  assert.equal(code, 1);
  assert.match(told, /^The database of DATABASE_URL does not let us in/);
  assert.doesNotMatch(told, /very-secret/);
  isSentence(told);
});

test('a full disk is told, and what nobody foresaw keeps its stack', () => {
  const full = Object.assign(new Error('no space'), { code: 'ENOSPC', path: '/data/lock' });
  assert.match(startSentence(new Error('cannot lock', { cause: full }), {}), /^The disk of \/data\/lock is full/);
  assert.match(startSentence(new TypeError('odd'), {}), /TypeError: odd\n\s+at /);
});

test('on SIGTERM what is under way ends, nothing new is taken, and the exit code is 0', async () => {
  const place = { dataDir: join(folder, 'drained'), port: await freePort() };
  const server = await startChild(place);
  const made = await fetch(`${server.url}/api/v1/accounts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ handle: 'anna', password: 'correct horse anna', bearer: true }),
  });
  const { token } = (await made.json()) as { token: string };
  const bytes = randomBytes(60_000);
  const id = idOf(await openUpload(server, token, { sizeBytes: bytes.length * 2 }));
  const chunk = request(`${server.url}/api/v1/uploads/${id}`, {
    method: 'PATCH',
    headers: {
      'tus-resumable': '1.0.0',
      authorization: `Bearer ${token}`,
      'upload-offset': '0',
      'content-type': 'application/offset+octet-stream',
      'content-length': String(bytes.length),
    },
  });
  const answered = once(chunk, 'response') as Promise<[IncomingMessage]>;
  chunk.write(bytes.subarray(0, 20_000));
  await sleep(300);
  server.process.kill('SIGTERM');
  await sleep(300);
  await assert.rejects(fetch(`${server.url}/healthz`));
  chunk.end(bytes.subarray(20_000));
  const [answer] = await answered;
  assert.equal(answer.resume().statusCode, 204);
  assert.equal(await server.ended, null);
  assert.equal(server.process.exitCode, 0);
  await assert.rejects(readFile(join(place.dataDir, 'lock')), /ENOENT/);
  const again = await startChild(place);
  assert.equal(await askOffset(again, token, id), bytes.length);
  await again.stop();
});
