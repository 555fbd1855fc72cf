/** How much room the disk has. */
import { statfs } from 'node:fs/promises';

/** Below this share of free disk no write is acknowledged. */
export const LEAST_FREE_DISK = 0.05;

/** What is measured of the disk under a folder. */
export interface DiskSpace {
  freeBytes: number;
  freeShare: number;
}

/** Free space under a folder. Tests give another one. */
export async function diskSpace(folder: string): Promise<DiskSpace> {
  const disk = await statfs(folder);
  return { freeBytes: disk.bavail * disk.bsize, freeShare: disk.blocks === 0 ? 1 : disk.bavail / disk.blocks };
}
