/** Layer B: a worker in bubblewrap, without network, other files and dangerous system calls. */
import { execFileSync } from 'node:child_process';
import { closeSync, existsSync, mkdtempSync, openSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { callFilter } from './call-filter.ts';
import { findProgram } from './programs.ts';

/** This package: the worker's own code. */
export const PACKAGE_FOLDER = realpathSync(join(dirname(fileURLToPath(import.meta.url)), '..', '..'));

/** Our own packages that the worker's code imports; in node_modules they are links to here. */
const SIBLINGS = ['edit', 'schema'].map((name) => join(PACKAGE_FOLDER, '..', name));

/** Files that a worker may see: some to read, and a folder to write into. */
export type Reach = { sourcePaths?: readonly string[]; outDir?: string | undefined };

/** Whether layer B works here. `filter`: the program that has to be given to it on descriptor `FILTER_FD`. */
type Bubblewrap = { path: string | undefined; filter: Buffer | undefined; detail: string };

/** Where bubblewrap reads the filter of system calls. */
export const FILTER_FD = 3;

/** Processors that `callFilter` knows. */
const FILTERED_PROCESSORS: readonly string[] = ['x64', 'arm64'];
const LIBRARY_FOLDERS = ['/usr/lib', '/usr/lib64', '/usr/lib32'];
const LIBRARY_LINKS = ['/lib', '/lib64'];
const TRIAL_WALL_MS = 5_000;

let found: Bubblewrap | undefined;

/** Bubblewrap, if a worker's Node really starts in it here: containers often forbid what it needs. Tried once. */
export function findBubblewrap(): Bubblewrap {
  found ??= tryBubblewrap();
  return found;
}

function tryBubblewrap(): Bubblewrap {
  const off = (detail: string): Bubblewrap => ({ path: undefined, filter: undefined, detail });
  if (process.platform !== 'linux') return off('bubblewrap exists on Linux only');
  const path = findProgram('bwrap');
  if (path === undefined) return off('bubblewrap (bwrap) is not installed');
  const fence = 'bubblewrap: no network, no files but the source and one output folder';
  const filter = FILTERED_PROCESSORS.includes(process.arch) ? callFilter() : undefined;
  if (filter !== undefined && starts(path, filter)) return { path, filter, detail: `${fence}, filtered system calls` };
  if (starts(path, undefined))
    return { path, filter: undefined, detail: `${fence}; system calls are not filtered, this kernel cannot` };
  return off('bubblewrap is installed, but this machine does not let it make namespaces');
}

function starts(path: string, filter: Buffer | undefined): boolean {
  const filterFd = filter === undefined ? undefined : openUnnamed(filter);
  try {
    const bwrapArgs = bubblewrapArguments({}, filter === undefined ? undefined : FILTER_FD);
    execFileSync(path, [...bwrapArgs, process.execPath, '--eval', 'process.exit(0)'], {
      env: {},
      stdio: ['ignore', 'ignore', 'ignore', filterFd ?? 'ignore'],
      timeout: TRIAL_WALL_MS,
    });
    return true;
  } catch {
    return false;
  } finally {
    if (filterFd !== undefined) closeSync(filterFd);
  }
}

/** A descriptor from which the bytes can be read, of a file that has no name any more. */
function openUnnamed(bytes: Buffer): number {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-filter-'));
  try {
    const path = join(folder, 'filter');
    writeFileSync(path, bytes, { mode: 0o600 });
    return openSync(path, 'r');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Everything before the program that is to run in it. */
export function bubblewrapArguments({ sourcePaths = [], outDir }: Reach, filterFd: number | undefined): string[] {
  const readOnly = [
    ...libraryFolders(),
    dirname(realpathSync(process.execPath)),
    PACKAGE_FOLDER,
    ...SIBLINGS,
    ...moduleFolders(),
    ...sourcePaths,
  ];
  return [
    '--unshare-all',
    '--die-with-parent',
    '--new-session',
    '--clearenv',
    '--cap-drop',
    'ALL',
    ...(filterFd === undefined ? [] : ['--seccomp', String(filterFd)]),
    ...readOnly.flatMap((path) => ['--ro-bind', path, path]),
    ...libraryLinks(),
    ...(outDir === undefined ? [] : ['--bind', outDir, outDir]),
    '--remount-ro',
    '/',
    '--chdir',
    '/',
    '--',
  ];
}

function libraryFolders(): string[] {
  const plain = LIBRARY_LINKS.filter((path) => existsSync(path) && realpathSync(path) === path);
  return [...LIBRARY_FOLDERS.filter((path) => existsSync(path)), ...plain];
}

function libraryLinks(): string[] {
  return LIBRARY_LINKS.filter((path) => existsSync(path) && realpathSync(path) !== path).flatMap((path) => [
    '--symlink',
    realpathSync(path),
    path,
  ]);
}

/** Every node_modules folder between this package and the root: that is where modules are found. */
function moduleFolders(): string[] {
  const parts = PACKAGE_FOLDER.split(sep);
  return parts
    .map((_, n) => join(sep, ...parts.slice(0, n + 1), 'node_modules'))
    .filter((folder) => existsSync(folder))
    .map((folder) => realpathSync(folder));
}
