/** A folder for one run of one job, with the source on this machine's disk. Gone afterwards. */
import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Job } from '../platform/jobs.ts';
import type { MediaStore } from '../platform/media-store.ts';

/** Absolute paths for one run. */
export interface Workshop {
  sourcePath: string;
  /** An existing empty folder. */
  outDir: string;
}

/** What a workshop is made of. */
export interface WorkshopOrder {
  /** Where the folders of running jobs lie. */
  workDir: string;
  media: MediaStore;
  job: Job;
  storeKey: string;
}

/** Runs with a folder that carries the job's fence, so that an older holder's files are never mistaken for this one's. */
export async function inWorkshop<T>(order: WorkshopOrder, run: (workshop: Workshop) => Promise<T>): Promise<T> {
  const { job } = order;
  const folder = resolve(order.workDir, `${job.kind}-${job.subjectId}-${job.fence}`);
  const outDir = join(folder, 'out');
  await mkdir(outDir, { recursive: true, mode: 0o700 });
  try {
    const sourcePath = resolve(await order.media.localPath(order.storeKey, join(folder, 'source')));
    return await run({ sourcePath, outDir });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
