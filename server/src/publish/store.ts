/** Posts: made, published once, failed, read by their author. */
import type { Allow, Audience, Label } from '@vitrine/schema';
import { cleanLines } from '../accounts/display-text.ts';
import { changePostCount } from '../accounts/post-count.ts';
import type { Db, Tx } from '../platform/database.ts';
import { writeEvent } from '../platform/outbox.ts';
import { reach } from '../platform/kill-points.ts';
import { refuse } from '../platform/problem.ts';
import type { World } from '../platform/world.ts';
import type { SoundStore } from '../sounds/store.ts';
import type { VideoStore } from '../transcode/store.ts';
import type { UploadStore } from '../upload/store.ts';
import { mentionsOf, tagsOf } from './text.ts';

/** What publishing needs. */
export interface PublishGrounds {
  db: Db;
  world: World;
  uploads: UploadStore;
  videos: VideoStore;
  sounds: SoundStore;
}

/** A post as its author asks for it. */
export interface PostOrder {
  accountId: string;
  uploadId: string;
  idempotencyKey: string | undefined;
  text: string;
  tags: readonly string[];
  audience: Audience;
  coverMs: number | undefined;
  labels: readonly Label[];
  altText: string;
  language: string | undefined;
  allow: Allow;
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

/**
 * Makes a post of an upload, which may still be arriving. The same key again gives the same post.
 * @returns the post's id
 */
export async function publish(grounds: PublishGrounds, order: PostOrder): Promise<string> {
  return grounds.db.transaction().execute(async (tx) => {
    // Locked, so that the end of the upload and the video's becoming playable come before or after, not between; and one post at a time.
    const upload = await grounds.uploads.lock(tx, order.uploadId);
    const known = await findByKey(tx, order);
    if (known) return known;
    if (upload?.accountId !== order.accountId) throw refuse('not_found', 'There is no such upload.');
    if (upload.state === 'failed' || upload.state === 'expired')
      throw refuse('upload_failed', upload.problem?.detail ?? {});
    if ((await grounds.videos.read(tx, upload.id))?.state === 'sound') throw refuse('no_video');
    if (await tx.selectFrom('posts').select('id').where('video_id', '=', upload.id).executeTakeFirst())
      throw refuse('already_posted');
    const id = grounds.world.newId();
    await insertPost(tx, grounds.world, { ...order, id });
    await writeWords(tx, { id, text: order.text, tags: order.tags, publishedAt: null });
    await grounds.uploads.endEditing(tx, upload.id);
    if (upload.state === 'stored') await takeVideo(tx, grounds, id);
    return id;
  });
}

async function findByKey(tx: Tx, order: PostOrder): Promise<string | undefined> {
  if (order.idempotencyKey === undefined) return undefined;
  const known = await tx
    .selectFrom('posts')
    .select(['id', 'video_id'])
    .where('account_id', '=', order.accountId)
    .where('idempotency_key', '=', order.idempotencyKey)
    .executeTakeFirst();
  if (known && known.video_id !== order.uploadId) throw refuse('key_reused');
  return known?.id;
}

/** The video is there: start its encoding with the wished cover, and publish if it is playable already. */
async function takeVideo(tx: Tx, grounds: PublishGrounds, postId: string): Promise<void> {
  const post = await lockPost(tx, postId);
  if (!post) return;
  await tx.selectFrom('videos').select('id').where('id', '=', post.video_id).forUpdate().execute();
  if (post.cover_ms !== null) await grounds.videos.setCover(tx, post.video_id, post.cover_ms);
  await showPost(tx, grounds, post);
  await grounds.videos.encode(tx, post.video_id);
  const video = await grounds.videos.read(tx, post.video_id);
  if (video?.state === 'ready') await publishNow(tx, grounds, post);
}

/** Puts the files of a post where its audience finds them: everyone's at public addresses, all others behind the session. */
export async function showPost(
  tx: Tx,
  { videos, sounds }: PublishGrounds,
  post: { id: string; account_id: string; video_id: string; audience: string },
): Promise<void> {
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
  await giveSound(tx, grounds, post);
  await numberPublic(tx, post);
  if (isCounted({ state: 'published', audience: post.audience })) await changePostCount(tx, post.account_id, 1);
  await writeEvent(tx, world, {
    kind: 'post.published',
    writerKey: post.id,
    body: { postId: post.id, accountId: post.account_id, audience: post.audience },
  });
}

/**
 * The sound of a video gets a page of its own, credited to the sound that plays in it. A post of only a lent sound keeps that one's.
 * What a claim of rights mutes is silent from its first moment.
 */
async function giveSound(tx: Tx, { videos, sounds }: PublishGrounds, post: LockedPost): Promise<void> {
  const video = await videos.read(tx, post.video_id);
  if (video?.state !== 'ready' || !video.hasAudio) return;
  if (post.sound_id !== null) {
    if (await sounds.isMuted(tx, post.sound_id)) await videos.mute(tx, video.id, true);
    return;
  }
  const own = { videoId: video.id, postId: post.id, accountId: post.account_id, isPublic: video.isPublic };
  const soundId = await sounds.wantOriginal(tx, own);
  await tx.updateTable('posts').set({ sound_id: soundId }).where('id', '=', post.id).execute();
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
      .where('state', '=', 'processing')
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

async function insertPost(tx: Tx, world: World, order: PostOrder & { id: string }): Promise<void> {
  const { allow } = order;
  await tx
    .insertInto('posts')
    .values({
      account_id: order.accountId,
      id: order.id,
      video_id: order.uploadId,
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
      state: 'processing',
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
