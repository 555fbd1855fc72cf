import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { readSettings } from '../platform/settings.ts';
import { startStoredRegion, startTestRegion } from '../testing/region.ts';
import { makeScratchDatabase } from '../testing/scratch-database.ts';

const COMMAND = fileURLToPath(new URL('admin.ts', import.meta.url));

/** Runs the command as a person would; DATABASE_URL is left out, because most tests are about the folder. */
function admin(dataDir: string, ...words: string[]): Promise<{ code: number; out: string; err: string }> {
  return adminWith({ DATA_DIR: dataDir }, words);
}

function adminWith(
  settings: Record<string, string>,
  words: string[],
): Promise<{ code: number; out: string; err: string }> {
  const { DATABASE_URL: _, ...inherited } = process.env;
  const env = { ...inherited, ...settings };
  return new Promise((resolve) => {
    execFile(process.execPath, [COMMAND, ...words], { env }, (cause, out, err) =>
      resolve({ code: cause ? 1 : 0, out, err }),
    );
  });
}

test(
  'while a server runs on the folder, it does what the command asks',
  { skip: process.env.DATABASE_URL ? 'with PostgreSQL there is no door' : false },
  async () => {
    const region = await startTestRegion();
    try {
      await region.signUp('boss');
      assert.match((await admin(region.dataDir, 'grant', 'boss', 'operator')).out, /@boss is operator now/);
      const listed = await admin(region.dataDir, 'complaints', '--json');
      assert.deepEqual(JSON.parse(listed.out), { complaints: [] });
      const refused = await admin(region.dataDir, 'suspend', 'nobody', '--ground', 'hate');
      assert.equal(refused.code, 1);
      assert.equal(refused.err, 'There is no account nobody.\n');
    } finally {
      await region.close();
    }
  },
);

test('while no server runs, the command opens the database itself', async () => {
  const dataDir = await mkdtemp(join(tmpdir(), 'vitrine-admin-'));
  try {
    const made = await admin(dataDir, 'invite', '--json');
    assert.match(JSON.parse(made.out).code, /^\w{4}(-\w{4}){3}$/);
    assert.equal((await admin(dataDir, 'grant', 'nobody', 'operator')).err, 'There is no account nobody.\n');
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
});

const server = process.env.DATABASE_URL;

test(
  'on PostgreSQL the command works beside the servers, and they see what it did',
  { skip: server ? false : 'set DATABASE_URL' },
  async () => {
    const scratch = await makeScratchDatabase(server ?? '');
    const dataDir = await mkdtemp(join(tmpdir(), 'vitrine-admin-'));
    const settings = { DATA_DIR: dataDir, DATABASE_URL: scratch.url };
    const region = await startStoredRegion(readSettings({ PORT: '0', LOG_LEVEL: 'silent', ...settings }));
    try {
      const made = await fetch(`${region.url}/api/v1/accounts`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ handle: 'boss', password: 'correct horse boss', bearer: true }),
      });
      assert.equal(made.status, 201);
      assert.match((await adminWith(settings, ['grant', 'boss', 'operator'])).out, /@boss is operator now/);
      assert.equal(await region.stores.accounts.hasOperator(), true);
      const refused = await adminWith(settings, ['suspend', 'nobody', '--ground', 'hate']);
      assert.deepEqual([refused.code, refused.err], [1, 'There is no account nobody.\n']);
    } finally {
      await region.close();
      await scratch.drop();
      await rm(dataDir, { recursive: true, force: true });
    }
  },
);

test('without a command, or with one that is misspelt, the command says what there is and fails', async () => {
  const nothing = await admin('.');
  assert.match(nothing.out, /grant HANDLE ROLE/);
  assert.equal(nothing.code, 1);
  assert.equal((await admin('.', '--help')).code, 0);
  assert.match((await admin('.', 'complaints', '--frob')).err, /^Unknown option '--frob'/);
});
