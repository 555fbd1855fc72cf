/** Likes, saves and reposts: one row each. The counter moves only when a row appears or goes, in the same transaction. */
import type { Counts, PostViewer } from '@vitrine/schema';
import { sql } from 'kysely';
import { changeLikeCount } from '../accounts/like-count.ts';
import { isFollowedBy } from '../accounts/visibility.ts';
import type { Db, Tx } from '../platform/database.ts';
import { writeEvent } from '../platform/outbox.ts';
import { refuse } from '../platform/problem.ts';
import type { World } from '../platform/world.ts';
import { bumpCounter, type PostCounter } from '../publish/counters.ts';
import { refusalOfPost } from '../publish/removed.ts';
import { demandPost, reachPost, type ReachedPost } from './reach.ts';

/** What can be set on a post, once by each account. */
export type Mark = 'like' | 'save' | 'repost';

/** Who marks what. */
export interface MarkOrder {
  mark: Mark;
  postId: string;
  accountId: string;
}

/** How the post stands afterwards. */
export interface Marked {
  counts: Counts;
  viewer: PostViewer;
}

const TABLES = { like: 'likes', save: 'saves', repost: 'reposts' } as const;
const COUNTERS: Readonly<Record<Mark, PostCounter>> = {
  like: 'like_count',
  save: 'save_count',
  repost: 'repost_count',
};
/** A save is nobody's business but the saver's. */
const EVENTS = {
  like: { set: 'post.liked', taken: 'post.unliked' },
  repost: { set: 'post.reposted', taken: 'post.unreposted' },
  save: undefined,
} as const;

/** Sets a mark; twice is once. */
export function setMark(db: Db, world: World, order: MarkOrder): Promise<Marked> {
  return db.transaction().execute(async (tx) => {
    const post = await demandPost(tx, order.postId, order.accountId);
    if (order.mark === 'repost') await checkRepost(tx, post);
    const made = await tx
      .insertInto(TABLES[order.mark])
      .values({ account_id: order.accountId, post_id: order.postId, created_at: world.now() })
      .onConflict((conflict) => conflict.columns(['account_id', 'post_id']).doNothing())
      .returning('post_id')
      .executeTakeFirst();
    if (made) await count(tx, world, { order, authorId: post.authorId, by: 1 });
    return readMarked(tx, order);
  });
}

/** Takes a mark back, also from a post that is not shown to its holder any more. */
export async function takeMark(db: Db, world: World, order: MarkOrder): Promise<Marked> {
  const marked = await db.transaction().execute(async (tx) => {
    const gone = await tx
      .deleteFrom(TABLES[order.mark])
      .where('account_id', '=', order.accountId)
      .where('post_id', '=', order.postId)
      .returning('post_id')
      .executeTakeFirst();
    if (gone) {
      const author = await tx
        .selectFrom('posts')
        .select('account_id')
        .where('id', '=', order.postId)
        .executeTakeFirst();
      if (author) await count(tx, world, { order, authorId: author.account_id, by: -1 });
    }
    return (await reachPost(tx, order.postId, order.accountId)) && readMarked(tx, order);
  });
  if (!marked) throw await refusalOfPost(db, order.postId, order.accountId);
  return marked;
}

/** Only what everyone may watch is passed on. */
async function checkRepost(tx: Tx, post: ReachedPost): Promise<void> {
  const author = await tx
    .selectFrom('accounts')
    .select('is_private')
    .where('id', '=', post.authorId)
    .executeTakeFirst();
  if (post.audience !== 'everyone' || author?.is_private !== false) throw refuse('not_public');
}

async function count(tx: Tx, world: World, change: { order: MarkOrder; authorId: string; by: 1 | -1 }): Promise<void> {
  const { order, authorId, by } = change;
  await bumpCounter(tx, order.postId, { counter: COUNTERS[order.mark], by });
  if (order.mark === 'like') await changeLikeCount(tx, authorId, by);
  const kinds = EVENTS[order.mark];
  if (!kinds) return;
  const body = { postId: order.postId, accountId: order.accountId, authorId };
  await writeEvent(tx, world, { kind: by === 1 ? kinds.set : kinds.taken, writerKey: order.postId, body });
}

async function readMarked(tx: Tx, { postId, accountId }: MarkOrder): Promise<Marked> {
  const isThere = (table: string) =>
    sql<boolean>`exists (select 1 from ${sql.table(table)} marks where marks.account_id = ${accountId} and marks.post_id = posts.id)`;
  const row = await tx
    .selectFrom('posts')
    .select(['like_count', 'comment_count', 'repost_count', 'save_count', 'view_count', 'account_id'])
    .select([isThere('likes').as('hasLiked'), isThere('saves').as('hasSaved'), isThere('reposts').as('hasReposted')])
    .select(isFollowedBy('posts.account_id', accountId).as('isFollowingAuthor'))
    .where('id', '=', postId)
    .executeTakeFirstOrThrow();
  const { hasLiked, hasSaved, hasReposted, isFollowingAuthor } = row;
  return {
    counts: {
      likes: row.like_count,
      comments: row.comment_count,
      reposts: row.repost_count,
      saves: row.save_count,
      views: row.view_count,
    },
    viewer: { isMine: row.account_id === accountId, hasLiked, hasSaved, hasReposted, isFollowingAuthor },
  };
}
