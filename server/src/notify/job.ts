/** Turns events of earlier folders into news. Each may come twice: the event's id is the line's id. */
import { z } from 'zod';
import type { Db } from '../platform/database.ts';
import type { OutboxEvent } from '../platform/outbox.ts';
import type { Sweep } from '../platform/sweeps.ts';
import type { NotificationKind } from '@vitrine/schema';
import type { NotifyStore } from './store.ts';

/** What it needs. */
interface NotifyParts {
  notify: NotifyStore;
  db: Db;
}

type Listeners = Readonly<Record<string, (event: OutboxEvent) => Promise<void>>>;

const followBody = z.object({ followerId: z.string(), followeeId: z.string() });
const requestBody = z.object({ requesterId: z.string(), accountId: z.string() });
const markBody = z.object({ postId: z.string(), accountId: z.string(), authorId: z.string() });
const commentMarkBody = z.object({
  commentId: z.string(),
  postId: z.string(),
  accountId: z.string(),
  commenterId: z.string(),
});
const commentBody = z.object({
  commentId: z.string(),
  postId: z.string(),
  accountId: z.string(),
  authorId: z.string(),
  answeredId: z.string().nullable(),
  mentionedIds: z.array(z.string()),
});
const postBody = z.object({ postId: z.string(), accountId: z.string() });
const accountBody = z.object({ accountId: z.string() });

/** What it listens to. */
export function notifyEvents(parts: NotifyParts): Listeners {
  return { ...followEvents(parts), ...markEvents(parts), ...commentEvents(parts), ...postEvents(parts) };
}

/** Its regular work. */
export function notifySweeps({ notify }: { notify: NotifyStore }): Sweep[] {
  return [{ name: 'notifications', everyMs: 3_600_000, run: () => notify.sweep() }];
}

function followEvents({ notify }: NotifyParts): Listeners {
  return {
    'account.followed': async ({ id, body, createdAt: at }) => {
      const { followerId, followeeId } = followBody.parse(body);
      await notify.tellOf({ id, at, accountId: followeeId, kind: 'follow', actorId: followerId });
    },
    'account.unfollowed': async ({ body }) => {
      const { followerId, followeeId } = followBody.parse(body);
      await notify.untell({ kind: 'follow', actorId: followerId, accountId: followeeId });
    },
    'follow.requested': async ({ id, body, createdAt: at }) => {
      const { requesterId, accountId } = requestBody.parse(body);
      await notify.tellOf({ id, at, accountId, kind: 'followRequest', actorId: requesterId });
    },
    'follow.withdrawn': async ({ body }) => {
      const { requesterId, accountId } = requestBody.parse(body);
      await notify.untell({ kind: 'followRequest', actorId: requesterId, accountId });
    },
    'follow.accepted': async ({ id, body, createdAt: at }) => {
      const { requesterId, accountId } = requestBody.parse(body);
      await notify.untell({ kind: 'followRequest', actorId: requesterId, accountId });
      await notify.tellOf({ id, at, accountId: requesterId, kind: 'followAccepted', actorId: accountId });
    },
    'account.erased': ({ body }) => notify.erase(accountBody.parse(body).accountId),
  };
}

function markEvents({ notify }: NotifyParts): Listeners {
  const told =
    (kind: NotificationKind) =>
    async ({ id, body, createdAt: at }: OutboxEvent) => {
      const { postId, accountId: actorId, authorId } = markBody.parse(body);
      await notify.tellOf({ id, at, accountId: authorId, kind, actorId, postId });
    };
  const untold =
    (kind: NotificationKind) =>
    async ({ body }: OutboxEvent) => {
      const { postId, accountId: actorId } = markBody.parse(body);
      await notify.untell({ kind, actorId, postId });
    };
  return {
    'post.liked': told('like'),
    'post.unliked': untold('like'),
    'post.reposted': told('repost'),
    'post.unreposted': untold('repost'),
    'comment.liked': async ({ id, body, createdAt: at }) => {
      const { commentId, postId, accountId: actorId, commenterId } = commentMarkBody.parse(body);
      await notify.tellOf({ id, at, accountId: commenterId, kind: 'commentLike', actorId, postId, commentId });
    },
    'comment.unliked': async ({ body }) => {
      const { commentId, accountId: actorId } = commentMarkBody.parse(body);
      await notify.untell({ kind: 'commentLike', actorId, commentId });
    },
  };
}

function commentEvents({ notify }: NotifyParts): Listeners {
  return {
    // One line for each person: as the one answered, else as the post's author, else as one who is named.
    'comment.written': async ({ id, body, createdAt: at }) => {
      const { commentId, postId, accountId: actorId, authorId, answeredId, mentionedIds } = commentBody.parse(body);
      const concerned = new Map<string, NotificationKind>();
      for (const named of mentionedIds) concerned.set(named, 'mention');
      concerned.set(authorId, 'comment');
      if (answeredId !== null) concerned.set(answeredId, 'reply');
      for (const [accountId, kind] of concerned) {
        await notify.tellOf({ id, at, accountId, kind, actorId, postId, commentId });
      }
    },
  };
}

/** The author of the post that a duet or stitch was made from. */
async function tellParent(
  { notify, db }: NotifyParts,
  news: { id: string; at: Date; actorId: string; postId: string },
): Promise<void> {
  const made = await db
    .selectFrom('posts')
    .innerJoin('posts as parents', 'parents.id', 'posts.parent_post_id')
    .select(['posts.parent_kind', 'posts.audience', 'parents.account_id'])
    .where('posts.id', '=', news.postId)
    .executeTakeFirst();
  const { parent_kind: kind } = made ?? {};
  if (made?.audience !== 'onlyMe' && made && (kind === 'duet' || kind === 'stitch'))
    await notify.tellOf({ ...news, accountId: made.account_id, kind });
}

function postEvents({ notify, db }: NotifyParts): Listeners {
  return {
    'post.published': async ({ id, body, createdAt: at }) => {
      const { postId, accountId } = postBody.parse(body);
      await notify.tellOwn({ id, at, accountId, kind: 'playable', postId });
      await tellParent({ notify, db }, { id, at, actorId: accountId, postId });
      const named = await db.selectFrom('post_mentions').select('account_id').where('post_id', '=', postId).execute();
      for (const row of named) {
        await notify.tellOf({ id, at, accountId: row.account_id, kind: 'mention', actorId: accountId, postId });
      }
    },
    'post.failed': async ({ id, body, createdAt: at }) => {
      const { postId, accountId } = postBody.parse(body);
      const video = await db
        .selectFrom('posts')
        .innerJoin('videos', 'videos.id', 'posts.video_id')
        .select(['videos.problem_code as code', 'videos.problem_detail as detail'])
        .where('posts.id', '=', postId)
        .executeTakeFirst();
      await notify.tellOwn({ id, at, accountId, kind: 'failed', postId, body: { ...video } });
    },
  };
}
