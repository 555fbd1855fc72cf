/** A new post, from what its author asks: of one upload, of an upload with a sound, or of a draft. */
import { draftWordsSchema } from '@vitrine/schema';
import type { Allow, Audience, DraftWords, Edit, Label } from '@vitrine/schema';
import type { Tx } from '../platform/database.ts';
import { refuse } from '../platform/problem.ts';
import { editOf, isBecoming, lockDraft } from './drafts.ts';
import { parentOf, uploadsOf } from './edit-facts.ts';
import { beginMade } from './made.ts';
import type { Reason } from './reason.ts';
import { schedule, timeOf } from './schedule.ts';
import { insertPost, takeVideo, writeWords, type NewPost, type PublishGrounds } from './store.ts';

/** A post as its author asks for it. What is left out is as the draft says it. */
interface PostOrder {
  accountId: string;
  idempotencyKey: string | undefined;
  uploadId?: string | undefined;
  draftId?: string | undefined;
  soundId?: string | undefined;
  text?: string | undefined;
  tags?: readonly string[] | undefined;
  audience?: Audience | undefined;
  coverMs?: number | undefined;
  labels?: readonly Label[] | undefined;
  altText?: string | undefined;
  language?: string | undefined;
  allow?: Allow | undefined;
  publishAt?: string | undefined;
}

/**
 * Makes a post. The same key again gives the same post.
 * @returns the post's id
 */
export async function publish(grounds: PublishGrounds, order: PostOrder): Promise<string> {
  if ((order.uploadId === undefined) === (order.draftId === undefined))
    throw refuse('malformed', 'Say which upload or which draft the post is made of.');
  return grounds.db.transaction().execute(async (tx) => {
    if (order.draftId !== undefined) return publishDraft(tx, grounds, { ...order, draftId: order.draftId });
    return publishUpload(tx, grounds, { ...order, uploadId: order.uploadId ?? '' });
  });
}

async function publishUpload(
  tx: Tx,
  grounds: PublishGrounds,
  order: PostOrder & { uploadId: string },
): Promise<string> {
  // Locked, so that the end of the upload and the video's becoming playable come before or after, not between; and one post at a time.
  const upload = await grounds.uploads.lock(tx, order.uploadId);
  const known = await findByKey(tx, order);
  if (known) return known;
  if (upload?.accountId !== order.accountId) throw refuse('not_found', 'There is no such upload.');
  if (upload.state === 'failed' || upload.state === 'expired')
    throw refuse('upload_failed', upload.problem?.detail ?? {});
  if (order.soundId !== undefined) return publishMade(tx, grounds, { order, edit: null, uploadIds: [upload.id] });
  if ((await grounds.videos.read(tx, upload.id))?.state === 'sound') throw refuse('no_video');
  if (await tx.selectFrom('posts').select('id').where('video_id', '=', upload.id).executeTakeFirst())
    throw refuse('already_posted');
  const post = newPost(grounds, order, { videoId: upload.id, words: draftWordsSchema.parse({}) });
  await insertNew(tx, grounds, post);
  await grounds.uploads.endEditing(tx, upload.id);
  if (upload.state === 'stored') await takeVideo(tx, grounds, post.id);
  return post.id;
}

async function publishDraft(tx: Tx, grounds: PublishGrounds, order: PostOrder & { draftId: string }): Promise<string> {
  const draft = await lockDraft(tx, order);
  const known = await findByKey(tx, order);
  if (known) return known;
  if (!draft) throw refuse('not_found', 'There is no such draft.');
  if (draft.post_id !== null) {
    if (await isBecoming(tx, draft.post_id)) throw refuse('draft_posted');
    await retire(tx, grounds, draft.post_id);
  }
  const edit = editOf(draft);
  if (!edit) throw refuse('edit_refused', 'Add a clip or a photo first: there is nothing to show yet.');
  const id = await publishMade(tx, grounds, {
    order,
    edit: withSound(edit, order.soundId),
    uploadIds: uploadsOf(edit),
    words: draftWordsSchema.parse(draft.words),
  });
  await tx.updateTable('drafts').set({ post_id: id }).where('id', '=', draft.id).execute();
  return id;
}

/** A post of the draft that came to nothing goes when the draft is posted again. */
async function retire(tx: Tx, { world }: PublishGrounds, postId: string): Promise<void> {
  await tx
    .updateTable('posts')
    .set({ state: 'deleted', deleted_at: world.now() })
    .where('id', '=', postId)
    .where('state', '=', 'failed')
    .execute();
}

function withSound(edit: Edit, soundId: string | undefined): Edit {
  if (soundId === undefined) return edit;
  const usual = { offsetMs: 0, startMs: 0, lengthMs: null, gain: 1, fadeInMs: 0, fadeOutMs: 0 };
  return { ...edit, sound: { ...usual, soundId } };
}

interface Making {
  order: PostOrder;
  /** Null: the one upload whole, with the sound. */
  edit: Edit | null;
  uploadIds: readonly string[];
  words?: DraftWords;
}

/** A post that is put together: its media get an id of their own, and are asked for as soon as all uploads are there. */
async function publishMade(
  tx: Tx,
  grounds: PublishGrounds,
  { order, edit, uploadIds, words = draftWordsSchema.parse({}) }: Making,
): Promise<string> {
  const post = newPost(grounds, order, { videoId: grounds.world.newId(), words, edit });
  const uploads = await lockUploads(tx, order.accountId, uploadIds);
  if (uploads.length < uploadIds.length)
    throw refuse('edit_refused', 'One of the files of this draft is not there any more. Add it again.');
  await insertNew(tx, grounds, post);
  await tx
    .insertInto('post_edits')
    .values({
      account_id: order.accountId,
      post_id: post.id,
      draft_id: order.draftId ?? null,
      edit: edit === null ? null : JSON.stringify(edit),
    })
    .execute();
  if (uploads.length > 0)
    await tx
      .insertInto('post_uploads')
      .values(uploads.map(({ id }) => ({ account_id: order.accountId, post_id: post.id, upload_id: id })))
      .execute();
  const problem = await beginMade(tx, grounds, post.id);
  if (problem) throw refusalOf(problem);
  return post.id;
}

async function lockUploads(tx: Tx, accountId: string, ids: readonly string[]): Promise<{ id: string }[]> {
  if (ids.length === 0) return [];
  return tx
    .selectFrom('uploads')
    .select('id')
    .where('account_id', '=', accountId)
    .where('id', 'in', ids)
    .orderBy('id')
    .forUpdate()
    .execute();
}

function refusalOf(problem: Reason) {
  return refuse(problem.code, problem.fields ? { detail: problem.detail, fields: problem.fields } : problem.detail);
}

function newPost(
  { world }: PublishGrounds,
  order: PostOrder,
  given: { videoId: string; words: DraftWords; edit?: Edit | null },
): NewPost {
  const { words, edit } = given;
  const publishAt = timeOf(world.now(), order.publishAt ?? words.publishAt);
  const sound = edit?.sound;
  const parent = edit ? parentOf(edit) : undefined;
  return {
    id: world.newId(),
    videoId: given.videoId,
    accountId: order.accountId,
    idempotencyKey: order.idempotencyKey,
    text: order.text ?? words.text,
    tags: order.tags ?? words.tags,
    audience: order.audience ?? words.audience,
    coverMs: order.coverMs ?? (edit?.kind === 'video' ? (edit.coverMs ?? undefined) : undefined),
    labels: order.labels ?? words.labels,
    altText: order.altText ?? words.altText,
    language: order.language ?? words.language,
    allow: order.allow ?? words.allow,
    soundId: sound?.soundId ?? order.soundId,
    soundOffsetMs: sound?.offsetMs ?? 0,
    soundGain: sound?.gain ?? 1,
    parent,
    publishAt,
  };
}

async function insertNew(tx: Tx, grounds: PublishGrounds, post: NewPost): Promise<void> {
  await insertPost(tx, grounds.world, post);
  await writeWords(tx, { id: post.id, text: post.text, tags: post.tags, publishedAt: null });
  if (post.publishAt) await schedule(tx, grounds, { ...post, publishAt: post.publishAt });
}

async function findByKey(tx: Tx, order: PostOrder): Promise<string | undefined> {
  if (order.idempotencyKey === undefined) return undefined;
  const known = await tx
    .selectFrom('posts')
    .leftJoin('post_edits', 'post_edits.post_id', 'posts.id')
    .select(['posts.id', 'posts.video_id', 'post_edits.draft_id'])
    .where('posts.account_id', '=', order.accountId)
    .where('posts.idempotency_key', '=', order.idempotencyKey)
    .executeTakeFirst();
  if (!known) return undefined;
  const isOfUpload =
    known.video_id === order.uploadId ||
    (known.draft_id === null &&
      (await tx
        .selectFrom('post_uploads')
        .select('upload_id')
        .where('post_id', '=', known.id)
        .where('upload_id', '=', order.uploadId ?? known.id)
        .executeTakeFirst()) !== undefined);
  if (order.draftId === undefined ? !isOfUpload : known.draft_id !== order.draftId) throw refuse('key_reused');
  return known.id;
}
