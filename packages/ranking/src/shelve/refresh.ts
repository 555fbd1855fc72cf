/** The full refresh, every ten minutes at most: vectors, partners, numbers, who stands where. */
import { partnersOf } from '../learn/pairs.ts';
import { quantise, scaleOf } from '../learn/quantise.ts';
import { floorDiv } from '../integer/whole.ts';
import { CODE_SPAN } from '../shelf/book.ts';
import { DIMENSIONS } from '../shelf/rows.ts';
import { WEIGHTS } from '../weights/first.ts';
import { clusterPosts } from './cluster.ts';
import { choosePool, chooseTrending, listsOf, renewFresh } from './choose.ts';
import type { ShelfRegion } from './region.ts';
import { CONTENT_SCALE256, groupMeans, LEARNED_FROM_POSITIVES, startVector } from './start-vectors.ts';
import { setPartners, setVector, updateRow } from './table.ts';

/** When, and in which epoch. */
export interface Moment {
  atMs: number;
  epoch: number;
}

/** What a full refresh is told beside. */
interface FullMoment extends Moment {
  /** Enough viewers to learn vectors from: else content alone tells what is alike. */
  isLearned: boolean;
  /** Words of the lottery. */
  seed: readonly number[];
  /** Awaited now and then, so that a process with other duties can do them. */
  breathe: () => Promise<void>;
}

const HOUR_MS = 3_600_000;
/** A region that grew so much since is arranged anew before the hour is over. */
const YOUNG_GROWTH = 1.25;
/** A scale is kept while the right one lies within a tenth of it: a new one writes every file anew. */
const SCALE_ROOM = 0.1;
const ROWS_A_BREATH = 2000;

/** Makes everything anew that has changed. */
export async function refreshAll(region: ShelfRegion, at: FullMoment): Promise<void> {
  const hasSwitched = region.isLearned !== at.isLearned;
  region.isLearned = at.isLearned;
  if (at.isLearned) await writeLearned(region, at);
  else if (hasSwitched) await writeContent(region, at);
  if (at.isLearned) await writePartners(region, at);
  await updateRows(region, region.posts.keys(), at);
  await arrange(region, at);
  renewFresh(region, at);
  region.trendPool = choosePool(region);
  region.trending = chooseTrending(region);
  const isLarge = region.posts.size >= WEIGHTS.numbers.allShelvesBelowPosts.value;
  region.lists = isLarge ? await listsOf(region, at.breathe) : new Map();
  region.state.stirred.clear();
}

/** Between full refreshes, every ten seconds at most: fresh and trending. */
export async function refreshQuick(region: ShelfRegion, at: Moment & Pick<FullMoment, 'breathe'>): Promise<void> {
  const { state, trendPool } = region;
  for (const post of state.stirred) if (region.posts.has(post)) trendPool.add(post);
  state.stirred.clear();
  renewFresh(region, undefined);
  await updateRows(region, new Set([...trendPool, ...region.fresh]), at);
  region.trending = chooseTrending(region);
}

const scratch = new Int8Array(DIMENSIONS);

async function writeLearned(region: ShelfRegion, { breathe }: FullMoment): Promise<void> {
  const { state, posts, table } = region;
  const { vectors } = state.learner.vectors;
  const isOwn = (post: number) => (state.positives.get(post) ?? 0) >= LEARNED_FROM_POSITIVES;
  const own = [...vectors].filter(([post]) => isOwn(post) && posts.has(post));
  const scale256 = own.length === 0 ? CONTENT_SCALE256 : Math.round(256 * scaleOf(own.map(([, vector]) => vector)));
  if (Math.abs(scale256 - region.scale256) > SCALE_ROOM * region.scale256) rescaleTo(region, scale256);
  region.means = groupMeans(own.flatMap(([post, vector]) => pairOf(posts.get(post), vector)));
  await breathe();
  let row = 0;
  for (const facts of posts.values()) {
    const learned = isOwn(facts.post) ? vectors.get(facts.post) : undefined;
    quantise(learned ?? startVector(region.means, facts), region.scale256 / 256, scratch);
    setVector(table, facts.post, scratch);
    if (++row % ROWS_A_BREATH === 0) await breathe();
  }
  region.mustCluster = true;
}

/** Every block names the scale: all are made anew. */
function rescaleTo(region: ShelfRegion, scale256: number): void {
  region.scale256 = scale256;
  for (const number of region.table.book.keys()) region.table.changedBlocks.add(number);
}

function pairOf<Facts>(facts: Facts | undefined, vector: Float64Array): (readonly [Facts, Float64Array])[] {
  return facts === undefined ? [] : [[facts, vector]];
}

/** Back to content alone: vectors from tags, creator and sound, no partners. */
async function writeContent(region: ShelfRegion, { breathe }: FullMoment): Promise<void> {
  rescaleTo(region, CONTENT_SCALE256);
  let row = 0;
  for (const facts of region.posts.values()) {
    quantise(region.contentOf(facts), CONTENT_SCALE256 / 256, scratch);
    setVector(region.table, facts.post, scratch);
    setPartners(region.table, facts.post, []);
    region.state.learner.pairs.touched.add(facts.post);
    if (++row % ROWS_A_BREATH === 0) await breathe();
  }
  region.mustCluster = true;
}

async function writePartners({ state, posts, table }: ShelfRegion, { atMs, breathe }: FullMoment): Promise<void> {
  const { pairs } = state.learner;
  let row = 0;
  for (const post of pairs.touched) {
    if (!posts.has(post)) continue;
    const isShown = (partner: number) => posts.has(floorDiv(partner, CODE_SPAN));
    setPartners(table, post, partnersOf(pairs, post, atMs).filter(isShown));
    if (++row % ROWS_A_BREATH === 0) await breathe();
  }
  pairs.touched.clear();
}

async function updateRows(
  region: ShelfRegion,
  posts: Iterable<number>,
  at: Moment & Pick<FullMoment, 'breathe'>,
): Promise<void> {
  let row = 0;
  for (const post of posts) {
    const facts = region.posts.get(post);
    if (facts !== undefined) updateRow(region.table, facts, { state: region.state, atMs: at.atMs, epoch: at.epoch });
    if (++row % ROWS_A_BREATH === 0) await at.breathe();
  }
}

/** Who stands on which near shelf: anew once an hour, if anything moved, and when the region has grown; new posts in between at the end of the likeliest. */
async function arrange(region: ShelfRegion, { atMs, breathe }: FullMoment): Promise<void> {
  const hasGrown = region.posts.size > YOUNG_GROWTH * region.clusteredPosts;
  const isDue = region.mustCluster && (hasGrown || atMs - region.clusteredAtMs >= HOUR_MS);
  if (region.near.length === 0 || isDue) {
    const groups = await clusterPosts(region.table.rows, [...region.posts.keys()], breathe);
    region.near = groups.map((members, i) => ({ name: `near-${String(i).padStart(5, '0')}`, members }));
    region.clusteredAtMs = atMs;
    region.clusteredPosts = region.posts.size;
    region.mustCluster = false;
    region.shelfOf = new Map(region.near.flatMap((shelf) => shelf.members.map((post) => [post, shelf] as const)));
    return;
  }
  const means = region.near.map((shelf) => meanOf(region, shelf.members));
  for (const post of region.posts.keys()) {
    if (region.shelfOf.has(post)) continue;
    const shelf = region.near[nearestOf(means, region.table.rows.vectors, post)];
    if (shelf === undefined) continue;
    shelf.members.push(post);
    shelf.members.sort((a, b) => a - b);
    region.shelfOf.set(post, shelf);
  }
}

function meanOf({ table }: ShelfRegion, members: readonly number[]): Float64Array {
  const mean = new Float64Array(DIMENSIONS);
  for (const post of members) {
    for (let d = 0; d < DIMENSIONS; d += 1) {
      mean[d] = (mean[d] ?? 0) + (table.rows.vectors[post * DIMENSIONS + d] ?? 0) / members.length;
    }
  }
  return mean;
}

function nearestOf(means: readonly Float64Array[], vectors: Int8Array, post: number): number {
  let nearest = 0;
  let least = Number.POSITIVE_INFINITY;
  for (const [i, mean] of means.entries()) {
    let square = 0;
    for (let d = 0; d < DIMENSIONS; d += 1) square += ((vectors[post * DIMENSIONS + d] ?? 0) - (mean[d] ?? 0)) ** 2;
    if (square < least) [least, nearest] = [square, i];
  }
  return nearest;
}
