/** Compares the media store with the rows: files that no row names go after a day; rows whose file is missing are reported, never mended in silence. */
import type { Db } from '../platform/database.ts';
import type { MediaStore } from '../platform/media-store.ts';
import type { Sweep } from '../platform/sweeps.ts';
import { later, type World } from '../platform/world.ts';

/** What the comparison needs. */
interface StoreSweepGrounds {
  db: Db;
  world: World;
  media: MediaStore;
  /** Says which named file is not there. */
  report(missing: { storeKey: string; table: 'sources' | 'media_files' }): void;
}

const SWEEP_MS = 6 * 3_600_000;
/** Younger files may belong to a job whose transaction is still to come. */
const ORPHAN_MS = 24 * 3_600_000;
const BATCH = 500;
/** Under other prefixes others keep their own. */
const PREFIXES = ['sources/', 'videos/', 'captions/', 'avatars/', 'sounds/'];

/** What is done now and then. */
export function transcodeSweeps(grounds: StoreSweepGrounds): Sweep[] {
  return [{ name: 'media store', everyMs: SWEEP_MS, run: async () => void (await compareStore(grounds)) }];
}

/** One comparison; returns what was removed and what is missing. */
export async function compareStore(grounds: StoreSweepGrounds): Promise<{ removed: string[]; missing: string[] }> {
  const removed: string[] = [];
  for (const prefix of PREFIXES) removed.push(...(await removeOrphans(grounds, prefix)));
  return {
    removed,
    missing: [...(await findMissing(grounds, 'sources')), ...(await findMissing(grounds, 'media_files'))],
  };
}

async function removeOrphans({ db, world, media }: StoreSweepGrounds, prefix: string): Promise<string[]> {
  const before = later(world.now(), -ORPHAN_MS);
  const removed: string[] = [];
  let batch: string[] = [];
  const settle = async (): Promise<void> => {
    if (batch.length === 0) return;
    const named = new Set<string>();
    for (const table of ['sources', 'media_files'] as const) {
      for (const row of await db.selectFrom(table).select('store_key').where('store_key', 'in', batch).execute())
        named.add(row.store_key);
    }
    for (const key of batch.filter((candidate) => !named.has(candidate))) {
      await media.remove(key);
      removed.push(key);
    }
    batch = [];
  };
  for await (const file of media.list(prefix)) {
    if (file.changedAt < before) batch.push(file.key);
    if (batch.length >= BATCH) await settle();
  }
  await settle();
  return removed;
}

async function findMissing(
  { db, media, report }: StoreSweepGrounds,
  table: 'sources' | 'media_files',
): Promise<string[]> {
  const missing: string[] = [];
  let after = '';
  for (;;) {
    const rows = await db
      .selectFrom(table)
      .select('store_key')
      .where('store_key', '>', after)
      .orderBy('store_key')
      .limit(BATCH)
      .execute();
    for (const { store_key: storeKey } of rows) {
      if (await media.stat(storeKey)) continue;
      // Looked up again: it may have been removed with its row in between.
      if (!(await db.selectFrom(table).select('store_key').where('store_key', '=', storeKey).executeTakeFirst()))
        continue;
      missing.push(storeKey);
      report({ storeKey, table });
    }
    const last = rows.at(-1);
    if (rows.length < BATCH || !last) return missing;
    after = last.store_key;
  }
}
