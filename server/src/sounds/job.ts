/** What sounds hear of, and the job that makes them. */
import { z } from 'zod';
import { LIMITS, SOUND_LIMITS } from '@vitrine/schema';
import { cleanLine } from '../accounts/display-text.ts';
import type { JobKind } from '../platform/jobs.ts';
import type { MediaStore } from '../platform/media-store.ts';
import type { OutboxEvent } from '../platform/outbox.ts';
import { giveUpMaking, runMaking, type MakingGrounds } from './making.ts';
import { MAKE_SOUND, type SoundStore } from './store.ts';

/** What hearing of events needs. */
interface SoundEventGrounds extends Pick<MakingGrounds, 'db' | 'uploads'> {
  media: MediaStore;
  sounds: SoundStore;
}

const soundBody = z.object({ uploadId: z.string(), accountId: z.string(), isEditing: z.boolean() });
const postBody = z.object({ postId: z.string() });
const accountBody = z.object({ accountId: z.string() });

/** The kinds and how they are done. */
export function soundJobs(grounds: MakingGrounds): Readonly<Record<string, JobKind>> {
  return {
    [MAKE_SOUND]: { run: (job) => runMaking(grounds, job), giveUp: (job) => giveUpMaking(grounds, job) },
  };
}

/** Events that sounds listen to. Each may come twice. */
export function soundEvents(
  grounds: SoundEventGrounds,
): Readonly<Record<string, (event: OutboxEvent) => Promise<void>>> {
  const { sounds, media } = grounds;
  const removeAll = async (keys: readonly string[]) => {
    for (const key of keys) await media.remove(key);
  };
  return {
    'upload.sound': ({ body }) => onSound(grounds, soundBody.parse(body)),
    'post.erased': async ({ body }) => removeAll(await sounds.discardOriginal(postBody.parse(body).postId)),
    'account.erased': async ({ body }) => removeAll(await sounds.eraseAccount(accountBody.parse(body).accountId)),
  };
}

/** An upload holds sound alone. What the studio sends to edit with stays an upload. */
async function onSound({ db, uploads, sounds }: SoundEventGrounds, told: z.infer<typeof soundBody>): Promise<void> {
  if (told.isEditing) return;
  await db.transaction().execute(async (tx) => {
    const upload = await uploads.lock(tx, told.uploadId);
    if (upload?.state !== 'stored') return;
    await sounds.beginUploaded(tx, {
      id: upload.id,
      accountId: upload.accountId,
      title: titleOf(upload.fileName),
    });
  });
}

/** A file's name as a title: without its ending, words apart. */
export function titleOf(fileName: string): string {
  const stem = fileName.slice(0, LIMITS.fileNameChars).replace(/\.[a-z0-9]{1,5}$/i, '');
  return cleanLine(stem.replace(/_+/g, ' ')).slice(0, SOUND_LIMITS.titleChars) || 'Untitled';
}
