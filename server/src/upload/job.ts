/** After a crash, and now and then: uploads that were whole are finished, those that nobody finishes are forgotten. */
import { idSchema } from '@vitrine/schema';
import type { Sweep } from '../platform/sweeps.ts';
import { Refusal } from '../platform/problem.ts';
import { later, type World } from '../platform/world.ts';
import { finishUpload, type FinishGrounds } from './finish.ts';

const SWEEP_MS = 10 * 60_000;
/** A file without a row is left alone so long: its row may be just being written. */
const ORPHAN_MS = 24 * 3_600_000;

/** What these need. */
interface UploadJobGrounds extends FinishGrounds {
  world: World;
}

/** At the start: each offset is again what lies on the disk, and an upload of which all bytes lie there is finished. */
export async function recoverUploads({ uploads, staging, ...grounds }: UploadJobGrounds): Promise<void> {
  await removeLeftovers({ uploads, staging }, later(grounds.world.now(), -ORPHAN_MS));
  for (const upload of await uploads.unfinished()) {
    const isSealed = (await staging.sealed(upload.id)) !== undefined;
    const offset = isSealed ? upload.sizeBytes : await staging.received(upload.id);
    // Fewer bytes than were acknowledged: the others lie with another process.
    if (offset === undefined || offset < upload.offsetBytes) continue;
    if (!isSealed) await staging.sync(upload.id);
    await uploads.setOffset(upload.id, offset);
    if (offset === upload.sizeBytes)
      await finishUpload({ uploads, staging, ...grounds }, upload.id).catch(ignoreRefusal);
  }
}

/** Removes files of uploads that have ended, and old files that no upload owns. */
async function removeLeftovers(
  { uploads, staging }: Pick<UploadJobGrounds, 'uploads' | 'staging'>,
  orphansBefore: Date,
): Promise<void> {
  const files = await staging.list();
  const states = await uploads.states(files.map((file) => file.id).filter((id) => idSchema.safeParse(id).success));
  for (const file of files) {
    const state = states.get(file.id);
    const isLeft = state === undefined ? file.changedAt < orphansBefore : state !== 'receiving';
    if (isLeft) await staging.remove(file.id);
  }
}

/** Removes what ended uploads left on this process' disk, whichever process ended them. */
export function localUploadSweeps({ uploads, staging, world }: UploadJobGrounds): Sweep[] {
  const run = () => removeLeftovers({ uploads, staging }, later(world.now(), -ORPHAN_MS));
  return [{ name: 'files of uploads', everyMs: SWEEP_MS, isLocal: true, run }];
}

/** Expires unfinished uploads and removes their bytes. */
export function uploadSweeps(grounds: UploadJobGrounds): Sweep[] {
  return [{ name: 'uploads', everyMs: SWEEP_MS, run: () => expireUploads(grounds) }];
}

/** Ends uploads past their time and removes files that no upload owns. */
export async function expireUploads({ uploads, staging, locks, world }: UploadJobGrounds): Promise<void> {
  for (const upload of await uploads.expiring()) {
    await locks.hold(upload.id, async () => {
      await uploads.end(upload.id, {
        state: 'expired',
        code: 'upload_gone',
        detail: 'It was not finished within a day.',
      });
      await staging.remove(upload.id);
    });
  }
  await removeLeftovers({ uploads, staging }, later(world.now(), -ORPHAN_MS));
}

function ignoreRefusal(cause: unknown): void {
  // Its sender is told by the upload's row.
  if (!(cause instanceof Refusal)) throw cause;
}
