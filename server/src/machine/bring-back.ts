/** Puts a backup back, into a DATA_DIR or database that holds nothing yet. */
import { cp, mkdir, readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { openDatabase, type Db } from '../platform/database.ts';
import { openMediaStore } from '../platform/open-media-store.ts';
import type { Settings } from '../platform/settings.ts';
import { Complaint } from './complaint.ts';
import { runPostgresTool } from './postgres-tools.ts';
import { sha256Of, type Manifest } from './save.ts';

/** What came back. `missing` are files that the database names and the backup does not hold. */
export interface Restored {
  manifest: Manifest;
  mediaFiles: number;
  missing: string[];
}

/** The newest manifest of a backup folder. */
async function newestManifest(folder: string): Promise<Manifest> {
  const names = (await readdir(folder)).filter((name) => /^manifest-.*\.json$/.test(name)).sort();
  const newest = names.at(-1);
  if (!newest) throw new Complaint(`${folder} holds no backup: there is no manifest in it.`);
  return JSON.parse(await readFile(join(folder, newest), 'utf8')) as Manifest;
}

/**
 * Restores the newest backup of a folder.
 * @throws when a file differs from its hash, or when there is something at the target already: nothing is overwritten
 */
export async function restoreBackup(settings: Settings, folder: string): Promise<Restored> {
  const manifest = await newestManifest(folder);
  const dump = join(folder, manifest.database.file);
  if ((await sha256Of(dump)) !== manifest.database.sha256)
    throw new Complaint(`${dump} is not what was saved: its hash differs. Nothing was restored.`);
  const isPostgres = settings.databaseUrl !== undefined;
  if (isPostgres !== (manifest.kind === 'postgresql'))
    throw new Complaint(`This backup is of a region on ${manifest.kind}: restore it there.`);
  if (settings.databaseUrl) await restorePostgres(settings.databaseUrl, dump);
  else await restoreEmbedded(settings, dump);
  await cp(join(folder, manifest.kept), settings.dataDir, { recursive: true });
  const mediaFiles = await restoreMedia(settings, join(folder, 'media'));
  return { manifest, mediaFiles, missing: await findMissing(settings) };
}

async function restoreEmbedded(settings: Settings, dump: string): Promise<void> {
  const target = join(settings.dataDir, 'database');
  if (await stat(target).catch(() => undefined))
    throw new Complaint(`${target} exists: restore into an empty DATA_DIR, so that nothing is overwritten.`);
  await mkdir(settings.dataDir, { recursive: true, mode: 0o700 });
  const lite = await PGlite.create(target, { loadDataDir: new Blob([new Uint8Array(await readFile(dump))]) });
  await lite.close();
}

const restorePostgres = (url: string, dump: string): Promise<void> =>
  runPostgresTool('pg_restore', {
    url,
    words: ['--no-owner', '--exit-on-error', '--single-transaction', dump],
    needs: 'it must be installed, and DATABASE_URL must name an empty database. Nothing was restored.',
  });

async function restoreMedia(settings: Settings, folder: string): Promise<number> {
  const store = await openMediaStore(settings);
  let files = 0;
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => [])) {
    if (!entry.isFile() || entry.name.endsWith('.partial')) continue;
    const path = join(entry.parentPath, entry.name);
    await store.put(relative(folder, path).split(sep).join('/'), path);
    files += 1;
  }
  return files;
}

async function findMissing(settings: Settings): Promise<string[]> {
  const store = await openMediaStore(settings);
  const database = await openDatabase(settings);
  try {
    const missing: string[] = [];
    for (const key of await namedKeys(database.db)) if (!(await store.stat(key))) missing.push(key);
    return missing;
  } finally {
    await database.close();
  }
}

async function namedKeys(db: Db): Promise<string[]> {
  const served = await db.selectFrom('media_files').select('store_key').execute();
  const sources = await db.selectFrom('sources').select('store_key').execute();
  return [...served, ...sources].map((row) => row.store_key);
}
