/** What sitemaps list. Owns no tables. */
import { isAccountShown } from '../accounts/visibility.ts';
import type { Db } from '../platform/database.ts';
import { isPostShown } from '../publish/visibility.ts';

/** Posts by their public number in blocks: a block's sitemap stays the same address for all times. */
const POSTS_PER_SITEMAP = 1000;
const PROFILES_PER_SITEMAP = 5000;

/** What pages for outsiders read. */
export interface ShareStore {
  /** How many blocks of posts there are, and how many of profiles. */
  sitemapBlocks(): Promise<{ posts: number; profiles: number }>;
  /** Ids of the public posts of a block. */
  postIds(block: number): Promise<string[]>;
  /** Handles of accounts that anyone may see and that show something. */
  handles(block: number): Promise<string[]>;
}

/** The store over a database. */
export function shareStore(db: Db): ShareStore {
  const shownAccounts = () =>
    db
      .selectFrom('accounts')
      .where('is_private', '=', false)
      .where('post_count', '>', 0)
      .where(isAccountShown('accounts.id', undefined));
  return {
    async sitemapBlocks() {
      const newest = await db
        .selectFrom('counters')
        .select('value')
        .where('name', '=', 'post_number')
        .executeTakeFirst();
      const shown = await shownAccounts()
        .select((eb) => eb.fn.countAll<string>().as('accounts'))
        .executeTakeFirstOrThrow();
      return {
        posts: Math.ceil(Number(newest?.value ?? 0) / POSTS_PER_SITEMAP),
        profiles: Math.ceil(Number(shown.accounts) / PROFILES_PER_SITEMAP),
      };
    },
    async postIds(block) {
      const first = block * POSTS_PER_SITEMAP;
      const rows = await db
        .selectFrom('posts')
        .select('id')
        .where('public_number', '>', String(first))
        .where('public_number', '<=', String(first + POSTS_PER_SITEMAP))
        .where(isPostShown(undefined))
        .orderBy('public_number')
        .execute();
      return rows.map((row) => row.id);
    },
    async handles(block) {
      const rows = await shownAccounts()
        .select('handle')
        .orderBy('created_at')
        .orderBy('id')
        .limit(PROFILES_PER_SITEMAP)
        .offset(block * PROFILES_PER_SITEMAP)
        .execute();
      return rows.map((row) => row.handle);
    },
  };
}
