/** The end of an upload: checked, sealed, stored, and only then made known, once. */
import type { MediaStore } from '../platform/media-store.ts';
import { reach } from '../platform/kill-points.ts';
import { refuse } from '../platform/problem.ts';
import type { UploadLocks } from './locker.ts';
import type { Staging } from './staging.ts';
import type { UploadRow, UploadStore } from './store.ts';

/** What ending an upload needs. */
export interface FinishGrounds {
  uploads: UploadStore;
  staging: Staging;
  locks: UploadLocks;
  media: MediaStore;
}

/**
 * Ends an upload whose bytes are all here. May run any number of times, also after a crash at any line: the effect happens once.
 * @throws Refusal hash_mismatch when the bytes are not those that the sender named; the upload has then failed
 */
export async function finishUpload(grounds: FinishGrounds, id: string): Promise<void> {
  await grounds.locks.hold(id, async () => {
    const upload = await grounds.uploads.one(id);
    if (upload?.state === 'receiving') await finishHeld(grounds, upload);
  });
}

async function finishHeld(grounds: FinishGrounds, upload: UploadRow): Promise<void> {
  const { uploads, staging, media } = grounds;
  const sha256 = await checkBytes(grounds, upload);
  reach('hash checked');
  const path = (await staging.sealed(upload.id)) ?? (await staging.seal(upload.id));
  const storeKey = `sources/${upload.id}`;
  await media.put(storeKey, path);
  reach('before commit');
  const isKept = await uploads.commit(upload, { storeKey, sha256 });
  reach('committed before reply');
  if (!isKept && !(await uploads.source(upload.id))) await media.remove(storeKey);
  await staging.remove(upload.id);
}

async function checkBytes({ uploads, staging }: FinishGrounds, upload: UploadRow): Promise<string> {
  const sha256 = await staging.hash(upload.id);
  if (upload.sha256 === undefined || upload.sha256 === sha256) return sha256;
  const refusal = refuse('hash_mismatch');
  await uploads.end(upload.id, { state: 'failed', code: 'hash_mismatch', detail: refusal.message });
  await staging.remove(upload.id);
  throw refusal;
}
