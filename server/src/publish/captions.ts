/** Caption tracks of a post: checked, written clean, served beside the video. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCaptions, writeWebVtt } from '@vitrine/media';
import { LIMITS, type CaptionTrack } from '@vitrine/schema';
import type { Tx } from '../platform/database.ts';
import type { MediaStore } from '../platform/media-store.ts';
import { Refusal, refuse } from '../platform/problem.ts';
import { fileUrl, type AddressSettings } from '../transcode/file-address.ts';
import { deleteFiles, insertFiles, keepFile, newFileId, type KeptFile } from '../transcode/files.ts';
import type { OwnPost } from './change.ts';
import { lockPost, type LockedPost, type PublishGrounds } from './store.ts';

/** What caption tracks need. */
export interface CaptionGrounds extends PublishGrounds {
  media: MediaStore;
  settings: AddressSettings;
  workDir: string;
}

/** A track as its author sends it. */
export interface CaptionOrder {
  language: string;
  label: string;
  /** WebVTT or SRT. */
  bytes: Uint8Array;
}

/** Adds or replaces the track of a language. */
export async function putCaptions(grounds: CaptionGrounds, own: OwnPost, order: CaptionOrder): Promise<CaptionTrack> {
  // Before anything is read or kept: others' posts cost strangers nothing to name.
  await grounds.db.transaction().execute((tx) => lockOwnLiving(tx, own));
  const parsed = parseCaptions(order.bytes);
  if (parsed.kind === 'refused') throw refuse('invalid_caption', parsed.sentence);
  const file = await keepTrack(grounds, own.postId, writeWebVtt(parsed.cues));
  try {
    const { isPublic, stale } = await nameTrack(grounds, own, { ...order, file });
    for (const key of stale) await grounds.media.remove(key);
    return { language: order.language, label: order.label, url: fileUrl(grounds.settings, { id: file.id, isPublic }) };
  } catch (cause) {
    if (cause instanceof Refusal) await grounds.media.remove(file.storeKey);
    throw cause;
  }
}

/** Writes the track's rows; answers with the keys of files that it replaces. */
function nameTrack(
  grounds: CaptionGrounds,
  own: OwnPost,
  { file, ...order }: CaptionOrder & { file: KeptFile },
): Promise<{ isPublic: boolean; stale: string[] }> {
  return grounds.db.transaction().execute(async (tx) => {
    const post = await lockOwnLiving(tx, own);
    const tracks = await tx
      .selectFrom('caption_tracks')
      .select(['language', 'file_id'])
      .where('post_id', '=', post.id)
      .execute();
    const before = tracks.find((track) => track.language === order.language);
    if (!before && tracks.length >= LIMITS.captionTracksPerPost) throw refuse('too_many_captions');
    const video = await grounds.videos.read(tx, post.video_id);
    const shown = video?.isPublic ?? false;
    await insertFiles(tx, grounds.world, {
      accountId: post.account_id,
      videoId: post.video_id,
      isPublic: shown,
      files: [file],
    });
    await tx
      .insertInto('caption_tracks')
      .values({
        post_id: post.id,
        language: order.language,
        label: order.label,
        file_id: file.id,
        created_at: grounds.world.now(),
      })
      .onConflict((conflict) =>
        conflict.columns(['post_id', 'language']).doUpdateSet({ label: order.label, file_id: file.id }),
      )
      .execute();
    return { isPublic: shown, stale: await deleteFiles(tx, [before?.file_id]) };
  });
}

/** Removes the track of a language; no error when there is none. */
export async function removeCaptions(grounds: CaptionGrounds, own: OwnPost, language: string): Promise<void> {
  const stale = await grounds.db.transaction().execute(async (tx) => {
    const post = await lockOwnLiving(tx, own);
    const row = await tx
      .deleteFrom('caption_tracks')
      .where('post_id', '=', post.id)
      .where('language', '=', language)
      .returning('file_id')
      .executeTakeFirst();
    return deleteFiles(tx, [row?.file_id]);
  });
  for (const key of stale) await grounds.media.remove(key);
}

async function lockOwnLiving(tx: Tx, own: OwnPost): Promise<LockedPost> {
  const post = await lockPost(tx, own.postId);
  if (post?.account_id !== own.accountId) throw refuse('not_found');
  if (post.deleted_at) throw refuse('post_deleted');
  return post;
}

async function keepTrack(grounds: CaptionGrounds, postId: string, text: string): Promise<KeptFile> {
  const folder = await mkdtemp(join(grounds.workDir, 'captions-'));
  try {
    const path = join(folder, 'track.vtt');
    await writeFile(path, text);
    return await keepFile(grounds.media, `captions/${postId}`, {
      id: newFileId(grounds.world),
      path,
      kind: 'captions',
      mime: 'text/vtt',
      sizeBytes: Buffer.byteLength(text),
      sha256: createHash('sha256').update(text).digest('hex'),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
