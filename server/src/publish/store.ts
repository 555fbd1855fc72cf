/** Posts: their rows, published once, failed. How they are asked for: `order.ts`. */
import type { Allow, Audience, Label } from '@vitrine/schema';
import { cleanLines } from '../accounts/display-text.ts';
import { changePostCount } from '../accounts/post-count.ts';
import type { Db, Tx } from '../platform/database.ts';
import { writeEvent } from '../platform/outbox.ts';
import { reach } from '../platform/kill-points.ts';
import type { World } from '../platform/world.ts';
import type { SoundStore } from '../sounds/store.ts';
import type { AddressSettings } from '../transcode/file-address.ts';
import type { VideoStore } from '../transcode/store.ts';
import type { UploadStore } from '../upload/store.ts';
import { endDraft } from './drafts.ts';
import { hasOwnSound } from './own-sound.ts';
import { mentionsOf, tagsOf } from './text.ts';

/** What publishing needs. */
export interface PublishGrounds {
  db: Db;
  world: World;
  uploads: UploadStore;
  videos: VideoStore;
  sounds: SoundStore;
  settings: AddressSettings & { maxDurationMs: number };
}

/** A post that is about to be. */
export interface NewPost {
  id: string;
  /** Of its media: the id of its upload, or one of its own. */
  videoId: string;
  accountId: string;
  idempotencyKey: string | undefined;
  text: string;
  tags: readonly string[];
  audience: Audience;
  coverMs: number | undefined;
  labels: readonly Label[];
  altText: string;
  language: string | undefined;
  allow: Allow;
  /** The sound laid under it. */
  soundId: string | undefined;
  soundOffsetMs: number;
  soundGain: number;
  parent: { kind: 'duet' | 'stitch'; postId: string } | undefined;
  publishAt: Date | undefined;
}

/** A post's row, locked in a transaction. */
export type LockedPost = NonNullable<Awaited<ReturnType<typeof lockPost>>>;

/** Locks one post. */
export async function lockPost(tx: Tx, id: string) {
  return tx.selectFrom('posts').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
}

/** Whether a post counts on its author's profile. */
export function isCounted(post: { state: string; audience: string }): boolean {
  return post.state === 'published' && post.audience !== 'onlyMe';
}

/** The video is there: start its encoding with the wished cover, and publish if it is playable already. */
export async function takeVideo(tx: Tx, grounds: PublishGrounds, postId: string): Promise<void> {
  const post = await lockPost(tx, postId);
  if (!post) return;
  await tx.selectFrom('videos').select('id').where('id', '=', post.video_id).forUpdate().execute();
  if (post.cover_ms !== null) await grounds.videos.setCover(tx, post.video_id, post.cover_ms);
  await showPost(tx, grounds, post);
  await grounds.videos.encode(tx, post.video_id);
  await publishIfReady(tx, grounds, post);
}

/** Publishes a post if its video is playable already. */
export async function publishIfReady(tx: Tx, grounds: PublishGrounds, post: LockedPost): Promise<void> {
  const video = await grounds.videos.read(tx, post.video_id);
  if (video?.state === 'ready') await publishNow(tx, grounds, post);
}

/** Puts the files of a post where its audience finds them: everyone's at public addresses (then true), all others behind the session. */
export async function showPost(
  tx: Tx,
  { videos, sounds }: PublishGrounds,
  post: { id: string; account_id: string; video_id: string; audience: string },
): Promise<boolean> {
  const account = await tx
    .selectFrom('accounts')
    .select('is_private')
    .where('id', '=', post.account_id)
    .executeTakeFirst();
  const isPublic = post.audience === 'everyone' && account?.is_private === false;
  await sounds.show(tx, { videoId: post.video_id, isPublic });
  for (const [from, to] of await videos.show(tx, post.video_id, isPublic)) {
    await tx
      .updateTable('caption_tracks')
      .set({ file_id: to })
      .where('post_id', '=', post.id)
      .where('file_id', '=', from)
      .execute();
  }
  return isPublic;
}

/** Publishes a post whose video is playable; once, however often it is called. */
export async function publishNow(tx: Tx, grounds: PublishGrounds, post: LockedPost): Promise<void> {
  const { world } = grounds;
  if (post.state !== 'processing') return;
  const now = world.now();
  await tx
    .updateTable('posts')
    .set({ state: 'published', published_at: post.published_at ?? now })
    .where('id', '=', post.id)
    .execute();
  await tx
    .updateTable('post_tags')
    .set({ published_at: post.published_at ?? now })
    .where('post_id', '=', post.id)
    .execute();
  await numberPublic(tx, post);
  await settleSound(tx, grounds, post);
  await endDraftOf(tx, post.id);
  if (isCounted({ state: 'published', audience: post.audience })) await changePostCount(tx, post.account_id, 1);
  await writeEvent(tx, world, {
    kind: 'post.published',
    writerKey: post.id,
    body: { postId: post.id, accountId: post.account_id, audience: post.audience },
  });
}

/** What a post sounds like: its own sound, credited to what plays in it; else the sound that was laid under it, or its parent's. */
async function settleSound(tx: Tx, grounds: PublishGrounds, post: LockedPost): Promise<void> {
  const video = await grounds.videos.read(tx, post.video_id);
  const parent = post.parent_post_id
    ? await tx.selectFrom('posts').select('sound_id').where('id', '=', post.parent_post_id).executeTakeFirst()
    : undefined;
  const laidUnder = post.sound_id ?? parent?.sound_id ?? undefined;
  const isPublic = await showPost(tx, grounds, post);
  if (post.sound_id && isPublic)
    await grounds.sounds.letHear(tx, { soundId: post.sound_id, accountId: post.account_id });
  const isOwn = video?.kind === 'video' && video.hasAudio === true && (await hasOwnSound(tx, post.id));
  const soundId = isOwn
    ? await grounds.sounds.wantOriginal(tx, {
        videoId: post.video_id,
        postId: post.id,
        accountId: post.account_id,
        madeFromSoundId: laidUnder,
        isPublic,
      })
    : laidUnder;
  await tx
    .updateTable('posts')
    .set({ sound_id: soundId ?? null })
    .where('id', '=', post.id)
    .execute();
  // What a claim of rights mutes is silent from its first moment.
  if (soundId && video?.hasAudio && (await grounds.sounds.isMuted(tx, soundId)))
    await grounds.videos.mute(tx, { id: video.id, isMuted: true });
}

/** A draft ends with the publication of what was made of it; the post keeps the uploads now. */
async function endDraftOf(tx: Tx, postId: string): Promise<void> {
  const made = await tx.selectFrom('post_edits').select('draft_id').where('post_id', '=', postId).executeTakeFirst();
  if (made?.draft_id) await endDraft(tx, made.draft_id);
}

/** Gives a post for everyone the next public number, once for all times. */
export async function numberPublic(
  tx: Tx,
  post: { id: string; audience: string; public_number: string | null },
): Promise<void> {
  if (post.audience !== 'everyone' || post.public_number !== null) return;
  const next = await tx
    .updateTable('counters')
    .set((eb) => ({ value: eb('value', '+', '1') }))
    .where('name', '=', 'post_number')
    .returning('value')
    .executeTakeFirstOrThrow();
  await tx.updateTable('posts').set({ public_number: next.value }).where('id', '=', post.id).execute();
}

/** Events: the video of a post became playable. */
export async function onPlayable(grounds: PublishGrounds, videoId: string): Promise<void> {
  await grounds.db.transaction().execute(async (tx) => {
    const post = await tx
      .selectFrom('posts')
      .selectAll()
      .where('video_id', '=', videoId)
      .forUpdate()
      .executeTakeFirst();
    if (!post) return;
    await showPost(tx, grounds, post);
    await publishNow(tx, grounds, post);
  });
  reach('first rendition published');
}

/** Events: the upload is stored; a post that waited for it gets its video. */
export async function onStored(grounds: PublishGrounds, uploadId: string): Promise<void> {
  await grounds.db.transaction().execute(async (tx) => {
    const post = await tx.selectFrom('posts').select('id').where('video_id', '=', uploadId).executeTakeFirst();
    if (post) await takeVideo(tx, grounds, post.id);
  });
}

/** Events: the video or its upload came to nothing. */
export async function onFailed({ db, world }: PublishGrounds, videoId: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const post = await tx
      .updateTable('posts')
      .set({ state: 'failed' })
      .where('video_id', '=', videoId)
      .where('state', 'in', ['processing', 'scheduled'])
      .returning(['id', 'account_id'])
      .executeTakeFirst();
    if (post)
      await writeEvent(tx, world, {
        kind: 'post.failed',
        writerKey: post.id,
        body: { postId: post.id, accountId: post.account_id },
      });
  });
}

/** Writes the row of a new post. */
export async function insertPost(tx: Tx, world: World, order: NewPost): Promise<void> {
  const { allow } = order;
  await tx
    .insertInto('posts')
    .values({
      account_id: order.accountId,
      id: order.id,
      video_id: order.videoId,
      idempotency_key: order.idempotencyKey ?? null,
      text: cleanLines(order.text),
      audience: order.audience,
      allow_comments: allow.comments,
      allow_duet: allow.duet,
      allow_stitch: allow.stitch,
      allow_save: allow.save,
      allow_embed: allow.embed,
      allow_recommend: allow.recommend,
      labels: JSON.stringify([...new Set(order.labels)]),
      alt_text: cleanLines(order.altText),
      language: order.language ?? null,
      cover_ms: order.coverMs ?? null,
      sound_id: order.soundId ?? null,
      sound_offset_ms: order.soundOffsetMs,
      sound_gain: order.soundGain,
      parent_kind: order.parent?.kind ?? null,
      parent_post_id: order.parent?.postId ?? null,
      publish_at: order.publishAt ?? null,
      state: order.publishAt ? 'scheduled' : 'processing',
      created_at: world.now(),
    })
    .execute();
}

/** Writes tags and mentions of a post anew. */
export async function writeWords(
  tx: Tx,
  post: { id: string; text: string; tags: readonly string[]; publishedAt: Date | null },
): Promise<void> {
  await tx.deleteFrom('post_tags').where('post_id', '=', post.id).execute();
  await tx.deleteFrom('post_mentions').where('post_id', '=', post.id).execute();
  const tags = tagsOf(post.text, post.tags);
  if (tags.length > 0) {
    await tx
      .insertInto('post_tags')
      .values(tags.map((tag) => ({ tag, post_id: post.id, published_at: post.publishedAt })))
      .execute();
  }
  const handles = mentionsOf(post.text);
  if (handles.length === 0) return;
  const people = await tx
    .selectFrom('handles')
    .select('account_id')
    .distinct()
    .where('handle', 'in', handles)
    .where('is_current', '=', true)
    .execute();
  if (people.length > 0)
    await tx
      .insertInto('post_mentions')
      .values(people.map((person) => ({ post_id: post.id, account_id: person.account_id })))
      .execute();
}
