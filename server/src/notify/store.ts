/** What accounts are told, kept 90 days. */
import type { NotificationFilter, NotificationKind, NotificationPage } from '@vitrine/schema';
import { sql } from 'kysely';
import type { Db, Tx } from '../platform/database.ts';
import type { Settings } from '../platform/settings.ts';
import { later, type World } from '../platform/world.ts';
import { countUnread, listNotifications } from './page.ts';

/** Something to tell an account. */
interface News {
  /** The same id tells the same account once. */
  id: string;
  accountId: string;
  kind: NotificationKind;
  actorId?: string | undefined;
  postId?: string | undefined;
  commentId?: string | undefined;
  body?: Record<string, unknown>;
  /** When it happened; absent: now. */
  at?: Date;
}

/** How long an account can read what it was told. */
const NOTIFICATION_KEPT_MS = 90 * 86_400_000;

/** What the store is built from. */
interface NotifyGrounds {
  db: Db;
  world: World;
  settings: Settings;
}

/** The owner of notifications. */
export type NotifyStore = ReturnType<typeof notifyStore>;

/** The store over a database. */
export function notifyStore({ db, world, settings }: NotifyGrounds) {
  return {
    /** Tells within the transaction that makes the news; used for what must arrive, whoever it is from. */
    tell: (tx: Tx, news: News) => insertNews(tx, world, news),
    /** Tells unless it is the account's own act, or of somebody it blocked or muted, or who blocked it. */
    tellOf: async (news: News & { actorId: string }) => {
      if (await mayTell(db, news.accountId, news.actorId)) await insertNews(db, world, news);
    },
    /** Tells of the account's own work: an upload that is ready or failed. */
    tellOwn: (news: News) => insertNews(db, world, news),
    /** Takes back what an act told, because the act was taken back. */
    untell: async (act: {
      kind: NotificationKind;
      actorId: string;
      accountId?: string;
      postId?: string;
      commentId?: string;
    }) => {
      let query = db.deleteFrom('notifications').where('kind', '=', act.kind).where('actor_id', '=', act.actorId);
      if (act.accountId !== undefined) query = query.where('account_id', '=', act.accountId);
      if (act.postId !== undefined) query = query.where('post_id', '=', act.postId);
      if (act.commentId !== undefined) query = query.where('comment_id', '=', act.commentId);
      await query.execute();
    },
    page: (order: {
      accountId: string;
      filter: NotificationFilter;
      after: string | undefined;
      limit: number;
    }): Promise<NotificationPage> => listNotifications({ db, settings }, order),
    unread: (accountId: string) => countUnread(db, accountId),
    /** Marks as read everything that was told until the given moment. */
    markRead: async (accountId: string, until: Date) => {
      await db
        .updateTable('notifications')
        .set({ read_at: world.now() })
        .where('account_id', '=', accountId)
        .where('read_at', 'is', null)
        .where('created_at', '<=', until)
        .execute();
    },
    sweep: async () => {
      await db
        .deleteFrom('notifications')
        .where('created_at', '<', later(world.now(), -NOTIFICATION_KEPT_MS))
        .execute();
    },
    /** Forgets what was told to an erased account, and what was told of it. */
    erase: async (accountId: string) => {
      await db
        .deleteFrom('notifications')
        .where((eb) => eb.or([eb('account_id', '=', accountId), eb('actor_id', '=', accountId)]))
        .execute();
    },
  };
}

async function insertNews(db: Db | Tx, world: World, news: News): Promise<void> {
  await db
    .insertInto('notifications')
    .values({
      account_id: news.accountId,
      id: news.id,
      kind: news.kind,
      actor_id: news.actorId ?? null,
      post_id: news.postId ?? null,
      comment_id: news.commentId ?? null,
      body: JSON.stringify(news.body ?? {}),
      created_at: news.at ?? world.now(),
    })
    .onConflict((conflict) => conflict.columns(['account_id', 'id']).doNothing())
    .execute();
}

async function mayTell(db: Db, accountId: string, actorId: string): Promise<boolean> {
  if (accountId === actorId) return false;
  const found = await sql<{ is_kept_away: boolean }>`select
    exists (select 1 from blocks where (blocker_id = ${accountId} and blocked_id = ${actorId}) or (blocker_id = ${actorId} and blocked_id = ${accountId}))
    or exists (select 1 from mutes where muter_id = ${accountId} and muted_id = ${actorId}) as is_kept_away`.execute(
    db,
  );
  return found.rows[0]?.is_kept_away === false;
}
