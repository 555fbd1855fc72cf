/** The inbox: lines grouped in the query, then filled with people, posts and comments that the account may still see. */
import type { Notification, NotificationPage, Person } from '@vitrine/schema';
import { sql, type RawBuilder } from 'kysely';
import { z } from 'zod';
import { personOf, type PersonRow } from '../accounts/profile-rows.ts';
import { isAccountShown, isMutedBy } from '../accounts/visibility.ts';
import { pageOf, readCursor } from '../platform/cursor.ts';
import type { Db } from '../platform/database.ts';
import type { Settings } from '../platform/settings.ts';
import { isPostShown } from '../publish/visibility.ts';
import { isUnrestricted } from '../restrict/store.ts';
import { fileUrlAt, mediaBases } from '../transcode/file-address.ts';
import { postPath } from '../watch/paths.ts';
import type { NotificationFilter, NotificationKind } from '@vitrine/schema';

const KINDS_OF: Readonly<Record<NotificationFilter, readonly NotificationKind[] | undefined>> = {
  all: undefined,
  comments: ['comment', 'reply', 'mention', 'commentLike'],
  follows: ['follow', 'followRequest', 'followAccepted'],
  likes: ['like', 'commentLike', 'repost', 'duet', 'stitch'],
  decisions: ['decision'],
  uploads: ['playable', 'failed'],
};

/** Lines that are one: likes of one post, follows of one UTC day. */
const GROUP = sql`case kind
  when 'like' then 'like ' || post_id when 'repost' then 'repost ' || post_id when 'commentLike' then 'commentLike ' || comment_id
  when 'follow' then 'follow ' || to_char(created_at at time zone 'UTC', 'YYYY-MM-DD') else id::text end`;

/** Rows that the account may still see: of people shown to it and not muted, about posts and comments shown to it. */
function isStillShown(accountId: string): RawBuilder<boolean> {
  const isActorShown = sql<boolean>`(notifications.actor_id is null or (exists (select 1 from accounts where accounts.id = notifications.actor_id)
    and ${isAccountShown('notifications.actor_id', accountId)} and not ${isMutedBy('notifications.actor_id', accountId)}))`;
  const isOwnPost = sql<boolean>`(posts.account_id = ${accountId} and posts.deleted_at is null)`;
  const isPostStillShown = sql<boolean>`(notifications.post_id is null or exists (select 1 from posts where posts.id = notifications.post_id
    and (${isOwnPost} or ${isPostShown(accountId)})))`;
  const isCommentShown = sql<boolean>`(notifications.comment_id is null or exists (select 1 from comments where comments.id = notifications.comment_id
    and comments.deleted_at is null and ${isUnrestricted('comments.id')}))`;
  return sql<boolean>`(notifications.kind = 'decision' or (${isActorShown} and ${isPostStillShown} and ${isCommentShown}))`;
}

interface LineRow {
  id: string;
  kind: NotificationKind;
  at: Date;
  is_read: boolean;
  total: string;
  actors: (string | null)[];
  post_id: string | null;
  comment_id: string | null;
  body: unknown;
}

/** A page of lines, the newest first. */
export async function listNotifications(
  { db, settings }: { db: Db; settings: Settings },
  order: { accountId: string; filter: NotificationFilter; after: string | undefined; limit: number },
): Promise<NotificationPage> {
  const { accountId } = order;
  const kinds = KINDS_OF[order.filter];
  const cursor = readCursor(order.after);
  const newestOf = (column: string) => sql`(array_agg(${sql.ref(column)} order by created_at desc, id desc))[1]`;
  const found = await sql<LineRow>`with lines as (
      select ${newestOf('id')} as id, ${newestOf('kind')} as kind, max(created_at) as at, bool_and(read_at is not null) as is_read,
        count(distinct actor_id) as total, to_json((array_agg(actor_id order by created_at desc, id desc))[1:12]) as actors,
        ${newestOf('post_id')} as post_id, ${newestOf('comment_id')} as comment_id, ${newestOf('body')} as body
      from notifications
      where account_id = ${accountId} and ${kinds === undefined ? sql`true` : sql`kind in (${sql.join(kinds)})`} and ${isStillShown(accountId)}
      group by ${GROUP})
    select * from lines where ${cursor === undefined ? sql`true` : sql`(at, id) < (${cursor.at}::timestamptz, ${cursor.id}::uuid)`}
    order by at desc, id desc limit ${order.limit + 1}`.execute(db);
  const page = pageOf(found.rows, order.limit, (row) => ({ at: row.at, id: row.id }));
  const shown = await fill({ db, settings, accountId }, page.rows);
  return { notifications: shown, next: page.next, unread: await countUnread(db, accountId) };
}

/** How many rows are unread that the account may still see; waiting follow requests are counted by themselves. */
export async function countUnread(db: Db, accountId: string): Promise<number> {
  const found = await sql<{ n: string }>`select count(distinct ${GROUP}) as n from notifications
    where account_id = ${accountId} and read_at is null and kind <> 'followRequest' and ${isStillShown(accountId)}`.execute(
    db,
  );
  return Number(found.rows[0]?.n ?? 0);
}

interface PostRow {
  id: string;
  handle: string;
  text: string;
  poster_file_id: string | null;
  is_poster_public: boolean | null;
}

async function fill(
  { db, settings, accountId }: { db: Db; settings: Settings; accountId: string },
  lines: readonly LineRow[],
): Promise<Notification[]> {
  const people = await readPeople(
    { db, settings },
    lines.flatMap((line) => line.actors),
  );
  const posts = await readPosts(
    { db, accountId },
    lines.map((line) => line.post_id),
  );
  const comments = await readComments(
    db,
    lines.map((line) => line.comment_id),
  );
  const bases = mediaBases(settings);
  return lines.map((line) => {
    const post = posts.get(line.post_id ?? '');
    const comment = comments.get(line.comment_id ?? '');
    const actors = [...new Set(line.actors)].flatMap((id) => people.get(id ?? '') ?? []);
    return {
      id: line.id,
      kind: line.kind,
      at: line.at.toISOString(),
      isRead: line.is_read,
      people: actors.slice(0, 3),
      total: Number(line.total),
      post: post
        ? {
            id: post.id,
            path: postPath(post.handle, post.id),
            posterUrl:
              post.poster_file_id === null
                ? null
                : fileUrlAt(bases, post.poster_file_id, post.is_poster_public ?? false),
            text: post.text,
          }
        : null,
      comment: comment ?? null,
      ...bodyOf(line),
    };
  });
}

const failedBody = z.object({ code: z.string().catch('internal'), detail: z.string().catch('') });
const decisionBody = z.object({ what: z.string(), ground: z.string(), ledgerIndex: z.number(), isLifted: z.boolean() });

/** What a line carries beside people and post. */
function bodyOf(line: LineRow): Pick<Notification, 'problem' | 'decision'> {
  if (line.kind === 'failed') return { problem: failedBody.parse(line.body) };
  if (line.kind === 'decision') return { decision: decisionBody.parse(line.body) };
  return {};
}

async function readPeople(
  { db, settings }: { db: Db; settings: Settings },
  ids: readonly (string | null)[],
): Promise<Map<string, Person>> {
  const wanted = ids.filter((id) => id !== null);
  if (wanted.length === 0) return new Map();
  const rows: (PersonRow & { id: string })[] = await db
    .selectFrom('accounts')
    .select(['id', 'handle', 'name', 'avatar_file_id'])
    .where('id', 'in', wanted)
    .execute();
  return new Map(rows.map((row) => [row.id, personOf(row, settings)]));
}

/** Posts of the account's own, and those that it may watch: a decision stays in the inbox when its post has become private. */
async function readPosts(
  { db, accountId }: { db: Db; accountId: string },
  ids: readonly (string | null)[],
): Promise<Map<string, PostRow>> {
  const wanted = ids.filter((id) => id !== null);
  if (wanted.length === 0) return new Map();
  const rows = await db
    .selectFrom('posts')
    .innerJoin('accounts', 'accounts.id', 'posts.account_id')
    .leftJoin('videos', 'videos.id', 'posts.video_id')
    .leftJoin('media_files', 'media_files.id', 'videos.poster_file_id')
    .select([
      'posts.id',
      'accounts.handle',
      'posts.text',
      'videos.poster_file_id',
      'media_files.is_public as is_poster_public',
    ])
    .where('posts.id', 'in', wanted)
    .where(sql<boolean>`(posts.account_id = ${accountId} or ${isPostShown(accountId)})`)
    .execute();
  return new Map(rows.map((row) => [row.id, row]));
}

async function readComments(
  db: Db,
  ids: readonly (string | null)[],
): Promise<Map<string, { id: string; text: string }>> {
  const wanted = ids.filter((id) => id !== null);
  if (wanted.length === 0) return new Map();
  const rows = await db.selectFrom('comments').select(['id', 'text']).where('id', 'in', wanted).execute();
  return new Map(rows.map((row) => [row.id, row]));
}
