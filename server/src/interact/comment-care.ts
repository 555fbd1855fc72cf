/** Deleting comments, taking that back, pinning. */
import { UNDELETE_MINUTES } from '@vitrine/schema';
import type { Db, Tx } from '../platform/database.ts';
import { writeEvent } from '../platform/outbox.ts';
import { refuse } from '../platform/problem.ts';
import { later, type World } from '../platform/world.ts';
import { bumpCounter } from '../publish/counters.ts';
import { changeReplies, demandComment, type CommentAct, type CommentRow } from './comments.ts';
import { demandPost } from './reach.ts';

/** Most comments that a post's author may put on top. */
const MOST_PINNED = 3;

/** Deletes a comment, its own or as the post's author. Answers go with the head of their thread. */
export async function deleteComment(db: Db, world: World, act: CommentAct): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const row = await lockComment(tx, act);
    const isOwn = row?.account_id === act.accountId;
    if (!row || row.deleted_at !== null || !(isOwn || row.author_id === act.accountId)) throw refuse('not_found');
    await tx
      .updateTable('comments')
      .set({ deleted_at: world.now(), deleted_by: isOwn ? 'writer' : 'author', is_pinned: false })
      .where('id', '=', row.id)
      .execute();
    await countThread(tx, row, -1);
    await writeEvent(tx, world, {
      kind: 'comment.deleted',
      writerKey: row.post_id,
      body: { commentId: row.id, postId: row.post_id },
    });
  });
}

/** Takes a deletion back within ten minutes: whoever deleted it. */
export async function undeleteComment(db: Db, world: World, act: CommentAct): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const row = await lockComment(tx, act);
    const deleterId = row?.deleted_by === 'writer' ? row.account_id : row?.author_id;
    if (!row?.deleted_at || deleterId !== act.accountId) throw refuse('not_found');
    if (row.deleted_at < later(world.now(), -UNDELETE_MINUTES * 60_000)) throw refuse('too_late');
    await demandPost(tx, row.post_id, act.accountId);
    await tx.updateTable('comments').set({ deleted_at: null, deleted_by: null }).where('id', '=', row.id).execute();
    await countThread(tx, row, 1);
    await writeEvent(tx, world, {
      kind: 'comment.undeleted',
      writerKey: row.post_id,
      body: { commentId: row.id, postId: row.post_id },
    });
  });
}

/** The comment, and the head of its thread before it, so that answers and their head are never counted past one another. */
async function lockComment(tx: Tx, { commentId }: CommentAct) {
  const found = await tx.selectFrom('comments').select('parent_id').where('id', '=', commentId).executeTakeFirst();
  if (found?.parent_id)
    await tx.selectFrom('comments').select('id').where('id', '=', found.parent_id).forUpdate().execute();
  const comment = await tx
    .selectFrom('comments')
    .selectAll()
    .where('id', '=', commentId)
    .forUpdate()
    .executeTakeFirst();
  if (!comment) return undefined;
  const post = await tx.selectFrom('posts').select('account_id').where('id', '=', comment.post_id).executeTakeFirst();
  return { ...comment, author_id: post?.account_id };
}

/** An answer counts while it and its head live; so the head takes its living answers with it. */
async function countThread(tx: Tx, row: CommentRow, by: 1 | -1): Promise<void> {
  if (row.parent_id === null)
    return bumpCounter(tx, row.post_id, { counter: 'comment_count', by: by * (1 + row.reply_count) });
  const head = await tx
    .selectFrom('comments')
    .select('id')
    .where('id', '=', row.parent_id)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (head) await bumpCounter(tx, row.post_id, { counter: 'comment_count', by });
  await changeReplies(tx, row.parent_id, by);
}

/** Puts a comment on top, or takes it down. The post's author alone; heads of threads alone. */
export async function pinComment(db: Db, act: CommentAct, isPinned: boolean): Promise<void> {
  await db.transaction().execute(async (tx) => {
    // Before the post, as everywhere.
    await tx.selectFrom('comments').select('id').where('id', '=', act.commentId).forUpdate().execute();
    const comment = await demandComment(tx, act);
    await tx.selectFrom('posts').select('id').where('id', '=', comment.post_id).forUpdate().execute();
    const post = await demandPost(tx, comment.post_id, act.accountId);
    if (post.authorId !== act.accountId) throw refuse('not_found');
    if (isPinned && comment.parent_id !== null)
      throw refuse('not_allowed', 'Only a comment that is not an answer can be pinned.');
    if (isPinned && !comment.is_pinned) await checkRoom(tx, comment.post_id);
    await tx.updateTable('comments').set({ is_pinned: isPinned }).where('id', '=', comment.id).execute();
  });
}

async function checkRoom(tx: Tx, postId: string): Promise<void> {
  const pinned = await tx
    .selectFrom('comments')
    .select('id')
    .where('post_id', '=', postId)
    .where('is_pinned', '=', true)
    .where('deleted_at', 'is', null)
    .execute();
  if (pinned.length >= MOST_PINNED) throw refuse('too_many_pinned');
}
