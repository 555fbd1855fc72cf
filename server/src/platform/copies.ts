/** Hourly copies of the embedded database, taken at a checkpoint: what a power cut can cost is at most one hour. */
import { mkdir, open, readdir, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { OpenDatabase } from './database.ts';
import { syncPath } from './media-store.ts';

/** How many are kept; the oldest goes first. */
const KEPT = 3;

/**
 * Writes a copy into DATA_DIR/copies. Does nothing on PostgreSQL, whose own tools copy it.
 * @returns the path of the copy
 */
export async function copyDatabase(database: OpenDatabase, dataDir: string, now: Date): Promise<string | undefined> {
  const dump = await database.dump();
  if (!dump) return undefined;
  const folder = join(dataDir, 'copies');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, `database-${now.toISOString().replaceAll(':', '-').slice(0, 19)}.tar.gz`);
  const file = await open(`${path}.partial`, 'w', 0o600);
  try {
    await file.writeFile(new Uint8Array(await dump.arrayBuffer()));
    await file.sync();
  } finally {
    await file.close();
  }
  await rename(`${path}.partial`, path);
  await syncPath(folder);
  const names = (await readdir(folder)).filter((name) => name.endsWith('.tar.gz')).sort();
  for (const name of names.slice(0, -KEPT)) await rm(join(folder, name), { force: true });
  return path;
}
