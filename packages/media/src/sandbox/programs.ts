/** Where the programs that fence a worker in are found. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

/** The caller's PATH is not trusted for more than the names that come after the usual ones. */
const PROGRAM_FOLDERS = [
  '/usr/bin',
  '/bin',
  '/usr/local/bin',
  ...(process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder.startsWith('/')),
];

/** The full path of a program that may be run; undefined where it is not installed. */
export function findProgram(name: string): string | undefined {
  return PROGRAM_FOLDERS.map((folder) => join(folder, name)).find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
