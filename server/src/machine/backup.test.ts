import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { startStoredRegion } from '../testing/region.ts';
import { makeScratchDatabase } from '../testing/scratch-database.ts';
import { readSettings } from '../platform/settings.ts';
import { systemWorld } from '../platform/world.ts';
import { makeBackup } from './save.ts';
import { restoreBackup } from './bring-back.ts';

let folder: string;
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vitrine-backup-'));
});
after(() => rm(folder, { recursive: true, force: true }));

const settingsOf = (dataDir: string) => readSettings({ PORT: '0', LOG_LEVEL: 'silent', DATA_DIR: dataDir });
const silent = (): void => undefined;

test('a region saved while it runs comes back whole, and a file that is missing is named', async () => {
  const original = settingsOf(join(folder, 'original'));
  const world = systemWorld();
  const region = await startStoredRegion(original);
  await writeFile(join(folder, 'clip'), 'bytes of a clip');
  await region.grounds.media.put('renditions/a.mp4', join(folder, 'clip'));
  const file = {
    account_id: world.newId(),
    kind: 'rendition',
    mime: 'video/mp4',
    size_bytes: 15,
    sha256: '',
    is_public: true,
    created_at: world.now(),
  };
  await region.grounds.db
    .insertInto('media_files')
    .values({ ...file, id: 'kept', store_key: 'renditions/a.mp4' })
    .execute();
  await mkdir(join(original.dataDir, 'pages'));
  await writeFile(join(original.dataDir, 'pages', 'terms.md'), '# Our terms');
  await makeBackup(original, join(folder, 'saved'), silent);
  await region.grounds.db
    .insertInto('media_files')
    .values({ ...file, id: 'later', store_key: 'renditions/never.mp4' })
    .execute();
  await region.close();

  const target = settingsOf(join(folder, 'target'));
  const restored = await restoreBackup(target, join(folder, 'saved'));
  assert.deepEqual([restored.mediaFiles, restored.missing], [1, []]);
  assert.equal(await readFile(join(target.dataDir, 'media/renditions/a.mp4'), 'utf8'), 'bytes of a clip');
  assert.equal(await readFile(join(target.dataDir, 'pages/terms.md'), 'utf8'), '# Our terms');
  const again = await startStoredRegion(target);
  const rows = await again.grounds.db.selectFrom('media_files').select('id').execute();
  await again.close();
  assert.deepEqual(rows, [{ id: 'kept' }]);

  await makeBackup(original, join(folder, 'saved'), silent);
  const second = await restoreBackup(settingsOf(join(folder, 'second')), join(folder, 'saved'));
  assert.deepEqual(second.missing, ['renditions/never.mp4']);
});

test('nothing is restored over what is there, nor from bytes that differ', async () => {
  await assert.rejects(
    restoreBackup(settingsOf(join(folder, 'target')), join(folder, 'saved')),
    /nothing is overwritten/,
  );
  const manifest = JSON.parse(await readFile(join(folder, 'saved', (await newest())!), 'utf8')) as {
    database: { file: string };
  };
  await writeFile(join(folder, 'saved', manifest.database.file), 'other bytes');
  await assert.rejects(restoreBackup(settingsOf(join(folder, 'third')), join(folder, 'saved')), /hash differs/);
});

async function newest(): Promise<string | undefined> {
  return (await readdir(join(folder, 'saved')))
    .filter((name) => name.startsWith('manifest-'))
    .sort()
    .at(-1);
}

const server = process.env.DATABASE_URL;
const onPostgres = { skip: server ? false : 'set DATABASE_URL to save a region on PostgreSQL' };

test('a region on PostgreSQL comes back whole into an empty database, and into no other', onPostgres, async () => {
  const [from, to] = [await makeScratchDatabase(server ?? ''), await makeScratchDatabase(server ?? '')];
  const place = (name: string, url: string) =>
    readSettings({ PORT: '0', LOG_LEVEL: 'silent', DATA_DIR: join(folder, name), DATABASE_URL: url });
  const original = place('pg-original', from.url);
  const target = place('pg-target', to.url);
  const saved = join(folder, 'pg-saved');
  const region = await startStoredRegion(original);
  try {
    await region.stores.accounts.createInvite();
    await writeFile(join(folder, 'clip'), 'bytes of a clip');
    await region.grounds.media.put('sources/a', join(folder, 'clip'));
    await makeBackup(original, saved, silent);
    const restored = await restoreBackup(target, saved);
    assert.deepEqual([restored.manifest.kind, restored.mediaFiles, restored.missing], ['postgresql', 1, []]);
    const again = await startStoredRegion(target);
    const kept = await again.grounds.db.selectFrom('invites').selectAll().execute();
    assert.deepEqual(kept, await region.grounds.db.selectFrom('invites').selectAll().execute());
    assert.equal(kept.length, 1);
    await again.close();
    await assert.rejects(restoreBackup(target, saved), /must name an empty database. Nothing was restored/);
    await assert.rejects(restoreBackup(settingsOf(join(folder, 'embedded')), saved), /restore it there/);
  } finally {
    await region.close();
    await from.drop();
    await to.drop();
  }
});
