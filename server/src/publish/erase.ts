/** The end of posts: after the ten minutes everything of them goes, and the quota is given back. */
import { UNDELETE_MINUTES } from '@vitrine/schema';
import type { Tx } from '../platform/database.ts';
import type { MediaStore } from '../platform/media-store.ts';
import { writeEvent } from '../platform/outbox.ts';
import { Refusal, refuse } from '../platform/problem.ts';
import { later } from '../platform/world.ts';
import { endDraft, isKeptByDraft } from './drafts.ts';
import { lockPost, type PublishGrounds } from './store.ts';

/** Erasing also removes files. */
export interface EraseGrounds extends PublishGrounds {
  media: MediaStore;
}

const BATCH = 100;
const DAY_MS = 86_400_000;
/** A finished upload waits so long for its post. */
const FORGOTTEN_DAYS = 7;
/** An upload that came to nothing is told so long. */
const ENDED_DAYS = 30;

/** Erases posts whose ten minutes are over. */
export async function eraseDeleted(grounds: EraseGrounds): Promise<void> {
  const before = later(grounds.world.now(), -UNDELETE_MINUTES * 60_000);
  const due = await grounds.db
    .selectFrom('posts')
    .select('id')
    .where('state', '=', 'deleted')
    .where('deleted_at', '<', before)
    .orderBy('deleted_at')
    .limit(BATCH)
    .execute();
  for (const { id } of due) await erasePost(grounds, id, before);
}

async function erasePost(grounds: EraseGrounds, id: string, deletedBefore?: Date): Promise<void> {
  const erased = await grounds.db.transaction().execute(async (tx) => {
    const post = await lockPost(tx, id);
    // Taken back meanwhile.
    if (!post || (deletedBefore && !(post.deleted_at && post.deleted_at < deletedBefore))) return undefined;
    for (const table of ['post_tags', 'post_mentions', 'caption_tracks', 'post_texts', 'post_edits'] as const)
      await tx.deleteFrom(table).where('post_id', '=', id).execute();
    const parts = await tx.deleteFrom('post_uploads').where('post_id', '=', id).returning('upload_id').execute();
    await tx.deleteFrom('posts').where('id', '=', id).execute();
    await writeEvent(tx, grounds.world, {
      kind: 'post.erased',
      writerKey: id,
      body: { postId: id, accountId: post.account_id, publicNumber: post.public_number },
    });
    return { accountId: post.account_id, parts, keys: await discard(tx, grounds, post.video_id) };
  });
  if (!erased) return;
  await removeKeys(grounds, erased.keys);
  for (const part of erased.parts)
    await discardUnkept(grounds, { accountId: erased.accountId, uploadId: part.upload_id });
}

/** Erases drafts whose ten minutes are over, with the uploads that nothing else keeps. */
export async function eraseDeletedDrafts(grounds: EraseGrounds): Promise<void> {
  const due = await grounds.db
    .selectFrom('drafts')
    .select(['id', 'account_id'])
    .where('deleted_at', '<', later(grounds.world.now(), -UNDELETE_MINUTES * 60_000))
    .orderBy('deleted_at')
    .limit(BATCH)
    .execute();
  for (const { id, account_id: accountId } of due) {
    const uploadIds = await grounds.db.transaction().execute((tx) => endDraft(tx, id));
    for (const uploadId of uploadIds) await discardUnkept(grounds, { accountId, uploadId });
  }
}

async function discardUnkept(grounds: EraseGrounds, own: OwnUpload): Promise<void> {
  await discardUnposted(grounds, own).catch((cause: unknown) => {
    // Another draft has it.
    if (!(cause instanceof Refusal)) throw cause;
  });
}

/** Whose upload. */
interface OwnUpload {
  accountId: string;
  uploadId: string;
}

/**
 * Discards a stored upload of which no post was made. False when there is none, or a post of it.
 * @throws upload_in_draft while a draft names it
 */
export async function discardUnposted(grounds: EraseGrounds, own: OwnUpload): Promise<boolean> {
  const keys = await grounds.db.transaction().execute(async (tx) => {
    const upload = await grounds.uploads.lock(tx, own.uploadId);
    if (upload?.accountId !== own.accountId || upload.state === 'receiving') return undefined;
    if (await isPosted(tx, own.uploadId)) return undefined;
    if (await isInDraft(tx, own.uploadId)) throw refuse('upload_in_draft');
    return discard(tx, grounds, own.uploadId);
  });
  if (keys) await removeKeys(grounds, keys);
  return keys !== undefined;
}

/** A post was made of the upload, or is put together with it. */
async function isPosted(tx: Tx, uploadId: string): Promise<boolean> {
  const whole = await tx.selectFrom('posts').select('id').where('video_id', '=', uploadId).executeTakeFirst();
  if (whole) return true;
  const part = await tx
    .selectFrom('post_uploads')
    .select('post_id')
    .where('upload_id', '=', uploadId)
    .executeTakeFirst();
  return part !== undefined;
}

/** A draft names the upload now. */
async function isInDraft(tx: Tx, uploadId: string): Promise<boolean> {
  const naming = await tx
    .selectFrom('draft_uploads')
    .select('draft_id')
    .where('upload_id', '=', uploadId)
    .where('dropped_at', 'is', null)
    .executeTakeFirst();
  return naming !== undefined;
}

/** Discards finished uploads that nobody posted, nor keeps in a draft, within a week; forgets failed ones after a month. */
export async function discardForgotten(grounds: EraseGrounds): Promise<void> {
  const now = grounds.world.now();
  const forgottenBefore = later(now, -FORGOTTEN_DAYS * DAY_MS);
  const forgotten = await grounds.db
    .selectFrom('uploads')
    .select(['id', 'account_id'])
    .where('state', '=', 'stored')
    .where('finished_at', '<', forgottenBefore)
    .where((eb) =>
      eb.not(eb.exists(eb.selectFrom('posts').select('posts.id').whereRef('posts.video_id', '=', 'uploads.id'))),
    )
    .where((eb) =>
      eb.not(eb.exists(eb.selectFrom('sounds').select('sounds.id').whereRef('sounds.id', '=', 'uploads.id'))),
    )
    .where((eb) =>
      eb.not(
        eb.exists(
          eb.selectFrom('post_uploads').select('post_id').whereRef('post_uploads.upload_id', '=', 'uploads.id'),
        ),
      ),
    )
    .where((eb) => eb.not(isKeptByDraft(forgottenBefore)))
    .orderBy('finished_at')
    .limit(BATCH)
    .execute();
  for (const { id, account_id: accountId } of forgotten) await discardUnkept(grounds, { accountId, uploadId: id });
  await grounds.uploads.forgetEnded(later(now, -ENDED_DAYS * DAY_MS));
}

/** Everything of an account that was erased. */
export async function eraseAccount(grounds: EraseGrounds, accountId: string): Promise<void> {
  const drafts = await grounds.db.selectFrom('drafts').select('id').where('account_id', '=', accountId).execute();
  for (const { id } of drafts) await grounds.db.transaction().execute((tx) => endDraft(tx, id));
  const posts = await grounds.db.selectFrom('posts').select('id').where('account_id', '=', accountId).execute();
  for (const { id } of posts) await erasePost(grounds, id);
  const uploads = await grounds.uploads.ofAccount(accountId);
  for (const upload of uploads) {
    if (upload.state === 'receiving') await grounds.uploads.drop(accountId, upload.id);
    else await discardUnposted(grounds, { accountId, uploadId: upload.id });
  }
  await grounds.uploads.forgetQuota(accountId);
}

async function discard(tx: Tx, { uploads, videos, sounds }: PublishGrounds, id: string): Promise<string[]> {
  const files = [...(await videos.discard(tx, id)), ...(await sounds.discardUploaded(tx, id))];
  const source = await uploads.release(tx, id);
  return source ? [...files, source] : files;
}

async function removeKeys({ media }: EraseGrounds, keys: readonly string[]): Promise<void> {
  for (const key of keys) await media.remove(key);
}
