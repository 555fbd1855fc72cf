/** A folder for one run of one job, with the source on this machine's disk. Gone afterwards. */
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Db } from '../platform/database.ts';
import { runningJobs, type Job } from '../platform/jobs.ts';
import type { MediaStore } from '../platform/media-store.ts';
import { later, type World } from '../platform/world.ts';

/** Absolute paths for one run. */
export interface Workshop {
  sourcePath: string;
  /** An existing empty folder. */
  outDir: string;
}

/** What a workshop is made of. */
interface WorkshopOrder {
  /** Where the folders of running jobs lie. */
  workDir: string;
  media: MediaStore;
  job: Job;
  storeKey: string;
}

/** Runs with a folder that carries the job's fence, so that an older holder's files are never mistaken for this one's. */
export async function inWorkshop<T>(order: WorkshopOrder, run: (workshop: Workshop) => Promise<T>): Promise<T> {
  return inWorkshopOf({ ...order, storeKeys: [order.storeKey] }, ({ sourcePaths, outDir }) =>
    run({ sourcePath: sourcePaths[0] ?? '', outDir }),
  );
}

/** The same with several sources, in the order of their keys. */
export async function inWorkshopOf<T>(
  order: Omit<WorkshopOrder, 'storeKey'> & { storeKeys: readonly string[] },
  run: (workshop: { sourcePaths: string[]; outDir: string }) => Promise<T>,
): Promise<T> {
  const { job, media } = order;
  const folder = resolve(order.workDir, nameOf(job));
  const outDir = join(folder, 'out');
  await mkdir(outDir, { recursive: true, mode: 0o700 });
  try {
    const sourcePaths: string[] = [];
    for (const [n, key] of order.storeKeys.entries())
      sourcePaths.push(resolve(await media.localPath(key, join(folder, n === 0 ? 'source' : `source${n}`))));
    return await run({ sourcePaths, outDir });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Folders of requests (avatars, captions) live for seconds; what is older was left by a process that died. */
const LEFT_MS = 3_600_000;

/**
 * Removes the folders that dead processes left, and no other: one of a job stays while that job runs under that fence,
 * wherever it runs, because several workers may share the folder.
 */
export async function clearWorkshops(grounds: { db: Db; world: World; workDir: string }): Promise<void> {
  const { db, world, workDir } = grounds;
  // Listed first: a job's row says that it runs before its folder is made.
  const names = await readdir(workDir).catch(() => []);
  const running = new Set((await runningJobs(db)).map(nameOf));
  const before = later(world.now(), -LEFT_MS);
  for (const name of names) {
    if (running.has(name)) continue;
    const path = join(workDir, name);
    const found = await stat(path).catch(() => undefined);
    if (found && (JOB_FOLDER.test(name) || found.mtime < before)) await rm(path, { recursive: true, force: true });
  }
}

/** Ends with the subject's id and the fence. */
const JOB_FOLDER = /-[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}-\d+$/;

function nameOf(job: Pick<Job, 'kind' | 'subjectId' | 'fence'>): string {
  return `${job.kind}-${job.subjectId}-${job.fence}`;
}
