/** Layer C: what others have put around the service. Not made by us, only found. */
import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import type { SandboxLayer } from '../types.ts';

/** What is looked at: files by absolute path (undefined: absent or not readable), and the process's user. */
type Surroundings = { read: (path: string) => string | undefined; userId: number | undefined };

/** Files that container engines put inside. */
const CONTAINER_MARKS = ['/.dockerenv', '/run/.containerenv'];
/** cgroup v1 says "no limit" as a number near 2^63. */
const NO_LIMIT_BYTES = 2 ** 50;
/** nobody: shared by whatever else runs as nobody, so it is no fence. */
const NOBODY_ID = 65_534;
const SHELLS_OF_SERVICES = ['/nologin', '/false'];

/** The real ones. */
export function realSurroundings(): Surroundings {
  return { read: readText, userId: process.getuid?.() };
}

/**
 * On if one of these holds: a memory limit on the service's cgroup v2 or one above it; a container (by its mark) with a
 * memory limit of cgroup v1; a user of the service's own, which is not root, not nobody, and cannot log in.
 * A container without a limit is none: what breaks out of FFmpeg is then as strong as the service itself.
 */
export function judgeSurroundings(surroundings: Surroundings): SandboxLayer {
  const limitBytes = unifiedLimit(surroundings);
  if (limitBytes !== undefined) return on(`a memory group of ${megabytes(limitBytes)} MB around the service`);
  const mark = CONTAINER_MARKS.find((path) => surroundings.read(path) !== undefined);
  const oldLimitBytes = mark === undefined ? undefined : firstLimit(surroundings);
  if (oldLimitBytes !== undefined) return on(`a container with ${megabytes(oldLimitBytes)} MB around the service`);
  if (hasOwnUser(surroundings)) return on(`a user of the service's own (${surroundings.userId}), who cannot log in`);
  const lack = surroundings.userId === 0 ? 'the service runs as root' : 'its user can log in or is shared';
  return {
    isOn: false,
    detail: `no memory limit around the service, and ${lack}${mark === undefined ? '' : '; a container alone does not count'}`,
  };
}

const on = (detail: string): SandboxLayer => ({ isOn: true, detail });
const megabytes = (bytes: number): number => Math.round(bytes / 1024 ** 2);

/** The tightest memory.max from the service's own group up to the root. */
function unifiedLimit({ read }: Surroundings): number | undefined {
  const own = /^0::(\/.*)$/m.exec(read('/proc/self/cgroup') ?? '')?.[1];
  if (own === undefined) return undefined;
  const limits: number[] = [];
  for (let group = posix.normalize(own); ; group = posix.dirname(group)) {
    const bytes = toBytes(read(posix.join('/sys/fs/cgroup', group, 'memory.max')));
    if (bytes !== undefined) limits.push(bytes);
    if (group === '/' || group === '.') break;
  }
  return limits.length === 0 ? undefined : Math.min(...limits);
}

function firstLimit({ read }: Surroundings): number | undefined {
  return toBytes(read('/sys/fs/cgroup/memory/memory.limit_in_bytes'));
}

/** "max" is no number, so it is no limit. */
function toBytes(text: string | undefined): number | undefined {
  const bytes = text === undefined || text.trim() === '' ? Number.NaN : Number(text);
  return Number.isFinite(bytes) && bytes < NO_LIMIT_BYTES ? bytes : undefined;
}

/** A user without a line in /etc/passwd (systemd's DynamicUser, a container's --user) cannot log in either. */
function hasOwnUser({ read, userId }: Surroundings): boolean {
  if (userId === undefined || userId === 0 || userId === NOBODY_ID) return false;
  const users = read('/etc/passwd');
  if (users === undefined) return false;
  const shells = users
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => Number(fields[2]) === userId)
    .map((fields) => fields[6] ?? '');
  return shells.every((shell) => SHELLS_OF_SERVICES.some((end) => shell.endsWith(end)));
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
}
