import assert from 'node:assert/strict';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test, type TestContext } from 'node:test';
import { DirectoryLocked, takeDirectoryLock } from './directory-lock.ts';

const NO_PROCESS = 2 ** 22 + 1;

async function folderFor(t: TestContext): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-lock-'));
  t.after(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

async function rush(folder: string): Promise<{ taken: number }> {
  const all = await Promise.allSettled(Array.from({ length: 12 }, () => takeDirectoryLock(folder)));
  for (const one of all) if (one.status === 'rejected') assert.ok(one.reason instanceof DirectoryLocked, one.reason);
  return { taken: all.filter((one) => one.status === 'fulfilled').length };
}

test('of many who want a folder at once one gets it, and nothing else is left in it', async (t) => {
  const folder = await folderFor(t);
  assert.deepEqual(await rush(folder), { taken: 1 });
  assert.deepEqual(await readdir(folder), ['lock']);
});

test('of many who find the lock of a dead process one takes it over', async (t) => {
  const folder = await folderFor(t);
  for (const left of [JSON.stringify({ pid: NO_PROCESS, started: '1' }), '', '{"pid":']) {
    await writeFile(join(folder, 'lock'), left);
    assert.deepEqual(await rush(folder), { taken: 1 }, left);
    await rm(join(folder, 'lock'));
  }
});

test('a folder that is given back can be taken again', async (t) => {
  const folder = await folderFor(t);
  const lock = await takeDirectoryLock(folder);
  await assert.rejects(takeDirectoryLock(folder), DirectoryLocked);
  await lock.release();
  await (await takeDirectoryLock(folder)).release();
});
