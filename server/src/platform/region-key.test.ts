import assert from 'node:assert/strict';
import { mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { openNote, signNote, verifierText } from '@vitrine/ledger';
import { startTestRegion, type TestRegion } from '../testing/region.ts';
import { verifyEd25519 } from './ed25519.ts';
import { knownRegionKey, openRegionKey } from './region-key.ts';

let region: TestRegion;
let folder: string;
before(async () => {
  // No learner in this process, so that nobody else makes the key.
  region = await startTestRegion({ settings: { ROLE: 'web' } });
  folder = await mkdtemp(join(tmpdir(), 'vitrine-key-'));
});
after(async () => {
  await region.close();
  await rm(folder, { recursive: true, force: true });
});

test('the key is made once, for its owner alone, and what it signs is verified by its public half', async () => {
  const grounds = { ...region.grounds, settings: { ...region.grounds.settings, dataDir: folder } };
  assert.equal(await knownRegionKey(grounds.db), undefined);
  const [key, same] = await Promise.all([openRegionKey(grounds), openRegionKey(grounds)]);
  assert.equal(verifierText(key.verifier), verifierText(same.verifier));
  assert.equal((await stat(join(folder, 'region.key'))).mode & 0o777, 0o600);
  const known = await knownRegionKey(grounds.db);
  assert.ok(known);
  assert.equal(openNote(signNote('a\n', key.verifier, key.sign), [known], verifyEd25519).text, 'a\n');
});

test('a lost or foreign key is told, never replaced', async () => {
  const grounds = { ...region.grounds, settings: { ...region.grounds.settings, dataDir: folder } };
  const path = join(folder, 'region.key');
  const own = await readFile(path, 'utf8');
  await writeFile(path, `localhost ${Buffer.alloc(32, 7).toString('base64')}\n`);
  await assert.rejects(openRegionKey(grounds), /not the key/);
  await rm(path);
  await assert.rejects(openRegionKey(grounds), /missing/);
  await writeFile(path, own);
  await openRegionKey(grounds);
});
