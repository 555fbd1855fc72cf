/** Looks at the beginning of a file on disk. Runs in the worker only. */
import { closeSync, openSync, readSync, statSync } from 'node:fs';
import { sniff, SNIFF_BYTES } from '../sniff.ts';

/** What the file is, by its first bytes. */
export function sniffFile(path: string): ReturnType<typeof sniff> {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(SNIFF_BYTES);
    return sniff(head.subarray(0, readSync(file, head, 0, SNIFF_BYTES, 0)), statSync(path).size);
  } finally {
    closeSync(file);
  }
}
