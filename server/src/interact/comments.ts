/** Writing and liking comments. Threads are one level deep. */
import { cleanLines } from '../accounts/display-text.ts';
import { isAccountShown } from '../accounts/visibility.ts';
import type { Db, Tx } from '../platform/database.ts';
import { writeEvent } from '../platform/outbox.ts';
import { refuse } from '../platform/problem.ts';
import type { World } from '../platform/world.ts';
import { bumpCounter } from '../publish/counters.ts';
import { mentionsOf } from '../publish/text.ts';
import { isUnrestricted } from '../restrict/store.ts';
import { demandPost, reachPost, type ReachedPost } from './reach.ts';

/** A comment as somebody writes it. */
export interface CommentOrder {
  postId: string;
  accountId: string;
  text: string;
  /** Any comment of the post; the answer joins its thread. */
  parentId: string | undefined;
  idempotencyKey: string | undefined;
}

/** Who acts on which comment. */
export interface CommentAct {
  commentId: string;
  accountId: string;
}

/** A comment's row as acts need it. */
export interface CommentRow {
  id: string;
  post_id: string;
  account_id: string;
  parent_id: string | null;
  is_pinned: boolean;
  reply_count: number;
}

const MOST_MENTIONED = 10;

/** Writes a comment; the same key again gives the same one. Returns its id. */
export function writeComment(db: Db, world: World, order: CommentOrder): Promise<string> {
  return db.transaction().execute(async (tx) => {
    const post = await demandPost(tx, order.postId, order.accountId);
    const known = await findByKey(tx, order);
    if (known) return known;
    if (!post.allowsComments) throw refuse('comments_off');
    const text = cleanLines(order.text);
    if (text === '')
      throw refuse('malformed', { fields: [{ path: 'text', message: 'There is nothing to read in it.' }] });
    const answered =
      order.parentId === undefined
        ? undefined
        : await demandComment(tx, { commentId: order.parentId, accountId: order.accountId }, post.id);
    const threadId = answered ? await lockThread(tx, order, answered) : null;
    const id = await insertComment(tx, world, { ...order, text, threadId });
    if (id === undefined) return (await findByKey(tx, order)) ?? raced();
    await bumpCounter(tx, post.id, { counter: 'comment_count', by: 1 });
    if (threadId) await changeReplies(tx, threadId, 1);
    await tell(tx, world, { order, post, id, text, threadId, answered });
    return id;
  });
}

/**
 * The head of the thread that an answer joins, held until the answer is counted: whoever deletes the head waits, or is seen.
 * Everywhere the head is locked before the comment, and both before the post's counters.
 * @throws not_found when the head is gone, though an answer under it still stands
 */
async function lockThread(tx: Tx, order: CommentOrder, answered: CommentRow): Promise<string> {
  const id = answered.parent_id ?? answered.id;
  await tx.selectFrom('comments').select('id').where('id', '=', id).forUpdate().execute();
  const head = await demandComment(tx, { commentId: id, accountId: order.accountId }, order.postId);
  return head.id;
}

async function insertComment(
  tx: Tx,
  world: World,
  order: CommentOrder & { threadId: string | null },
): Promise<string | undefined> {
  const made = await tx
    .insertInto('comments')
    .values({
      post_id: order.postId,
      id: world.newId(),
      account_id: order.accountId,
      parent_id: order.threadId,
      idempotency_key: order.idempotencyKey ?? null,
      text: order.text,
      created_at: world.now(),
    })
    .onConflict((conflict) => conflict.columns(['account_id', 'idempotency_key']).doNothing())
    .returning('id')
    .executeTakeFirst();
  return made?.id;
}

function raced(): never {
  throw refuse('conflict');
}

async function findByKey(tx: Tx, order: CommentOrder): Promise<string | undefined> {
  if (order.idempotencyKey === undefined) return undefined;
  const row = await tx
    .selectFrom('comments')
    .select(['id', 'post_id', 'deleted_at'])
    .where('account_id', '=', order.accountId)
    .where('idempotency_key', '=', order.idempotencyKey)
    .executeTakeFirst();
  if (row && (row.post_id !== order.postId || row.deleted_at !== null))
    throw refuse('conflict', 'This key was used for another comment.');
  return row?.id;
}

/**
 * A living comment that the actor may see.
 * @throws not_found when there is none
 */
export async function demandComment(tx: Tx, act: CommentAct, postId?: string): Promise<CommentRow> {
  const comment = await tx
    .selectFrom('comments')
    .select(['id', 'post_id', 'account_id', 'parent_id', 'is_pinned', 'reply_count'])
    .where('id', '=', act.commentId)
    .where('deleted_at', 'is', null)
    .where(isUnrestricted('comments.id'))
    .where(isAccountShown('comments.account_id', act.accountId))
    .$if(postId !== undefined, (query) => query.where('post_id', '=', postId ?? ''))
    .executeTakeFirst();
  if (!comment) throw refuse('not_found');
  return comment;
}

/** Moves the number of answers of a thread. */
export async function changeReplies(tx: Tx, threadId: string, by: number): Promise<void> {
  await tx
    .updateTable('comments')
    .set((eb) => ({ reply_count: eb('reply_count', '+', by) }))
    .where('id', '=', threadId)
    .execute();
}

interface Told {
  order: CommentOrder;
  post: ReachedPost;
  id: string;
  text: string;
  threadId: string | null;
  answered: CommentRow | undefined;
}

async function tell(tx: Tx, world: World, told: Told): Promise<void> {
  const { order, post, id, threadId, answered } = told;
  const body = {
    postId: post.id,
    commentId: id,
    accountId: order.accountId,
    authorId: post.authorId,
    parentId: threadId,
    answeredId: answered?.account_id ?? null,
    mentionedIds: await mentioned(tx, told),
  };
  await writeEvent(tx, world, { kind: 'comment.written', writerKey: post.id, body });
}

/** Accounts named in the text that may watch the post and see its writer. */
async function mentioned(tx: Tx, { order, post, text }: Told): Promise<string[]> {
  const handles = mentionsOf(text).slice(0, MOST_MENTIONED);
  if (handles.length === 0) return [];
  const people = await tx
    .selectFrom('handles')
    .select('account_id')
    .where('handle', 'in', handles)
    .where('is_current', '=', true)
    .where('account_id', '!=', order.accountId)
    .where(isAccountShown('handles.account_id', order.accountId))
    .execute();
  const ids: string[] = [];
  for (const { account_id: id } of people) if (await reachPost(tx, post.id, id)) ids.push(id);
  return ids;
}

/** Likes a comment or takes the like back; twice is once. Answers with how it stands. */
export function likeComment(
  db: Db,
  world: World,
  order: CommentAct & { isLiked: boolean },
): Promise<{ likes: number; hasLiked: boolean }> {
  return db.transaction().execute(async (tx) => {
    const { isLiked } = order;
    const comment = await demandComment(tx, order);
    await demandPost(tx, comment.post_id, order.accountId);
    if (await moveLike(tx, world, order)) {
      const by = isLiked ? 1 : -1;
      await tx
        .updateTable('comments')
        .set((eb) => ({ like_count: eb('like_count', '+', by) }))
        .where('id', '=', comment.id)
        .execute();
      const body = {
        commentId: comment.id,
        postId: comment.post_id,
        accountId: order.accountId,
        commenterId: comment.account_id,
      };
      await writeEvent(tx, world, {
        kind: isLiked ? 'comment.liked' : 'comment.unliked',
        writerKey: comment.post_id,
        body,
      });
    }
    const { like_count: likes } = await tx
      .selectFrom('comments')
      .select('like_count')
      .where('id', '=', comment.id)
      .executeTakeFirstOrThrow();
    return { likes, hasLiked: isLiked };
  });
}

/** Whether a row appeared or went. */
async function moveLike(
  tx: Tx,
  world: World,
  { commentId, accountId, isLiked }: CommentAct & { isLiked: boolean },
): Promise<boolean> {
  const changed = isLiked
    ? await tx
        .insertInto('comment_likes')
        .values({ account_id: accountId, comment_id: commentId, created_at: world.now() })
        .onConflict((conflict) => conflict.columns(['account_id', 'comment_id']).doNothing())
        .returning('comment_id')
        .executeTakeFirst()
    : await tx
        .deleteFrom('comment_likes')
        .where('account_id', '=', accountId)
        .where('comment_id', '=', commentId)
        .returning('comment_id')
        .executeTakeFirst();
  return changed !== undefined;
}
