/** Which posts may stand on shelves, and what is known of each without any watch. */
import { FLAG, keyOf, languageKey, type ShelvedPost, TAGS_READ } from '@vitrine/ranking';
import { sql, type RawBuilder } from 'kysely';
import type { Db } from '../platform/database.ts';
import { isPostShown } from '../publish/visibility.ts';

/** Rows of one read: the embedded database stops the process for as long as it reads. */
const BATCH = 1000;
const MINUTE_MS = 60_000;

interface PostRow {
  id: string;
  public_number: string;
  account_id: string;
  sound_id: string | null;
  duration_ms: number | null;
  published_at: Date;
  language: string | null;
  labels: string[];
  tags: string[] | null;
}

/** All posts that may stand on shelves, by rising number, in batches. */
export async function* allShelved(db: Db): AsyncIterable<ShelvedPost[]> {
  let last = 0;
  for (;;) {
    const posts = await read(db, sql<boolean>`posts.public_number > ${last}`);
    yield posts;
    if (posts.length < BATCH) return;
    last = posts.at(-1)?.post ?? last;
  }
}

/** Of the given posts, and of all posts of the given accounts, those that may stand on shelves. */
export async function shelvedAmong(
  db: Db,
  subjects: { posts: readonly string[]; accounts: readonly string[] },
): Promise<ShelvedPost[]> {
  const found: ShelvedPost[] = [];
  for (const [column, ids] of [
    ['posts.id', subjects.posts],
    ['posts.account_id', subjects.accounts],
  ] as const) {
    if (ids.length === 0) continue;
    let last = 0;
    for (;;) {
      const isMeant = sql<boolean>`${sql.ref(column)} in (${sql.join(ids)}) and posts.public_number > ${last}`;
      const posts = await read(db, isMeant);
      found.push(...posts);
      if (posts.length < BATCH) break;
      last = posts.at(-1)?.post ?? last;
    }
  }
  return found;
}

/** The creator's key of every post that ever had a number, as far as its row is still there. */
export async function allCreators(db: Db): Promise<Map<number, number>> {
  const creators = new Map<number, number>();
  for (let last = 0; ;) {
    const rows = await db
      .selectFrom('posts')
      .select(['public_number', 'account_id'])
      .where('public_number', '>', String(last))
      .orderBy('public_number')
      .limit(BATCH)
      .execute();
    for (const row of rows) creators.set(Number(row.public_number), keyOf('creator', row.account_id));
    if (rows.length < BATCH) return creators;
    last = Number(rows.at(-1)?.public_number);
  }
}

async function read(db: Db, isMeant: RawBuilder<boolean>): Promise<ShelvedPost[]> {
  const found = await sql<PostRow>`
    select posts.id, posts.public_number, posts.account_id, posts.sound_id, videos.duration_ms, posts.published_at, posts.language, posts.labels,
      (select json_agg(tag order by tag) from post_tags where post_tags.post_id = posts.id) as tags
    from posts left join videos on videos.id = posts.video_id
    where posts.audience = 'everyone' and posts.allow_recommend and posts.public_number is not null
      and posts.published_at is not null and ${isPostShown(undefined)} and ${isMeant}
    order by posts.public_number limit ${BATCH}`.execute(db);
  return found.rows.map(postOf);
}

function postOf(row: PostRow): ShelvedPost {
  return {
    post: Number(row.public_number),
    id: row.id,
    creator: keyOf('creator', row.account_id),
    sound: row.sound_id === null ? 0 : keyOf('sound', row.sound_id),
    tags: (row.tags ?? []).slice(0, TAGS_READ).map((tag) => keyOf('tag', tag)),
    durationMs: row.duration_ms ?? 0,
    publishedMinute: Math.floor(row.published_at.getTime() / MINUTE_MS),
    language: languageKey(row.language),
    flags: flagsOf(row.labels),
    // What is withheld everywhere stands on no shelf; nothing can be withheld in one country yet.
    restriction: 0,
  };
}

function flagsOf(labels: readonly string[]): number {
  return (labels.includes('sensitive') ? FLAG.sensitive : 0) + (labels.includes('aiMade') ? FLAG.madeByAi : 0);
}
