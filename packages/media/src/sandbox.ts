/** How a worker process is fenced in, and which of the fences this machine has (media.md, Sandbox). */
import { execFileSync } from 'node:child_process';
import { accessSync, constants, existsSync, readFileSync, realpathSync } from 'node:fs';
import { delimiter, dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ADDRESS_SPACE_BYTES, OUTPUT_FILE_BYTES } from './limits.ts';
import type { SandboxLayer, SandboxLayers } from './types.ts';

const PACKAGE_FOLDER = realpathSync(join(dirname(fileURLToPath(import.meta.url)), '..'));
const WORKER_PATH = join(PACKAGE_FOLDER, 'src', 'worker.ts');
/** Where programs are looked for; the caller's PATH is not trusted for more than that. */
const PROGRAM_FOLDERS = [
  '/usr/bin',
  '/bin',
  '/usr/local/bin',
  ...(process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder.startsWith('/')),
];

/** WebAssembly (Node's TypeScript reader) would reserve 8 GB of addresses, more than the limit leaves. */
const NODE_FLAGS = [
  '--no-warnings',
  '--disable-wasm-trap-handler',
  '--wasm-max-mem-pages=4096',
  '--max-old-space-size=1024',
];

/** Files that one job may see. */
export type Reach = { sourcePath: string; outDir: string | undefined; cpuSeconds: number };

/** The program and arguments that start a fenced worker. */
export function workerCommand(reach: Reach): { file: string; args: string[] } {
  const node = [process.execPath, ...NODE_FLAGS, WORKER_PATH];
  const fenced = [...limitsPrefix(reach.cpuSeconds), ...bubblewrapPrefix(reach), ...node];
  const [file = process.execPath, ...args] = fenced;
  return { file, args };
}

/** The program that sets layer A's rlimits, with its arguments. Empty where `prlimit` is missing. */
export function limitsPrefix(cpuSeconds: number): string[] {
  const prlimit = findProgram('prlimit');
  if (prlimit === undefined) return [];
  return [
    prlimit,
    '--core=0',
    '--nofile=256',
    `--fsize=${OUTPUT_FILE_BYTES}`,
    `--cpu=${cpuSeconds}`,
    `--as=${ADDRESS_SPACE_BYTES}`,
    '--',
  ];
}

function bubblewrapPrefix(reach: Reach): string[] {
  const bwrap = workingBubblewrap();
  return bwrap === undefined ? [] : [bwrap, ...bubblewrapArguments(reach)];
}

/** Layer B: no network, no files but the program's own, the source and one folder to write into. */
function bubblewrapArguments({ sourcePath, outDir }: Partial<Reach>): string[] {
  const readOnly = [
    ...libraryFolders(),
    dirname(realpathSync(process.execPath)),
    PACKAGE_FOLDER,
    ...moduleFolders(),
    ...(sourcePath === undefined ? [] : [sourcePath]),
  ];
  return [
    '--unshare-all',
    '--die-with-parent',
    '--new-session',
    '--clearenv',
    '--cap-drop',
    'ALL',
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

const LIBRARY_FOLDERS = ['/usr/lib', '/usr/lib64', '/usr/lib32'];
const LIBRARY_LINKS = ['/lib', '/lib64'];

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

let bubblewrap: { path: string | undefined; detail: string } | undefined;

/** The program, if a worker's Node really starts in it here: containers often forbid what it needs. Tried once. */
function workingBubblewrap(): string | undefined {
  bubblewrap ??= tryBubblewrap();
  return bubblewrap.path;
}

function tryBubblewrap(): { path: string | undefined; detail: string } {
  if (process.platform !== 'linux') return { path: undefined, detail: 'bubblewrap exists on Linux only' };
  const path = findProgram('bwrap');
  if (path === undefined) return { path: undefined, detail: 'bubblewrap (bwrap) is not installed' };
  try {
    execFileSync(path, [...bubblewrapArguments({}), process.execPath, '--eval', 'process.exit(0)'], {
      env: {},
      stdio: 'ignore',
      timeout: 5_000,
    });
    return { path, detail: 'bubblewrap: no network, no files but the source and one output folder' };
  } catch {
    return { path: undefined, detail: 'bubblewrap is installed, but this machine does not let it make namespaces' };
  }
}

function findProgram(name: string): string | undefined {
  return PROGRAM_FOLDERS.map((folder) => join(folder, name)).find((path) => {
    try {
      accessSync(path, constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}

/** Which layers hold here; shown by doctor and on /readyz. The first call starts bubblewrap once. */
export function sandboxLayers(): SandboxLayers {
  workingBubblewrap();
  return { a: layerA(), b: { isOn: bubblewrap?.path !== undefined, detail: bubblewrap?.detail ?? '' }, c: layerC() };
}

function layerA(): SandboxLayer {
  const hasLimits = findProgram('prlimit') !== undefined;
  const always = 'own process, empty environment, no shell, time and output limits';
  return {
    isOn: true,
    detail: hasLimits
      ? `${always}, limits on memory, processor time, files`
      : `${always}; no limits on memory and processor time, because prlimit is missing`,
  };
}

/** A memory limit around the whole service, or a container: not made by us, only found. */
function layerC(): SandboxLayer {
  const limit = ['/sys/fs/cgroup/memory.max', '/sys/fs/cgroup/memory/memory.limit_in_bytes']
    .map(readNumber)
    .find((bytes) => bytes !== undefined && bytes < 2 ** 50);
  if (limit !== undefined)
    return { isOn: true, detail: `a memory group of ${Math.round(limit / 1024 ** 2)} MB around the service` };
  if (existsSync('/.dockerenv') || existsSync('/run/.containerenv'))
    return { isOn: true, detail: 'the service runs in a container' };
  return { isOn: false, detail: 'no memory group and no container around the service' };
}

function readNumber(path: string): number | undefined {
  try {
    const value = Number(readFileSync(path, 'utf8').trim());
    return Number.isFinite(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
