/** Where a sound's files are served, and the end of sounds. */
import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';
import type { World } from '../platform/world.ts';
import { newFileId } from '../transcode/files.ts';

/** The audience of a video's post changed: its own sound is heard by the same people. */
export async function showSounds(tx: Tx, world: World, video: { videoId: string; isPublic: boolean }): Promise<void> {
  const changed = await tx
    .updateTable('sounds')
    .set({ is_public: video.isPublic })
    .where('video_id', '=', video.videoId)
    .where('is_public', '!=', video.isPublic)
    .returning('id')
    .execute();
  for (const { id } of changed) await moveFiles(tx, world, { soundId: id, isPublic: video.isPublic });
}

/** An uploaded sound plays in a public post of its owner: from now on everyone may hear it, though not use it. */
export async function letHear(tx: Tx, world: World, own: { soundId: string; accountId: string }): Promise<void> {
  const changed = await tx
    .updateTable('sounds')
    .set({ is_public: true })
    .where('id', '=', own.soundId)
    .where('account_id', '=', own.accountId)
    .where('origin', '=', 'upload')
    .where('is_public', '=', false)
    .executeTakeFirst();
  if (changed.numUpdatedRows === 1n) await moveFiles(tx, world, { soundId: own.soundId, isPublic: true });
}

/** Moves a sound's files to the public addresses or behind the session; each takes a new id, so that old addresses die at once. */
export async function moveFiles(tx: Tx, world: World, given: { soundId: string; isPublic: boolean }): Promise<void> {
  const files = await tx.selectFrom('media_files').select('id').where('sound_id', '=', given.soundId).execute();
  for (const { id } of files) {
    const next = newFileId(world);
    await tx.updateTable('media_files').set({ id: next, is_public: given.isPublic }).where('id', '=', id).execute();
    await tx
      .updateTable('sounds')
      .set({ file_id: next })
      .where('id', '=', given.soundId)
      .where('file_id', '=', id)
      .execute();
    await tx
      .updateTable('sounds')
      .set({ cover_file_id: next })
      .where('id', '=', given.soundId)
      .where('cover_file_id', '=', id)
      .execute();
  }
}

/** Forgets a sound with its files; what was made from it keeps the rest of its chain. Returns the keys to remove after the commit. */
export async function discardSound(tx: Tx, soundId: string): Promise<string[]> {
  const files = await tx.deleteFrom('media_files').where('sound_id', '=', soundId).returning('store_key').execute();
  for (const table of ['sound_saves', 'sound_prints', 'sound_print_words'] as const)
    await tx.deleteFrom(table).where('sound_id', '=', soundId).execute();
  // What was made from a claimed sound stays silent after the sound itself is gone.
  await sql`delete from sound_credits where sound_id = ${soundId} or (of_sound_id = ${soundId} and not exists
    (select 1 from restrictions claims where claims.subject_id = ${soundId} and claims.lifted_at is null))`.execute(tx);
  await tx.updateTable('sounds').set({ same_as_id: null }).where('same_as_id', '=', soundId).execute();
  await tx.deleteFrom('sounds').where('id', '=', soundId).execute();
  await tx
    .deleteFrom('jobs')
    .where('subject_id', '=', soundId)
    .where('state', '=', 'waiting')
    .where('kind', 'like', 'sound.%')
    .execute();
  return files.map((file) => file.store_key);
}

/** Forgets the sound made of an upload; one of the library stays. Returns the keys to remove after the commit. */
export async function discardUploaded(tx: Tx, uploadId: string): Promise<string[]> {
  const sound = await tx
    .selectFrom('sounds')
    .select('id')
    .where('id', '=', uploadId)
    .where('account_id', 'is not', null)
    .executeTakeFirst();
  return sound ? discardSound(tx, sound.id) : [];
}

/** A post's own sound goes with the post. Where others made something from it, it stays for their credits, but no more use is made of it. */
export async function discardOriginal(tx: Tx, postId: string): Promise<string[]> {
  const sound = await tx.selectFrom('sounds').select('id').where('post_id', '=', postId).executeTakeFirst();
  if (!sound) return [];
  const used = await sql`select 1 from sound_credits where of_sound_id = ${sound.id} and distance > 0
    union all select 1 from posts where posts.sound_id = ${sound.id} and posts.id != ${postId} limit 1`.execute(tx);
  if (used.rows.length === 0) return discardSound(tx, sound.id);
  await tx
    .updateTable('sounds')
    .set({ post_id: null, video_id: null, allow_use: false })
    .where('id', '=', sound.id)
    .execute();
  return [];
}

/** All that an erased account made. Returns the keys to remove after the commit. */
export async function eraseSounds(tx: Tx, accountId: string): Promise<string[]> {
  const sounds = await tx.selectFrom('sounds').select('id').where('account_id', '=', accountId).execute();
  const keys: string[] = [];
  for (const { id } of sounds) keys.push(...(await discardSound(tx, id)));
  await tx.deleteFrom('sound_saves').where('account_id', '=', accountId).execute();
  return keys;
}
