/**
 * A backup is a folder: `database-TIME`, `manifest-TIME.json`, `media/…` shared by all backups in it (media files never change),
 * and `kept-TIME/…`, the small files of DATA_DIR. The database is taken first: every file it names is then already there.
 */
import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { copyFile, cp, mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { copyDatabase } from '../platform/copies.ts';
import { openDatabase } from '../platform/database.ts';
import { knock } from '../platform/door.ts';
import type { MediaStore } from '../platform/media-store.ts';
import { openMediaStore } from '../platform/open-media-store.ts';
import type { Settings } from '../platform/settings.ts';
import { runPostgresTool } from './postgres-tools.ts';

/** What a backup says of itself. */
export interface Manifest {
  format: 1;
  madeAt: string;
  kind: 'embedded' | 'postgresql';
  database: { file: string; sizeBytes: number; sha256: string };
  media: { files: number; bytes: number };
  /** Folder with the small files of DATA_DIR. */
  kept: string;
}

/** Made anew, or saved otherwise. */
const NOT_KEPT = new Set([
  'database',
  'media',
  'copies',
  'staging',
  'uploads',
  'work',
  'shelving',
  'lock',
  'door',
  'lan',
]);

/** Files of public shelves: the learner makes them from the database, and what was withdrawn must not come back. */
const MADE_ANEW = /^shelves\//;

/** SHA-256 of a file as hex. */
export async function sha256Of(path: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(path)) hash.update(chunk as Uint8Array);
  return hash.digest('hex');
}

/** Writes a backup of everything a region holds; works while its server runs. */
export async function makeBackup(
  settings: Settings,
  folder: string,
  onFile: (files: number, bytes: number) => void,
): Promise<Manifest> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const madeAt = new Date().toISOString();
  const stamp = madeAt.replaceAll(':', '-').slice(0, 19);
  const file = settings.databaseUrl ? `database-${stamp}.dump` : `database-${stamp}.tar.gz`;
  const path = join(folder, file);
  await (settings.databaseUrl
    ? dumpPostgres(settings.databaseUrl, path)
    : copyFile(await copyEmbedded(settings), path));
  const media = await saveMedia(settings, join(folder, 'media'), onFile);
  await saveKept(settings.dataDir, join(folder, `kept-${stamp}`));
  const database = { file, sizeBytes: (await stat(path)).size, sha256: await sha256Of(path) };
  const manifest: Manifest = {
    format: 1,
    madeAt,
    kind: settings.databaseUrl ? 'postgresql' : 'embedded',
    database,
    media,
    kept: `kept-${stamp}`,
  };
  await writeFile(join(folder, `manifest-${stamp}.json`), `${JSON.stringify(manifest, undefined, 2)}\n`, {
    mode: 0o600,
  });
  return manifest;
}

/** Asks the running server for a copy; where none runs, opens the database itself. */
async function copyEmbedded(settings: Settings): Promise<string> {
  const told = await knock(settings.dataDir, 'copy', {});
  if (typeof told?.answer === 'string') return told.answer;
  const database = await openDatabase(settings);
  try {
    const path = await copyDatabase(database, settings.dataDir, new Date());
    if (!path) throw new Error('the embedded database gave no copy');
    return path;
  } finally {
    await database.close();
  }
}

const dumpPostgres = (url: string, path: string): Promise<void> =>
  runPostgresTool('pg_dump', {
    url,
    words: ['--format=custom', '--no-owner', `--file=${path}`],
    needs: 'it must be installed, at least as new as the server, and reach DATABASE_URL.',
  });

async function saveMedia(
  settings: Settings,
  folder: string,
  onFile: (files: number, bytes: number) => void,
): Promise<Manifest['media']> {
  const store = await openMediaStore(settings);
  const saved = { files: 0, bytes: 0 };
  for await (const { key, sizeBytes } of store.list('')) {
    if (key.endsWith('.partial') || MADE_ANEW.test(key)) continue;
    const target = join(folder, ...key.split('/'));
    const known = await stat(target).catch(() => undefined);
    if (known?.size !== sizeBytes) {
      const isCopied = await copyOut(store, key, target);
      // Deleted while this ran, after the database was taken.
      if (!isCopied) continue;
    }
    saved.files += 1;
    saved.bytes += sizeBytes;
    onFile(saved.files, saved.bytes);
  }
  return saved;
}

async function copyOut(store: MediaStore, key: string, target: string): Promise<boolean> {
  await mkdir(dirname(target), { recursive: true, mode: 0o700 });
  try {
    await pipeline(await store.open(key), createWriteStream(`${target}.partial`, { mode: 0o600 }));
  } catch (cause) {
    if (await store.stat(key)) throw cause;
    await rm(`${target}.partial`, { force: true });
    return false;
  }
  await rename(`${target}.partial`, target);
  return true;
}

async function saveKept(dataDir: string, folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  for (const name of await readdir(dataDir).catch(() => [])) {
    if (!NOT_KEPT.has(name)) await cp(join(dataDir, name), join(folder, name), { recursive: true });
  }
}
