/** Where media bytes are kept: a few methods, two drivers. Keys are our own names, never a person's. */
import { createReadStream } from 'node:fs';
import { copyFile, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { Readable } from 'node:stream';

/** Inclusive byte positions. */
export interface ByteRange {
  start: number;
  end: number;
}

/** A kept file. */
export interface StoredFile {
  key: string;
  sizeBytes: number;
  changedAt: Date;
}

/** `put` returns only when the bytes survive a crash. */
export interface MediaStore {
  /** Copies a local file in. Atomic: a reader sees the whole file or none. */
  put(key: string, filePath: string): Promise<void>;
  /** Bytes of a file, or of a part of it. */
  open(key: string, range?: ByteRange): Promise<Readable>;
  /** Size and time; undefined when there is no such file. */
  stat(key: string): Promise<StoredFile | undefined>;
  /** Forgets a file; no error when it is gone already. */
  remove(key: string): Promise<void>;
  /** All files whose key starts so. */
  list(prefix: string): AsyncIterable<StoredFile>;
  /** A path on this machine's disk for tools that need one: the file itself (never to be changed), or a copy at `scratchPath`. */
  localPath(key: string, scratchPath: string): Promise<string>;
  /** Where the file lies on this machine's disk, whether it is there or not; undefined when the store is elsewhere. */
  diskPath(key: string): string | undefined;
}

const KEY = /^[a-z0-9][a-z0-9._-]*(\/[a-z0-9][a-z0-9._-]*)*$/;

function pathOf(root: string, key: string): string {
  if (!KEY.test(key)) throw new Error(`not a media key: ${JSON.stringify(key)}`);
  return join(root, ...key.split('/'));
}

/** A store in a folder. Files are fsynced, then renamed into place, then the folder is fsynced. */
export function openLocalStore(root: string): MediaStore {
  return {
    async put(key, filePath) {
      const path = pathOf(root, key);
      const partial = `${path}.partial`;
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await copyFile(filePath, partial);
      await syncPath(partial);
      await rename(partial, path);
      await syncPath(dirname(path));
    },
    async open(key, range) {
      const path = pathOf(root, key);
      await stat(path);
      return createReadStream(path, range);
    },
    async stat(key) {
      const found = await stat(pathOf(root, key)).catch(() => undefined);
      return found?.isFile() ? { key, sizeBytes: found.size, changedAt: found.mtime } : undefined;
    },
    remove: (key) => rm(pathOf(root, key), { force: true }),
    list: (prefix) => listFolder(root, prefix),
    async localPath(key) {
      const path = pathOf(root, key);
      await stat(path);
      return path;
    },
    diskPath: (key) => pathOf(root, key),
  };
}

async function* listFolder(root: string, prefix: string): AsyncIterable<StoredFile> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  for (const entry of entries) {
    if (!entry.isFile()) continue;
    const path = join(entry.parentPath, entry.name);
    const key = relative(root, path).split(sep).join('/');
    const found = key.startsWith(prefix) ? await stat(path).catch(() => undefined) : undefined;
    if (found) yield { key, sizeBytes: found.size, changedAt: found.mtime };
  }
}

/** fsync of a file or a folder. */
export async function syncPath(path: string): Promise<void> {
  const handle = await open(path, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
