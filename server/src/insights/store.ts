/** Figures and stays of posts, for their authors. */
import type { Db } from '../platform/database.ts';
import type { MediaStore } from '../platform/media-store.ts';
import type { World } from '../platform/world.ts';
import type { PastRestriction, RestrictStore } from '../restrict/store.ts';
import type { ShelfStore } from '../shelves/store.ts';
import { publishFigures } from './publish-day.ts';
import { forgetOldStands, recordStands, type Stand, standsOf } from './stands.ts';

/** Days and stays that are shown. */
const MOST_DAYS = 400;
const MOST_STANDS = 100;

/** Everything that an author sees of a post. */
export interface Insights {
  /** Absent as long as it was not public. */
  publishedAt: Date | undefined;
  days: { day: string; views: number | undefined; retention: (number | null)[] }[];
  stands: Stand[];
  restrictions: PastRestriction[];
}

/** The owner of what authors are shown. */
export type InsightStore = ReturnType<typeof insightStore>;

interface Grounds {
  db: Db;
  world: World;
  media: MediaStore;
  shelves: ShelfStore;
  restrict: RestrictStore;
}

/** The store over a database. */
export function insightStore(grounds: Grounds) {
  const { db, world } = grounds;
  return {
    /** Of a post that the account published; undefined for any other. */
    read: (accountId: string, postId: string) => read(grounds, accountId, postId),
    publishDay: () => publishFigures(db, world),
    recordStands: () => recordStands(grounds),
    forgetOld: () => forgetOldStands(db, world),
    forgetPost: async (post: number): Promise<void> => {
      for (const table of ['post_figures', 'post_stands'] as const)
        await db.deleteFrom(table).where('post', '=', String(post)).execute();
    },
  };
}

async function read({ db, restrict }: Grounds, accountId: string, postId: string): Promise<Insights | undefined> {
  const own = await db
    .selectFrom('posts')
    .select(['public_number', 'published_at'])
    .where('id', '=', postId)
    .where('account_id', '=', accountId)
    .where('state', '=', 'published')
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  if (own === undefined) return undefined;
  const restrictions = await restrict.history([postId, accountId]);
  const publishedAt = own.published_at ?? undefined;
  if (own.public_number === null) return { publishedAt, days: [], stands: [], restrictions };
  const post = Number(own.public_number);
  const days = await db
    .selectFrom('post_figures')
    .selectAll()
    .where('post', '=', String(post))
    .orderBy('day', 'desc')
    .limit(MOST_DAYS)
    .execute();
  return {
    publishedAt,
    days: days.toReversed().map(({ day, views, retention }) => ({
      day,
      views: views ?? undefined,
      retention: retention as (number | null)[],
    })),
    stands: await standsOf(db, post, MOST_STANDS),
    restrictions,
  };
}
