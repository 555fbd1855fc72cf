/** The job that makes a sound of its source: file, figures, print, cover; and what a print that is known already means. */
import { makeSound, type SoundOutcome } from '@vitrine/media';
import type { Db, Tx } from '../platform/database.ts';
import { finishJob, type Job } from '../platform/jobs.ts';
import { reach } from '../platform/kill-points.ts';
import type { MediaStore } from '../platform/media-store.ts';
import { sentenceOf } from '../platform/problem.ts';
import type { World } from '../platform/world.ts';
import { insertFiles, keepFile, newFileId, type KeptFile } from '../transcode/files.ts';
import { failVideo } from '../transcode/store.ts';
import { inWorkshop } from '../transcode/workshop.ts';
import type { UploadStore } from '../upload/store.ts';
import { isMadeFrom } from './credits.ts';
import { discardSound } from './end.ts';
import { readPrint } from './matching.ts';
import { findSame, keepPrint, type SameRecording } from './prints.ts';

/** What the job needs. */
export interface MakingGrounds {
  db: Db;
  world: World;
  media: MediaStore;
  uploads: UploadStore;
  workDir: string;
}

type Made = Exclude<SoundOutcome, { kind: 'refused' }>;
type SoundRow = NonNullable<Awaited<ReturnType<typeof rowOf>>>;

/** Does it; a sound that is gone or done meanwhile just ends the job. */
export async function runMaking(grounds: MakingGrounds, job: Job): Promise<void> {
  const { db, workDir, media } = grounds;
  const sound = await rowOf(db, job.subjectId);
  if (sound?.state !== 'processing') return;
  const source = await sourceOf(grounds, sound);
  if (source === undefined)
    return endUnmade(grounds, { sound, job, code: 'corrupt', detail: sentenceOf('sound_refused') });
  const { storeKey, durationMs } = source;
  await inWorkshop({ workDir, media, job, storeKey }, async ({ sourcePath, outDir }) => {
    const made = await makeSound({ sourcePath, outDir, durationMs, signal: job.signal });
    if (made.kind === 'refused') return endUnmade(grounds, { sound, job, code: made.code, detail: made.sentence });
    const same = await recordingsLike(db, sound, made);
    const claimed = same.find((other) => other.claim !== undefined);
    if (claimed?.claim && sound.origin === 'upload') {
      const detail = `${sentenceOf('sound_claimed')} The claim is entry ${claimed.claim.ledgerIndex} of the public log.`;
      return endUnmade(grounds, { sound, job, code: 'sound_claimed', detail });
    }
    return keepMade(grounds, { sound, job, made, sameAs: same[0] });
  });
}

/** After the last attempt failed. */
export async function giveUpMaking(grounds: MakingGrounds, job: Job): Promise<void> {
  const sound = await rowOf(grounds.db, job.subjectId);
  if (sound?.state === 'processing')
    await endUnmade(grounds, { sound, code: 'encode_failed', detail: sentenceOf('sound_refused') });
}

function rowOf(db: Db | Tx, id: string) {
  return db.selectFrom('sounds').selectAll().where('id', '=', id).executeTakeFirst();
}

/** An uploaded sound is made of what was received; the sound of a post of what is played, from the smallest copy. */
async function sourceOf(
  { db, uploads }: MakingGrounds,
  sound: SoundRow,
): Promise<{ storeKey: string; durationMs: number } | undefined> {
  const videoId = sound.video_id ?? sound.id;
  const video = await db.selectFrom('videos').select('duration_ms').where('id', '=', videoId).executeTakeFirst();
  const durationMs = video?.duration_ms ?? 0;
  if (sound.video_id === null) {
    const source = await uploads.source(sound.id);
    return source && { storeKey: source.storeKey, durationMs };
  }
  const rendition = await db
    .selectFrom('renditions')
    .innerJoin('media_files', 'media_files.id', 'renditions.file_id')
    .select('media_files.store_key')
    .where('renditions.video_id', '=', videoId)
    .where('renditions.is_silent', '=', false)
    .orderBy('renditions.size_bytes')
    .limit(1)
    .executeTakeFirst();
  return rendition && { storeKey: rendition.store_key, durationMs };
}

/** The same recording among other sounds that this one does not credit already: one's own, and those that one may hear. */
async function recordingsLike(db: Db, sound: SoundRow, made: Made): Promise<SameRecording[]> {
  const found = await findSame(db, sound.id, readPrint(Buffer.from(made.fingerprint, 'base64')));
  const others: SameRecording[] = [];
  for (const other of found) {
    const isHeard = other.isPublic || other.accountId === sound.account_id || other.claim !== undefined;
    if (isHeard && !(await isMadeFrom(db, sound.id, other.soundId)) && !(await isMadeFrom(db, other.soundId, sound.id)))
      others.push(other);
  }
  return others;
}

async function keepMade(
  grounds: MakingGrounds,
  { sound, job, made, sameAs }: { sound: SoundRow; job: Job; made: Made; sameAs: SameRecording | undefined },
): Promise<void> {
  const { db, world, media } = grounds;
  const folder = `sounds/${sound.id}/${job.fence}`;
  const file = await keepFile(media, folder, { ...made.file, id: newFileId(world), kind: 'sound', mime: 'audio/mp4' });
  const cover =
    made.cover &&
    (await keepFile(media, folder, {
      ...made.cover,
      id: newFileId(world),
      kind: 'sound-cover',
      mime: made.cover.type,
    }));
  reach('output fsynced');
  const files: KeptFile[] = cover ? [file, cover] : [file];
  const isKept = await db.transaction().execute(async (tx) => {
    const now = await tx.selectFrom('sounds').selectAll().where('id', '=', sound.id).forUpdate().executeTakeFirst();
    await finishJob(tx, world, job);
    if (now?.state !== 'processing') return false;
    const accountId = now.account_id ?? job.accountId;
    if (accountId === undefined) throw new Error('a sound that nobody brought');
    await insertFiles(tx, world, { accountId, soundId: sound.id, isPublic: now.is_public, files });
    await tx
      .updateTable('sounds')
      .set({
        state: 'ready',
        file_id: file.id,
        cover_file_id: cover?.id ?? null,
        duration_ms: made.file.durationMs,
        loudness_lufs: made.loudnessLufs,
        tempo_bpm: made.tempo?.bpm ?? null,
        first_beat_ms: made.tempo?.firstBeatMs ?? null,
        waveform: JSON.stringify(made.waveform),
        same_as_id: sameAs?.soundId ?? null,
      })
      .where('id', '=', sound.id)
      .execute();
    await keepPrint(tx, sound.id, Buffer.from(made.fingerprint, 'base64'));
    return true;
  });
  if (!isKept) for (const { storeKey } of files) await media.remove(storeKey);
}

/** An upload that cannot be a sound fails with its reason; the sound of a post is left out. */
async function endUnmade(
  grounds: MakingGrounds,
  given: { sound: SoundRow; job?: Job; code: string; detail: string },
): Promise<void> {
  const { db, world, media } = grounds;
  const { sound, job, code, detail } = given;
  const keys = await db.transaction().execute(async (tx) => {
    if (job) await finishJob(tx, world, job);
    return discardSound(tx, sound.id);
  });
  if (sound.video_id === null) keys.push(...(await failVideo(grounds, sound.id, { code, detail })));
  for (const key of keys) await media.remove(key);
}
