/** Posts that are put together: every name in their edit becomes a file, and rendering is asked for, once all of them are there. */
import { problemsOf, sourceKeys, type SourceFacts, type SourceKey } from '@vitrine/edit';
import { editSchema, type Edit, type PhotoEdit, type VideoEdit } from '@vitrine/schema';
import type { Tx } from '../platform/database.ts';
import { Refusal } from '../platform/problem.ts';
import { parentOf } from './edit-facts.ts';
import { findParent } from './parents.ts';
import { partsOf, type Part } from './parts.ts';
import type { Reason } from './reason.ts';
import { lockPost, type LockedPost, type PublishGrounds } from './store.ts';

/** What an edit names, as files and facts. */
interface Resolved {
  files: Map<SourceKey, string>;
  facts: Map<SourceKey, SourceFacts>;
}

/**
 * Asks for the media of a post when all its uploads are known; else waits for the next of them.
 * @returns why it cannot be made; undefined when it was asked for or still waits
 */
export async function beginMade(tx: Tx, grounds: PublishGrounds, postId: string): Promise<Reason | undefined> {
  const post = await lockPost(tx, postId);
  const made = await tx.selectFrom('post_edits').selectAll().where('post_id', '=', postId).executeTakeFirst();
  if (!post || post.state === 'deleted' || !made || made.begun_at !== null) return undefined;
  const parts = await partsOf(tx, postId);
  const broken = parts.find((part) => ['failed', 'expired'].includes(part.state) || part.videoState === 'failed');
  if (broken) return { code: 'edit_refused', detail: broken.problem ?? 'One of the files could not be taken.' };
  if (parts.some((part) => part.videoState === null || part.videoState === 'received')) return undefined;
  const edit = made.edit === null ? wholeEdit(post, parts) : editSchema.parse(made.edit);
  try {
    const reason =
      edit.kind === 'photos'
        ? await askPhotos(tx, grounds, { post, edit, parts })
        : await askVideo(tx, grounds, { post, edit, parts });
    if (reason) return reason;
  } catch (cause) {
    if (cause instanceof Refusal) return { code: cause.code, detail: cause.message };
    throw cause;
  }
  await tx
    .updateTable('post_edits')
    .set({ begun_at: grounds.world.now(), edit: JSON.stringify(edit) })
    .where('post_id', '=', postId)
    .execute();
  return undefined;
}

/** Events: an upload was looked at, or came to nothing. Posts that wait for it go on. */
export async function goOnWith(grounds: PublishGrounds, uploadId: string): Promise<void> {
  const waiting = await grounds.db
    .selectFrom('post_uploads')
    .innerJoin('post_edits', 'post_edits.post_id', 'post_uploads.post_id')
    .select('post_edits.post_id')
    .where('post_uploads.upload_id', '=', uploadId)
    .where('post_edits.begun_at', 'is', null)
    .execute();
  for (const { post_id: postId } of waiting) await goOn(grounds, postId);
}

/** Begins a post that waits; where that cannot be, the post fails with the reason. */
export async function goOn(grounds: PublishGrounds, postId: string): Promise<void> {
  await grounds.db.transaction().execute(async (tx) => {
    const reason = await beginMade(tx, grounds, postId);
    const post = reason && (await lockPost(tx, postId));
    if (!reason || !post || (await grounds.videos.read(tx, post.video_id))) return;
    await grounds.videos.refuse(tx, { videoId: post.video_id, accountId: post.account_id, ...reason });
  });
}

/** The one upload whole, with the sound that was asked for. */
function wholeEdit(post: LockedPost, parts: readonly Part[]): Edit {
  const [part] = parts;
  const sound = post.sound_id === null ? null : { soundId: post.sound_id };
  if (part?.kind === 'photos')
    return editSchema.parse({ version: 1, kind: 'photos', photos: [{ uploadId: part.id, altText: '' }], sound });
  const { durationMs = 0, widthPx = 0, heightPx = 0 } = part?.facts ?? {};
  const ratio = widthPx / Math.max(1, heightPx);
  return editSchema.parse({
    version: 1,
    kind: 'video',
    frame: ratio > 1.2 ? '16:9' : ratio > 0.9 ? '1:1' : ratio > 0.7 ? '4:5' : '9:16',
    clips: [{ id: 'whole', source: { uploadId: part?.id }, inMs: 0, outMs: durationMs, fit: 'contain' }],
    sound,
  });
}

interface Asking<E extends Edit> {
  post: LockedPost;
  edit: E;
  parts: readonly Part[];
}

async function askPhotos(
  tx: Tx,
  grounds: PublishGrounds,
  { post, edit, parts }: Asking<PhotoEdit>,
): Promise<Reason | undefined> {
  const byId = new Map(parts.map((part) => [part.id, part]));
  if (edit.photos.length === 0) return { code: 'edit_refused', detail: 'Add a photo first.' };
  const wrong = edit.photos.findIndex((photo) => byId.get(photo.uploadId)?.kind !== 'photos');
  if (wrong >= 0) return { code: 'edit_refused', detail: `Picture ${wrong + 1} is not a photo. Take it out.` };
  if (edit.sound) await grounds.sounds.forUse(tx, edit.sound.soundId, post.account_id);
  await grounds.videos.composePhotos(tx, {
    videoId: post.video_id,
    accountId: post.account_id,
    photos: edit.photos.map((photo) => ({ sourceId: photo.uploadId, altText: photo.altText })),
  });
  return undefined;
}

async function askVideo(
  tx: Tx,
  grounds: PublishGrounds,
  { post, edit, parts }: Asking<VideoEdit>,
): Promise<Reason | undefined> {
  const resolved = await resolve(tx, grounds, { post, edit, parts });
  if ('code' in resolved) return resolved;
  const problems = problemsOf(edit, resolved.facts, { maxDurationMs: grounds.settings.maxDurationMs });
  const [first] = problems;
  if (first)
    return {
      code: 'edit_refused',
      detail: first.sentence,
      fields: problems.map(({ where, sentence }) => ({ path: where ?? '', message: sentence })),
    };
  await grounds.videos.compose(tx, {
    videoId: post.video_id,
    accountId: post.account_id,
    coverMs: post.cover_ms ?? undefined,
    order: { edit, files: [...resolved.files].map(([key, storeKey]) => ({ key, storeKey })) },
  });
  return undefined;
}

async function resolve(
  tx: Tx,
  { sounds }: PublishGrounds,
  { post, edit, parts }: Asking<VideoEdit>,
): Promise<Resolved | Reason> {
  const files = new Map<SourceKey, string>();
  const facts = new Map<SourceKey, SourceFacts>();
  const byId = new Map(parts.map((part) => [part.id, part]));
  const parent = parentOf(edit);
  for (const key of sourceKeys(edit)) {
    const id = key.slice(key.indexOf(':') + 1);
    if (key.startsWith('upload:')) {
      const part = byId.get(id);
      if (!part?.storeKey || part.kind === 'photos') continue;
      files.set(key, part.storeKey);
      facts.set(key, part.facts);
    } else if (key.startsWith('sound:')) {
      const sound = await sounds.forUse(tx, id, post.account_id);
      files.set(key, sound.storeKey);
      facts.set(key, { durationMs: sound.durationMs, widthPx: 0, heightPx: 0, hasAudio: true });
    } else {
      const kind = parent?.postId === id ? parent.kind : 'stitch';
      const found = await findParent(tx, { postId: id, accountId: post.account_id, kind });
      if ('code' in found) return found;
      files.set(key, found.storeKey);
      facts.set(key, found.facts);
    }
  }
  return { files, facts };
}
