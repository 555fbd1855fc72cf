/**
 * The embedded database writes its log without fsync. After each commit the changed log segments are synced here;
 * commits that arrive while a sync runs share the next one.
 */
import { open, readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';

/** @param directory the pg_wal folder of the embedded database */
export function walSyncer(directory: string): { sync(): Promise<void> } {
  let running: Promise<void> | undefined;
  let next: Promise<void> | undefined;
  const syncedMs = new Map<string, number>();

  async function syncChanged(): Promise<void> {
    const names = (await readdir(directory)).filter((name) => /^[0-9A-F]{24}$/.test(name));
    for (const name of names) {
      const path = join(directory, name);
      const { mtimeMs } = await stat(path);
      if (syncedMs.get(name) === mtimeMs) continue;
      const file = await open(path, 'r+');
      try {
        await file.datasync();
      } finally {
        await file.close();
      }
      syncedMs.set(name, mtimeMs);
    }
  }

  function start(): Promise<void> {
    const run = syncChanged().finally(() => {
      running = undefined;
    });
    running = run;
    return run;
  }

  return {
    sync() {
      if (!running) return start();
      next ??= running
        .catch(() => undefined)
        .then(() => {
          next = undefined;
          return start();
        });
      return next;
    },
  };
}
