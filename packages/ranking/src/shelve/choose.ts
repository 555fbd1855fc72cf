/** Who stands on the fresh and the trending shelf and on lists. */
import { publishedTrend } from '../learn/trends.ts';
import { WEIGHTS } from '../weights/first.ts';
import { type ListEntry, listName } from '../wire/lists-file.ts';
import { drawFresh, freshOf, PROMISED_IMPRESSIONS } from './lottery.ts';
import type { PostList, ShelfRegion } from './region.ts';

/** Posts on the trending shelf. */
const TRENDING_POSTS = 200;
/** Of one creator at most, so that nobody can fill it. */
const TRENDING_A_CREATOR = 5;
/** Posts that are looked at between full refreshes. */
const POOL_POSTS = 1000;
/** Newest posts on a list. */
const LIST_POSTS = 100;
const UNWATCHED = publishedTrend(0);
const ROWS_A_BREATH = 20_000;

/** Renews the fresh shelf, and who is owed watches; with a lottery draws anew, without it the last draw counts on. */
export function renewFresh(region: ShelfRegion, lottery: Parameters<typeof drawFresh>[1] | undefined): void {
  const { posts, state } = region;
  const isOwed = (post: number) => (state.impressions.get(post) ?? 0) < PROMISED_IMPRESSIONS;
  region.owed = [...posts.keys()].filter(isOwed).sort((a, b) => a - b);
  if (lottery !== undefined) {
    const draw = drawFresh(region.owed, lottery);
    // What comes out the same needs no new epoch.
    const isSame =
      draw && region.draw && isEqual(draw.owed, region.draw.owed) && isEqual(draw.drawn, region.draw.drawn);
    if (!isSame) region.draw = draw;
  }
  region.fresh = freshOf(region.owed, region.draw);
}

function isEqual(one: ReadonlySet<number>, other: ReadonlySet<number>): boolean {
  return one.size === other.size && [...one].every((post) => other.has(post));
}

/** What popularity adds to everybody's score, by the weights in force. */
function heat({ table }: ShelfRegion, post: number): number {
  const { trend2h, trend1d } = WEIGHTS.terms;
  const cap = WEIGHTS.numbers.trendCap256.value;
  const { trends2h, trends1d } = table.rows;
  return trend2h.weight * Math.min(cap, trends2h[post] ?? 0) + trend1d.weight * Math.min(cap, trends1d[post] ?? 0);
}

function hottest(region: ShelfRegion, among: Iterable<number>): number[] {
  return [...among]
    .filter((post) => region.posts.has(post) && (region.table.rows.trends1d[post] ?? UNWATCHED) > UNWATCHED)
    .map((post) => ({ post, heat: heat(region, post) }))
    .sort((a, b) => b.heat - a.heat || a.post - b.post)
    .map(({ post }) => post);
}

/** Posts that may come to trend before the next full refresh. */
export function choosePool(region: ShelfRegion): Set<number> {
  return new Set(hottest(region, region.posts.keys()).slice(0, POOL_POSTS));
}

/** The hottest of the pool, by rising number. */
export function chooseTrending(region: ShelfRegion): number[] {
  const byCreator = new Map<number, number>();
  const chosen: number[] = [];
  for (const post of hottest(region, region.trendPool)) {
    const creator = region.posts.get(post)?.creator ?? 0;
    const count = byCreator.get(creator) ?? 0;
    if (count >= TRENDING_A_CREATOR) continue;
    byCreator.set(creator, count + 1);
    chosen.push(post);
    if (chosen.length === TRENDING_POSTS) break;
  }
  return chosen.sort((a, b) => a - b);
}

/** The newest posts of every creator, sound and tag. */
export async function listsOf({ posts }: ShelfRegion, breathe: () => Promise<void>): Promise<Map<string, PostList>> {
  const lists = new Map<string, PostList>();
  const numbers = [...posts.keys()].sort((a, b) => b - a);
  const put = (kind: ListEntry['kind'], key: number, post: number): void => {
    if (key === 0) return;
    const name = listName({ kind, key });
    const list = lists.get(name) ?? { kind, key, members: [] };
    if (list.members.length === 0) lists.set(name, list);
    if (list.members.length < LIST_POSTS) list.members.push(post);
  };
  for (const [i, number] of numbers.entries()) {
    const post = posts.get(number);
    if (post === undefined) continue;
    put('creator', post.creator, number);
    put('sound', post.sound, number);
    for (const tag of new Set(post.tags)) put('tag', tag, number);
    if (i % ROWS_A_BREATH === 0) await breathe();
  }
  for (const list of lists.values()) list.members.reverse();
  return lists;
}
