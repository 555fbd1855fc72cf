/** Reading comments: pinned first, then by the chosen order; answers of a thread oldest first. */
import type { Comment, CommentPage } from '@vitrine/schema';
import { sql, type RawBuilder } from 'kysely';
import { isAccountShown } from '../accounts/visibility.ts';
import { pageOf, readCursor } from '../platform/cursor.ts';
import type { Db } from '../platform/database.ts';
import { publicMediaUrl } from '../platform/media-url.ts';
import { refuse, type Refusal } from '../platform/problem.ts';
import { refusalOfPost } from '../publish/removed.ts';
import { isPostShown } from '../publish/visibility.ts';
import { isUnrestricted } from '../restrict/store.ts';
import { rankText, readRank } from './rank-cursor.ts';

/** What a list of comments is asked for. */
export interface CommentListOrder {
  viewerId: string | undefined;
  after: string | undefined;
  limit: number;
  /** A comment whose thread stands first: a deep link. */
  around?: string | undefined;
}

/** What reading needs. */
interface CommentReading {
  db: Db;
  settings: { mediaUrl: string; publicUrl: string };
}

/** An expression, because a bare 0 to order by would mean a column. */
const NO_SCORE = sql`(comments.like_count * 0)`;

interface Row {
  id: string;
  postId: string;
  parentId: string | null;
  handle: string;
  name: string;
  avatarFileId: string | null;
  accountId: string;
  authorId: string;
  text: string;
  createdAt: Date;
  isPinned: boolean;
  likes: number;
  replies: number;
  hasLiked: boolean;
}

/** Comments that the viewer may see; `rest` goes on from the conditions and may order and cut. */
async function readRows(
  { db }: CommentReading,
  viewerId: string | undefined,
  rest: RawBuilder<unknown>,
): Promise<Row[]> {
  const hasLiked =
    viewerId === undefined
      ? sql`false`
      : sql`exists (select 1 from comment_likes marks where marks.comment_id = comments.id and marks.account_id = ${viewerId})`;
  const found =
    await sql<Row>`select comments.id, comments.post_id as "postId", comments.parent_id as "parentId", accounts.handle, accounts.name,
      accounts.avatar_file_id as "avatarFileId", comments.account_id as "accountId", posts.account_id as "authorId", comments.text,
      comments.created_at as "createdAt", comments.is_pinned as "isPinned", comments.like_count as likes, comments.reply_count as replies, ${hasLiked} as "hasLiked"
    from comments join posts on posts.id = comments.post_id join accounts on accounts.id = comments.account_id
    where ${isPostShown(viewerId)} and comments.deleted_at is null and ${isUnrestricted('comments.id')}
      and ${isAccountShown('comments.account_id', viewerId)} and ${rest}`.execute(db);
  return found.rows;
}

function present({ settings }: CommentReading, row: Row, viewerId: string | undefined): Comment {
  const isAuthorsPost = row.authorId === viewerId;
  const isMine = row.accountId === viewerId;
  const viewer = {
    isMine,
    hasLiked: row.hasLiked,
    canDelete: isMine || isAuthorsPost,
    canPin: isAuthorsPost && row.parentId === null,
  };
  return {
    id: row.id,
    postId: row.postId,
    parentId: row.parentId,
    account: { handle: row.handle, name: row.name, avatarUrl: publicMediaUrl(settings, row.avatarFileId) },
    isAuthor: row.accountId === row.authorId,
    text: row.text,
    createdAt: row.createdAt.toISOString(),
    isPinned: row.isPinned,
    likes: row.likes,
    replies: row.replies,
    ...(viewerId === undefined ? {} : { viewer }),
  };
}

/** Heads of threads under a post. */
export async function listComments(
  reading: CommentReading,
  postId: string,
  order: CommentListOrder & { sort: 'top' | 'newest' },
): Promise<CommentPage> {
  const { viewerId, limit } = order;
  const total = await totalOf(reading.db, postId, viewerId);
  const after = readRank(order.after);
  const first = order.around === undefined ? [] : await threadOf(reading, postId, { around: order.around, viewerId });
  const score = order.sort === 'top' ? sql`(comments.like_count + comments.reply_count)` : NO_SCORE;
  const isLater = after
    ? sql`(comments.is_pinned, ${score}, comments.created_at, comments.id) < (${after.isPinned}, ${after.score}::int, ${after.at}, ${after.id})`
    : sql`true`;
  const isOther = first[0] ? sql`comments.id != ${first[0].id}` : sql`true`;
  const rows = await readRows(
    reading,
    viewerId,
    sql`comments.post_id = ${postId} and comments.parent_id is null and ${isLater} and ${isOther}
      order by comments.is_pinned desc, ${score} desc, comments.created_at desc, comments.id desc limit ${limit + 1}`,
  );
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  const next = last
    ? rankText({
        isPinned: last.isPinned,
        score: order.sort === 'top' ? last.likes + last.replies : 0,
        at: last.createdAt,
        id: last.id,
      })
    : null;
  const shown = after ? page : [...first, ...page];
  return { comments: shown.map((row) => present(reading, row, viewerId)), next, total };
}

/** Answers of a thread. */
export async function listReplies(
  reading: CommentReading,
  commentId: string,
  order: CommentListOrder,
): Promise<CommentPage> {
  const [head] = await readRows(reading, order.viewerId, sql`comments.id = ${commentId}`);
  if (!head) throw await refusalOfComment(reading.db, commentId, order.viewerId);
  const after = readCursor(order.after);
  const isLater = after ? sql`(comments.created_at, comments.id) > (${after.at}, ${after.id})` : sql`true`;
  const rows = await readRows(
    reading,
    order.viewerId,
    sql`comments.parent_id = ${commentId} and ${isLater} order by comments.created_at, comments.id limit ${order.limit + 1}`,
  );
  const page = pageOf(rows, order.limit, (row) => ({ at: row.createdAt, id: row.id }));
  return {
    comments: page.rows.map((row) => present(reading, row, order.viewerId)),
    next: page.next,
    total: head.replies,
  };
}

/** One comment, as who acted on it gets it back. */
export async function oneComment(reading: CommentReading, id: string, viewerId: string): Promise<Comment> {
  const [row] = await readRows(reading, viewerId, sql`comments.id = ${id}`);
  if (!row) throw await refusalOfComment(reading.db, id, viewerId);
  return present(reading, row, viewerId);
}

/** The refusal for a comment that the viewer is not shown: its post's, where that is why. */
async function refusalOfComment(db: Db, commentId: string, viewerId: string | undefined): Promise<Refusal> {
  const comment = await db
    .selectFrom('comments')
    .select('post_id')
    .where('id', '=', commentId)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return comment ? refusalOfPost(db, comment.post_id, viewerId) : refuse('not_found');
}

/** The head of a comment's thread, and the comment itself if it is an answer. Nothing when it is gone. */
async function threadOf(
  reading: CommentReading,
  postId: string,
  { around, viewerId }: { around: string; viewerId: string | undefined },
): Promise<Row[]> {
  const [target] = await readRows(reading, viewerId, sql`comments.id = ${around} and comments.post_id = ${postId}`);
  if (!target?.parentId) return target ? [target] : [];
  const [head] = await readRows(reading, viewerId, sql`comments.id = ${target.parentId}`);
  return head ? [head, target] : [];
}

async function totalOf(db: Db, postId: string, viewerId: string | undefined): Promise<number> {
  const post = await db
    .selectFrom('posts')
    .select('comment_count')
    .where('posts.id', '=', postId)
    .where(isPostShown(viewerId))
    .executeTakeFirst();
  if (!post) throw await refusalOfPost(db, postId, viewerId);
  return post.comment_count;
}
