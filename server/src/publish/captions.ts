/** Caption tracks of a post: checked, written clean, served beside the video. */
import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseCaptions, writeWebVtt, type Cue } from '@vitrine/media';
import { editSchema, languageSchema, LIMITS, type CaptionTrack, type EditCue } from '@vitrine/schema';
import type { Tx } from '../platform/database.ts';
import type { MediaStore } from '../platform/media-store.ts';
import { Refusal, refuse } from '../platform/problem.ts';
import { fileUrl } from '../transcode/file-address.ts';
import { deleteFiles, insertFiles, keepFile, newFileId, type KeptFile } from '../transcode/files.ts';
import type { OwnPost } from './change.ts';
import { lockPost, type LockedPost, type PublishGrounds } from './store.ts';

/** What caption tracks need. */
export interface CaptionGrounds extends PublishGrounds {
  media: MediaStore;
  workDir: string;
}

/** A track as its author sends it. */
interface CaptionOrder {
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

/** Captions that were written in the studio become a track of the post, before it is published. Safe to repeat. */
export async function addOwnCaptions(grounds: CaptionGrounds, videoId: string): Promise<void> {
  const made = await grounds.db
    .selectFrom('posts')
    .innerJoin('post_edits', 'post_edits.post_id', 'posts.id')
    .select(['posts.id', 'posts.account_id', 'post_edits.edit'])
    .where('posts.video_id', '=', videoId)
    .where('posts.state', 'in', ['processing', 'scheduled'])
    .executeTakeFirst();
  const edit = made?.edit ? editSchema.parse(made.edit) : undefined;
  if (!made || edit?.kind !== 'video' || !edit.captions) return;
  const { cues, language } = edit.captions;
  const said = cues.filter((cue) => cue.text.trim() !== '' && cue.endMs > cue.startMs);
  if (said.length === 0 || !languageSchema.safeParse(language).success) return;
  const bytes = Buffer.from(writeWebVtt(said.toSorted((a, b) => a.startMs - b.startMs).map(plainCue)));
  const own = { accountId: made.account_id, postId: made.id };
  await putCaptions(grounds, own, { language, label: languageName(language), bytes }).catch((cause: unknown) => {
    // Captions that cannot be read do not hold up their video.
    if (!(cause instanceof Refusal)) throw cause;
  });
}

/** Written by hand: an angle bracket is one, and an empty line would end the cue. */
function plainCue(cue: EditCue): Cue {
  const text = cue.text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
  return { ...cue, text: text.replace(/\n\s*\n/g, '\n').trim() };
}

/** The language's name in itself, as viewers look for it in a list. */
export function languageName(language: string): string {
  try {
    return new Intl.DisplayNames([language], { type: 'language' }).of(language) ?? language;
  } catch {
    return language;
  }
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
