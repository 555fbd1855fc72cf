/** Puts a finished picture on disk. */
import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, openSync, writeSync } from 'node:fs';
import type { StillFile } from '../types.ts';

/** Writes and fsyncs; the folder is synced by whoever moves the file to its place. */
export function writeStill(
  path: string,
  bytes: Buffer,
  still: Pick<StillFile, 'type' | 'widthPx' | 'heightPx'>,
): StillFile {
  const file = openSync(path, 'w');
  try {
    for (let done = 0; done < bytes.length;) done += writeSync(file, bytes, done);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  return { path, ...still, sizeBytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') };
}
