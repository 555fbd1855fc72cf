/**
 * Completes package-lock.json with the platform packages that the registry in use does not carry.
 *
 * Native tools name one optional package per platform. Where a registry lacks some of them, npm leaves
 * them out of the lockfile and a later `npm ci` refuses the lockfile as incomplete. The missing entries are
 * written here by their names (`…/linux-x64-musl`), so that every npm accepts the file and skips what
 * is not for the machine at hand. Run after each `npm install` that changes the lockfile: `npm run lock`.
 */
import { readFileSync, writeFileSync } from 'node:fs';

interface LockEntry {
  version?: string;
  dev?: boolean;
  optional?: boolean;
  os?: string[];
  cpu?: string[];
  libc?: string[];
  optionalDependencies?: Record<string, string>;
}

/** The parts of a lockfile of version 3 that matter here: install path -> entry. */
export interface Lockfile {
  packages: Record<string, LockEntry>;
}

const SYSTEMS = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'];
const PROCESSORS = ['arm', 'arm64', 'ia32', 'ppc64', 'riscv64', 's390x', 'x64'];

/** Optional dependencies that no entry of the lockfile answers: name, exact version and whether only developers need it. */
export function missingOptionals(lock: Lockfile): { name: string; version: string; isDev: boolean }[] {
  const missing = new Map<string, { name: string; version: string; isDev: boolean }>();
  for (const [path, entry] of Object.entries(lock.packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      const isLocked = `node_modules/${name}` in lock.packages || `${path}/node_modules/${name}` in lock.packages;
      if (!isLocked) missing.set(name, { name, version, isDev: entry.dev === true });
    }
  }
  return [...missing.values()];
}

/** The lockfile entry of a platform package, read from its name; throws where the name tells no platform. */
function platformEntry(missing: { name: string; version: string; isDev: boolean }): LockEntry {
  const words = missing.name.split(/[/-]/);
  const os = words.find((word) => SYSTEMS.includes(word));
  const cpu = words.find((word) => PROCESSORS.includes(word));
  if (os === undefined || cpu === undefined) throw new Error(`${missing.name} names no platform: lock it by hand`);
  const libc = words.some((word) => word.startsWith('musl'))
    ? ['musl']
    : words.some((word) => word.startsWith('gnu'))
      ? ['glibc']
      : undefined;
  return {
    version: missing.version,
    cpu: [cpu],
    ...(missing.isDev ? { dev: true } : {}),
    ...(libc ? { libc } : {}),
    optional: true,
    os: [os],
  };
}

/** The lockfile with every missing platform package entered, paths in npm's order. */
function completeLock(lock: Lockfile): Lockfile {
  const entries = Object.entries(lock.packages);
  for (const missing of missingOptionals(lock)) entries.push([`node_modules/${missing.name}`, platformEntry(missing)]);
  entries.sort(([left], [right]) => left.localeCompare(right, 'en'));
  return { ...lock, packages: Object.fromEntries(entries) };
}

if (import.meta.main) {
  const path = new URL('../package-lock.json', import.meta.url);
  const lock = JSON.parse(readFileSync(path, 'utf8')) as Lockfile;
  const count = missingOptionals(lock).length;
  writeFileSync(path, `${JSON.stringify(completeLock(lock), null, 2)}\n`);
  console.log(`package-lock.json: ${count} platform packages entered`);
}
