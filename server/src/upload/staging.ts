/** Files that are being received, on this machine's disk. Named by the upload's id alone: a person's file name never reaches a path. */
import { createHash } from 'node:crypto';
import { createReadStream, mkdirSync } from 'node:fs';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { reach } from '../platform/kill-points.ts';
import { syncPath } from '../platform/media-store.ts';
import { diskSpace, LEAST_FREE_DISK, type DiskSpace } from '../platform/disk-space.ts';

/** Sync at least so often while a long chunk arrives, so that its end does not wait for all of it. */
const SYNC_EVERY_BYTES = 8 * 1024 * 1024;

/** Asks for the room on the disk that holds a folder; tests put their own in its place. */
export type AskDiskSpace = (folder: string) => Promise<DiskSpace>;

/** Bytes being received. `part` while they arrive, `whole` once checked. */
export interface Staging {
  directory: string;
  /** Makes the empty file of an upload, surviving a crash. No error when it is there already. */
  create(id: string): Promise<void>;
  /** Bytes of an upload that lie on the disk; undefined when there is no file. */
  received(id: string): Promise<number | undefined>;
  /** Appends bytes; returns the offset after them, which then survives a crash. The bytes before an error stay. */
  append(id: string, offset: number, bytes: AsyncIterable<Uint8Array>): Promise<number>;
  /** Syncs what a dead process left. */
  sync(id: string): Promise<void>;
  /** SHA-256 in hex of what was received. */
  hash(id: string): Promise<string>;
  /** Renames the part to the whole and makes the name survive a crash; returns the path. */
  seal(id: string): Promise<string>;
  /** The path of the whole, if it was sealed. */
  sealed(id: string): Promise<string | undefined>;
  remove(id: string): Promise<void>;
  /** Ids of all files here, with the time of their last change. */
  list(): Promise<{ id: string; changedAt: Date }[]>;
  /** Whether so many more bytes may be taken. */
  hasRoomFor(bytes: number): Promise<boolean>;
}

/** Opens the folder of files being received. */
export function openStaging(directory: string, askSpace: AskDiskSpace = diskSpace): Staging {
  mkdirSync(directory, { recursive: true, mode: 0o700 });
  const partOf = (id: string) => join(directory, `${id}.part`);
  const wholeOf = (id: string) => join(directory, `${id}.whole`);
  const exists = async (path: string) => (await stat(path).catch(() => undefined))?.isFile() === true;
  return {
    directory,
    async create(id) {
      const handle = await open(partOf(id), 'a', 0o600);
      await handle.close();
      await syncPath(directory);
    },
    received: async (id) => (await stat(partOf(id)).catch(() => undefined))?.size,
    append: (id, offset, bytes) => append(partOf(id), offset, bytes),
    sync: (id) => syncPath(partOf(id)),
    async hash(id) {
      const digest = createHash('sha256');
      await pipeline(
        createReadStream((await exists(wholeOf(id))) ? wholeOf(id) : partOf(id), { highWaterMark: 1024 * 1024 }),
        digest,
      );
      return digest.digest('hex');
    },
    async seal(id) {
      await syncPath(partOf(id));
      await rename(partOf(id), wholeOf(id));
      reach('renamed');
      await syncPath(directory);
      reach('folder fsynced');
      return wholeOf(id);
    },
    sealed: async (id) => ((await exists(wholeOf(id))) ? wholeOf(id) : undefined),
    async remove(id) {
      await rm(partOf(id), { force: true });
      await rm(wholeOf(id), { force: true });
    },
    list: () => listFiles(directory),
    async hasRoomFor(bytes) {
      const space = await askSpace(directory);
      return space.freeBytes > bytes && space.freeShare * (1 - bytes / space.freeBytes) >= LEAST_FREE_DISK;
    },
  };
}

async function append(path: string, offset: number, bytes: AsyncIterable<Uint8Array>): Promise<number> {
  const handle = await open(path, 'r+');
  let position = offset;
  let syncedTo = offset;
  try {
    for await (const chunk of bytes) {
      let written = 0;
      while (written < chunk.length) {
        const step = await handle.write(chunk, written, chunk.length - written, position);
        written += step.bytesWritten;
        position += step.bytesWritten;
      }
      if (position - syncedTo >= SYNC_EVERY_BYTES) {
        await handle.datasync();
        syncedTo = position;
      }
    }
  } finally {
    // Also after an error: the next HEAD tells the file's size as the offset, so that size must survive.
    reach('chunk written');
    await handle.datasync();
    reach('chunk fsynced');
    await handle.close();
  }
  return position;
}

async function listFiles(directory: string): Promise<{ id: string; changedAt: Date }[]> {
  const files: { id: string; changedAt: Date }[] = [];
  for (const name of await readdir(directory)) {
    const found = await stat(join(directory, name)).catch(() => undefined);
    if (found?.isFile()) files.push({ id: name.replace(/\.(part|whole)$/, ''), changedAt: found.mtime });
  }
  return files;
}
