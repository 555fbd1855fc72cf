/** Which store the settings name: a folder of this machine, or S3. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openLocalStore, type MediaStore } from './media-store.ts';
import type { Settings } from './settings.ts';

/** Opens the store that the settings name. */
export async function openMediaStore(settings: Settings): Promise<MediaStore> {
  // The S3 client is large, and loaded only where it is used.
  if (settings.s3) return (await import('./media-store-s3.ts')).openS3Store(settings.s3);
  const root = join(settings.dataDir, 'media');
  await mkdir(root, { recursive: true, mode: 0o700 });
  return openLocalStore(root);
}
