/** One process per DATA_DIR: two openers of the embedded database would silently lose data. */
import { randomUUID } from 'node:crypto';
import { constants, copyFile, link, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Another living process holds the directory. */
export class DirectoryLocked extends Error {
  override name = 'DirectoryLocked';
  constructor(directory: string, pid: number) {
    super(
      `${directory} is in use by process ${pid}. Two servers on one DATA_DIR would lose data: stop that one, or set another DATA_DIR (and PORT), or use PostgreSQL by DATABASE_URL.`,
    );
  }
}

interface Holder {
  pid: number;
  /** When that process started, so that a reused pid is not mistaken for it; empty where the system does not tell. */
  started: string;
}

/** Takes the lock file of a directory; a lock left by a dead process is taken over. */
export async function takeDirectoryLock(directory: string): Promise<{ release(): Promise<void> }> {
  const path = join(directory, 'lock');
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if (await writeLock(path)) return { release: () => rm(path, { force: true }) };
    const holder = await readHolder(path);
    if (holder && (await isAlive(holder))) throw new DirectoryLocked(directory, holder.pid);
    await putAside(path, directory);
  }
  throw new Error(`cannot take the lock file ${path}`);
}

/** Writes the lock at once with what it says, so that nobody reads half of it; false when there is one. */
async function writeLock(path: string): Promise<boolean> {
  const own = `${path}.${randomUUID()}`;
  try {
    await writeFile(own, JSON.stringify({ pid: process.pid, started: await startedAt(process.pid) } satisfies Holder), {
      mode: 0o600,
    });
    // Not every file system has links.
    await link(own, path).catch((cause: unknown) => {
      if (isCode(cause, 'EEXIST')) throw cause;
      return copyFile(own, path, constants.COPYFILE_EXCL);
    });
    return true;
  } catch (cause) {
    if (isCode(cause, 'EEXIST')) return false;
    throw new Error(`cannot write the lock file ${path}`, { cause });
  } finally {
    await rm(own, { force: true });
  }
}

/** Takes a dead process' lock away. If another one took it over meanwhile, that one's is put back. */
async function putAside(path: string, directory: string): Promise<void> {
  const aside = `${path}.${randomUUID()}`;
  try {
    await rename(path, aside);
  } catch (cause) {
    if (isCode(cause, 'ENOENT')) return;
    throw cause;
  }
  const holder = await readHolder(aside);
  const isLiving = holder !== undefined && (await isAlive(holder));
  if (isLiving) await link(aside, path).catch(() => undefined);
  await rm(aside, { force: true });
  if (isLiving) throw new DirectoryLocked(directory, holder.pid);
}

async function readHolder(path: string): Promise<Holder | undefined> {
  try {
    const told: unknown = JSON.parse(await readFile(path, 'utf8'));
    if (typeof told === 'object' && told && 'pid' in told && typeof told.pid === 'number') {
      return { pid: told.pid, started: 'started' in told && typeof told.started === 'string' ? told.started : '' };
    }
  } catch {
    // An empty or torn lock file was left by a process that died while writing it.
  }
  return undefined;
}

async function isAlive(holder: Holder): Promise<boolean> {
  try {
    process.kill(holder.pid, 0);
  } catch (cause) {
    if (!isCode(cause, 'EPERM')) return false;
  }
  return (await startedAt(holder.pid)) === holder.started;
}

/** The start time of a process in clock ticks (proc(5), stat field 22); empty where there is no /proc. */
async function startedAt(pid: number): Promise<string> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? '';
  } catch {
    return '';
  }
}

function isCode(cause: unknown, code: string): boolean {
  return cause instanceof Error && 'code' in cause && cause.code === code;
}
