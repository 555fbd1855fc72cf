import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { DirectoryLocked, takeDirectoryLock } from './directory-lock.ts';
import { addressPrefix } from './limits.ts';
import { acceptedOrigins, readSettings, SettingsError } from './settings.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-lock-'));
});
after(() => rm(folder, { recursive: true, force: true }));

test('a second opener of a folder is refused with words that say what to do', async () => {
  const lock = await takeDirectoryLock(folder);
  await assert.rejects(
    takeDirectoryLock(folder),
    (cause: unknown) => cause instanceof DirectoryLocked && /another DATA_DIR/.test(cause.message),
  );
  await lock.release();
  await (await takeDirectoryLock(folder)).release();
});

test('the lock of a dead process, a torn lock and a reused pid are taken over', async () => {
  const child = spawn(process.execPath, ['-e', '']);
  await new Promise((resolve) => child.once('exit', resolve));
  for (const left of [
    JSON.stringify({ pid: child.pid, started: '1' }),
    '{"pid":',
    JSON.stringify({ pid: 1, started: 'never' }),
  ]) {
    await writeFile(join(folder, 'lock'), left);
    const lock = await takeDirectoryLock(folder);
    assert.match(await readFile(join(folder, 'lock'), 'utf8'), new RegExp(`"pid":${process.pid}`));
    await lock.release();
  }
});

test('settings have their defaults, and a wrong one names itself', () => {
  const settings = readSettings({});
  assert.deepEqual(
    [settings.port, settings.publicUrl, settings.mediaUrl, settings.registration],
    [3000, 'http://localhost:3000', 'http://localhost:3000/media', 'open'],
  );
  assert.equal(readSettings({ PUBLIC_URL: 'https://clips.example/' }).registration, 'invite');
  assert.equal(readSettings({ HOST: '0.0.0.0' }).registration, 'invite');
  assert.equal(readSettings({ HOST: '::1' }).registration, 'open');
  assert.throws(
    () => readSettings({ PORT: 'many' }),
    (cause: unknown) => cause instanceof SettingsError && /PORT/.test(cause.message),
  );
  assert.throws(() => readSettings({ S3_BUCKET: 'b' }), /set all four or none/);
});

test('on loopback all three spellings are accepted origins, elsewhere only the own one', () => {
  assert.deepEqual(
    [...acceptedOrigins({ publicUrl: 'http://localhost:3000' })],
    ['http://localhost:3000', 'http://127.0.0.1:3000', 'http://[::1]:3000'],
  );
  assert.deepEqual([...acceptedOrigins({ publicUrl: 'https://clips.example' })], ['https://clips.example']);
});

test('addresses are cut to their network', () => {
  assert.equal(addressPrefix('203.0.113.77'), '203.0.113.0/24');
  assert.equal(addressPrefix('::ffff:203.0.113.77'), '203.0.113.0/24');
  assert.equal(addressPrefix('2001:db8:12:34::5'), '2001:db8:12::/48');
  assert.equal(addressPrefix('2001:db8::5'), '2001:db8:0::/48');
});
