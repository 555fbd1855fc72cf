/** What an author changes of a post: words, audience, cover; deleting it and taking that back. */
import type { Allow, Audience, Label } from '@vitrine/schema';
import { UNDELETE_MINUTES } from '@vitrine/schema';
import { cleanLines } from '../accounts/display-text.ts';
import { changePostCount } from '../accounts/post-count.ts';
import type { Tx } from '../platform/database.ts';
import { writeEvent } from '../platform/outbox.ts';
import { refuse } from '../platform/problem.ts';
import { later } from '../platform/world.ts';
import { goOn } from './made.ts';
import { endWaiting, schedule, timeOf } from './schedule.ts';
import {
  isCounted,
  lockPost,
  numberPublic,
  publishNow,
  showPost,
  writeWords,
  type LockedPost,
  type PublishGrounds,
} from './store.ts';
import { tagsOf } from './text.ts';

/** Only what is given changes. */
interface PostChange {
  text?: string | undefined;
  tags?: readonly string[] | undefined;
  audience?: Audience | undefined;
  coverMs?: number | undefined;
  labels?: readonly Label[] | undefined;
  altText?: string | undefined;
  language?: string | undefined;
  allow?: { [Name in keyof Allow]?: boolean | undefined } | undefined;
  /** Of a scheduled post; null: now. */
  publishAt?: string | null | undefined;
}

/** From narrow to wide. */
const AUDIENCES: readonly Audience[] = ['onlyMe', 'followers', 'everyone'];

/** Whose post. */
export interface OwnPost {
  accountId: string;
  postId: string;
}

async function lockOwn(tx: Tx, own: OwnPost): Promise<LockedPost> {
  const post = await lockPost(tx, own.postId);
  if (post?.account_id !== own.accountId) throw refuse('not_found');
  return post;
}

/** Changes a post. */
export async function changePost(grounds: PublishGrounds, own: OwnPost, change: PostChange): Promise<void> {
  await grounds.db.transaction().execute(async (tx) => {
    const post = await lockOwn(tx, own);
    if (post.deleted_at) throw refuse('post_deleted');
    const { allow = {} } = change;
    const text = change.text === undefined ? post.text : cleanLines(change.text);
    const isReworded = text !== post.text;
    await tx
      .updateTable('posts')
      .set({
        text,
        audience: change.audience ?? post.audience,
        labels: change.labels ? JSON.stringify([...new Set(change.labels)]) : JSON.stringify(post.labels),
        alt_text: change.altText === undefined ? post.alt_text : cleanLines(change.altText),
        language: change.language ?? post.language,
        cover_ms: change.coverMs ?? post.cover_ms,
        allow_comments: allow.comments ?? post.allow_comments,
        allow_duet: allow.duet ?? post.allow_duet,
        allow_stitch: allow.stitch ?? post.allow_stitch,
        allow_save: allow.save ?? post.allow_save,
        allow_embed: allow.embed ?? post.allow_embed,
        allow_recommend: allow.recommend ?? post.allow_recommend,
        edited_at: isReworded && post.published_at ? grounds.world.now() : post.edited_at,
      })
      .where('id', '=', post.id)
      .execute();
    if (isReworded && post.published_at) await keepText(tx, post);
    if (isReworded || change.tags) {
      const tags = change.tags ?? (await addedTags(tx, post));
      await writeWords(tx, { id: post.id, text, tags, publishedAt: post.published_at });
    }
    if (change.audience !== undefined && change.audience !== post.audience)
      await changeAudience(tx, grounds, { post, audience: change.audience });
    if (change.coverMs !== undefined && change.coverMs !== post.cover_ms)
      await grounds.videos.setCover(tx, post.video_id, change.coverMs);
    if (change.publishAt !== undefined) await changeTime(tx, grounds, { post, publishAt: change.publishAt });
    await writeEvent(tx, grounds.world, {
      kind: 'post.changed',
      writerKey: post.id,
      body: { postId: post.id, accountId: post.account_id },
    });
  });
}

/** What the text said until now stays to be read. */
async function keepText(tx: Tx, post: LockedPost): Promise<void> {
  await tx
    .insertInto('post_texts')
    .values({ post_id: post.id, said_at: post.edited_at ?? post.published_at ?? post.created_at, text: post.text })
    .onConflict((conflict) => conflict.columns(['post_id', 'said_at']).doNothing())
    .execute();
}

/** Another time for a scheduled post, or now. */
async function changeTime(
  tx: Tx,
  grounds: PublishGrounds,
  { post, publishAt }: { post: LockedPost; publishAt: string | null },
): Promise<void> {
  if (post.state !== 'scheduled') throw refuse('not_scheduled');
  const at = timeOf(grounds.world.now(), publishAt ?? undefined);
  if (at === undefined) {
    // As it was changed a moment ago.
    const changed = await lockPost(tx, post.id);
    return endWaiting(tx, grounds, changed ?? post);
  }
  await tx.updateTable('posts').set({ publish_at: at }).where('id', '=', post.id).execute();
  await schedule(tx, grounds, { id: post.id, accountId: post.account_id, publishAt: at });
}

/** The tags of a post that do not stand in its text. */
async function addedTags(tx: Tx, post: LockedPost): Promise<string[]> {
  const written = new Set(tagsOf(post.text, []));
  const rows = await tx.selectFrom('post_tags').select('tag').where('post_id', '=', post.id).orderBy('tag').execute();
  return rows.map((row) => row.tag).filter((tag) => !written.has(tag));
}

async function changeAudience(
  tx: Tx,
  grounds: PublishGrounds,
  { post, audience }: { post: LockedPost; audience: Audience },
): Promise<void> {
  const changed = { ...post, audience };
  // What was said to few is not said to more afterwards.
  if (AUDIENCES.indexOf(audience) > AUDIENCES.findIndex((each) => each === post.audience))
    await tx.deleteFrom('post_texts').where('post_id', '=', post.id).execute();
  await showPost(tx, grounds, changed);
  if (post.state === 'published') await numberPublic(tx, changed);
  const before = isCounted(post);
  const after = isCounted(changed);
  if (before !== after) await changePostCount(tx, post.account_id, after ? 1 : -1);
}

/** Deletes a post: shown to nobody from now on, kept for ten minutes. */
export async function deletePost({ db, world, videos, sounds }: PublishGrounds, own: OwnPost): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const post = await lockOwn(tx, own);
    if (post.deleted_at) return;
    await tx
      .updateTable('posts')
      .set({ state: 'deleted', deleted_at: world.now() })
      .where('id', '=', post.id)
      .execute();
    await videos.withdraw(tx, post.video_id, true);
    await sounds.show(tx, { videoId: post.video_id, isPublic: false });
    if (isCounted(post)) await changePostCount(tx, post.account_id, -1);
    await writeEvent(tx, world, {
      kind: 'post.deleted',
      writerKey: post.id,
      body: { postId: post.id, accountId: post.account_id },
    });
  });
}

/** Takes a deletion back. */
export async function undeletePost(grounds: PublishGrounds, own: OwnPost): Promise<void> {
  const { db, world, videos, sounds } = grounds;
  await db.transaction().execute(async (tx) => {
    const post = await lockOwn(tx, own);
    if (!post.deleted_at) return;
    if (post.deleted_at < later(world.now(), -UNDELETE_MINUTES * 60_000)) throw refuse('too_late');
    await videos.withdraw(tx, post.video_id, false);
    const video = await videos.read(tx, post.video_id);
    if (video) await sounds.show(tx, { videoId: video.id, isPublic: video.isPublic });
    const isWaiting = post.publish_at !== null && post.publish_at > world.now();
    const state = post.published_at
      ? 'published'
      : video?.state === 'failed'
        ? 'failed'
        : isWaiting
          ? 'scheduled'
          : 'processing';
    await tx.updateTable('posts').set({ state, deleted_at: null }).where('id', '=', post.id).execute();
    if (isCounted({ ...post, state })) await changePostCount(tx, post.account_id, 1);
    if (state === 'scheduled' && post.publish_at)
      await schedule(tx, grounds, { id: post.id, accountId: post.account_id, publishAt: post.publish_at });
    if (video?.state === 'ready') await publishNow(tx, grounds, { ...post, state });
    await writeEvent(tx, world, {
      kind: 'post.undeleted',
      writerKey: post.id,
      body: { postId: post.id, accountId: post.account_id },
    });
  });
  // Its uploads may have come meanwhile.
  await goOn(grounds, own.postId);
}
