/** What a region's shelves are made of: its public posts, what the log has taught, and what stands published. */
import type { PostFacts } from '../learn/epoch.ts';
import type { LogState } from '../learn/fold.ts';
import { quantise } from '../learn/quantise.ts';
import { DIMENSIONS } from '../shelf/rows.ts';
import { bytesOf } from '../wire/bytes.ts';
import { type ListEntry, listName } from '../wire/lists-file.ts';
import { ID_BYTES } from '../wire/shelf-file.ts';
import { CONTENT_SCALE256, contentVectors, type GroupMeans, startVector } from './start-vectors.ts';
import type { Draw } from './lottery.ts';
import { makeRoom, type NumberTable, numberTable, setPartners, setVector, updateRow } from './table.ts';

/** A post that may stand on shelves: public, unrestricted, open to recommendation. */
export interface ShelvedPost extends PostFacts {
  /** UUID text. */
  id: string;
}

/** A near shelf between two clusterings. */
interface NearShelf {
  name: string;
  /** Rising. */
  members: number[];
}

/** A list and its newest posts. */
export interface PostList extends Pick<ListEntry, 'kind' | 'key'> {
  members: number[];
}

/** All of it; changed in place. */
export interface ShelfRegion {
  posts: Map<number, ShelvedPost>;
  state: LogState;
  table: NumberTable;
  scale256: number;
  isLearned: boolean;
  means: GroupMeans;
  contentOf: (facts: PostFacts) => Float64Array;
  near: NearShelf[];
  shelfOf: Map<number, NearShelf>;
  clusteredAtMs: number;
  /** Posts that stood on near shelves then. */
  clusteredPosts: number;
  /** Whether posts or vectors changed since then. */
  mustCluster: boolean;
  fresh: number[];
  /** Posts that are still owed watches, rising. */
  owed: number[];
  /** The last lottery of the fresh shelf; undefined where it was not needed. */
  draw: Draw | undefined;
  trending: number[];
  /** Posts that may come to trend before the next full refresh. */
  trendPool: Set<number>;
  lists: Map<string, PostList>;
  /** Names of files that held what had to go: they are made anew at once. */
  urgent: Set<string>;
  urgentBlocks: Set<number>;
}

/** A region without posts. */
export function shelfRegion(state: LogState): ShelfRegion {
  return {
    posts: new Map(),
    state,
    table: numberTable(),
    scale256: CONTENT_SCALE256,
    isLearned: false,
    means: { sums: new Map() },
    contentOf: contentVectors(),
    near: [],
    shelfOf: new Map(),
    clusteredAtMs: 0,
    clusteredPosts: 0,
    mustCluster: true,
    fresh: [],
    owed: [],
    draw: undefined,
    trending: [],
    trendPool: new Set(),
    lists: new Map(),
    urgent: new Set(),
    urgentBlocks: new Set(),
  };
}

const scratch = new Int8Array(DIMENSIONS);

/** Puts a post in, or its changed facts. It stands on the fresh shelf from the next epoch on. */
export function putPost(region: ShelfRegion, post: ShelvedPost, at: { atMs: number; epoch: number }): void {
  const { table, state } = region;
  const isNew = !region.posts.has(post.post);
  region.posts.set(post.post, post);
  makeRoom(table, post.post);
  table.ids.set(bytesOf(post.id.replaceAll('-', '')), post.post * ID_BYTES);
  if (isNew || !region.isLearned) {
    const vector = region.isLearned ? startVector(region.means, post) : region.contentOf(post);
    quantise(vector, region.scale256 / 256, scratch);
    setVector(table, post.post, scratch);
  }
  updateRow(table, post, { state, ...at });
  if (!isNew) return;
  region.mustCluster = true;
  state.learner.pairs.touched.add(post.post);
}

const NOTHING = new Int8Array(DIMENSIONS);

/** Takes a post out: a zero row in the book, and every file that held it is made anew. */
export function dropPost(region: ShelfRegion, number: number): void {
  const post = region.posts.get(number);
  if (post === undefined) return;
  const { table, state, shelfOf } = region;
  region.posts.delete(number);
  setVector(table, number, NOTHING);
  setPartners(table, number, []);
  region.urgentBlocks.add(Math.floor(number / 256));
  for (const partner of state.learner.pairs.pairs.get(number)?.keys() ?? []) state.learner.pairs.touched.add(partner);
  const shelf = shelfOf.get(number);
  if (shelf !== undefined) leave(region, shelf, number);
  shelfOf.delete(number);
  region.trending = region.trending.filter((other) => other !== number);
  region.trendPool.delete(number);
  for (const [kind, keys] of [
    ['creator', [post.creator]],
    ['sound', [post.sound]],
    ['tag', post.tags],
  ] as const) {
    for (const key of keys) {
      const list = region.lists.get(listName({ kind, key }));
      if (list !== undefined) leave(region, { ...list, name: listName(list) }, number);
    }
  }
}

function leave(region: ShelfRegion, shelf: NearShelf, post: number): void {
  const at = shelf.members.indexOf(post);
  if (at < 0) return;
  shelf.members.splice(at, 1);
  region.urgent.add(shelf.name);
  region.mustCluster = true;
}
