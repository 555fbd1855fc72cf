/** What the made-up region publishes, and how its devices rank: the shipped learner, the shipped kernel. */
import {
  addGroups,
  type BookBlock,
  countAt,
  EMPTY_TASTE,
  emptyRows,
  groupCounts,
  type Heads,
  learn,
  type Learner,
  markSeen,
  newLearner,
  OPEN_CONTROLS,
  type Positive,
  type PostFacts,
  publishedShares,
  rank,
  type RankedPost,
  type Report,
  scaleOf,
  type Shelf,
  type ShelfKind,
  type Weights,
  writePartners,
  writeRow,
  writeVectors,
} from '@vitrine/ranking';

/** Near shelves are written anew so often, trending and fresh at every page. */
const NEAR_EVERY_MS = 3_600_000;
const TRENDING = 200;
/** Reported impressions that every new post is guaranteed. */
export const GUARANTEED = 100;

/** A device: what it knows of its viewer. */
export interface Device {
  positives: Positive[];
  seen: Map<number, Uint32Array>;
  waiting: PostFacts[];
}

/** A device before its first watch. */
export function newDevice(): Device {
  return { positives: [], seen: new Map(), waiting: [] };
}

/** The publishing side. */
export interface Publisher {
  learner: Learner;
  posts: PostFacts[];
  groups: ReturnType<typeof groupCounts>;
  impressions: Map<number, number>;
  book: Map<number, BookBlock>;
  weights: Weights;
  epoch: number;
  near: { shelf: Shelf; heads: Heads; atMs: number } | undefined;
}

/** A region before its first report. */
export function newPublisher(seed: number, weights: Weights): Publisher {
  return {
    learner: newLearner({ seed, originMs: 0 }),
    posts: [],
    groups: groupCounts(),
    impressions: new Map(),
    book: new Map(),
    weights,
    epoch: 0,
    near: undefined,
  };
}

/** Takes one accepted report. */
export function take(publisher: Publisher, report: Report): void {
  learn(publisher.learner, report);
  if (report.kind === 'chunk') return;
  publisher.impressions.set(report.post, (publisher.impressions.get(report.post) ?? 0) + 1);
  const facts = publisher.posts[report.post];
  if (facts && report.isPositive) addGroups(publisher.groups, facts, report.weight);
}

/** A page for a device, at a moment. */
export function pageFor(
  publisher: Publisher,
  device: Device,
  at: { atMs: number; count: number; lot: number },
): RankedPost[] {
  const near = nearAt(publisher, at.atMs);
  return rank({
    weights: publisher.weights,
    heads: near.heads,
    shelves: [near.shelf, ...quickShelves(publisher, at.atMs)],
    lists: [],
    book: publisher.book,
    taste: { ...EMPTY_TASTE, positives: device.positives, seen: device.seen },
    controls: { ...OPEN_CONTROLS, count: at.count },
    seed: [publisher.epoch, at.lot, 0, 0],
  }).order;
}

/** Remembers a watch on the device; every third positive makes a chunk. */
export function remember(device: Device, facts: PostFacts, isPositive: boolean): PostFacts[] | undefined {
  markSeen(device.seen, facts.post);
  if (!isPositive) return undefined;
  device.positives.push(facts);
  device.waiting.push(facts);
  if (device.waiting.length < 3) return undefined;
  const chunk = device.waiting;
  device.waiting = [];
  return chunk;
}

/** The report of three positives. */
export function chunkOf(three: readonly PostFacts[], at: { weight: number; atMs: number }): Report {
  const of = (i: number) => three[i] ?? { post: 0, creator: 0 };
  return {
    kind: 'chunk',
    chunk: { posts: [of(0).post, of(1).post, of(2).post], weight: at.weight },
    creators: [of(0).creator, of(1).creator, of(2).creator],
    atMs: at.atMs,
  };
}

/** Posts of the start had their turn before the simulation began. */
function isFresh({ impressions }: Publisher, { post, publishedMinute }: PostFacts): boolean {
  return publishedMinute > 0 && (impressions.get(post) ?? 0) < GUARANTEED;
}

function nearAt(publisher: Publisher, atMs: number): NonNullable<Publisher['near']> {
  const { near } = publisher;
  if (near && atMs - near.atMs < NEAR_EVERY_MS) return near;
  publisher.epoch += 1;
  const scale256 = Math.round(256 * scaleOf(publisher.learner.vectors.vectors.values()));
  writeVectors(publisher.book, publisher.learner, scale256 / 256);
  writePartners(publisher.book, publisher.learner, atMs);
  const posts = publisher.posts.filter((facts) => !isFresh(publisher, facts));
  const shelf = shelfOf(publisher, posts, { name: 'near', kind: 'near', atMs });
  const heads: Heads = {
    epoch: publisher.epoch,
    scale256,
    postCount: posts.length,
    pages: [{ vector: new Int8Array(64), quality: 0 }],
    shelves: [{ name: 'near', page: 0, vector: new Int8Array(64), quality: 0 }],
    shares: publishedShares(publisher.groups),
  };
  publisher.near = { shelf, heads, atMs };
  return publisher.near;
}

function quickShelves(publisher: Publisher, atMs: number): Shelf[] {
  const fresh = publisher.posts.filter((facts) => isFresh(publisher, facts));
  const [trend] = publisher.learner.trends;
  const counted = publisher.posts
    .filter((facts) => !isFresh(publisher, facts))
    .map((facts) => ({ facts, count: trend ? countAt(trend, facts.post, atMs) : 0 }));
  counted.sort((a, b) => b.count - a.count || a.facts.post - b.facts.post);
  const trending = counted.slice(0, TRENDING).map(({ facts }) => facts);
  return [
    shelfOf(publisher, fresh, { name: 'fresh', kind: 'fresh', atMs }),
    shelfOf(publisher, trending, { name: 'trending', kind: 'trending', atMs }),
  ];
}

function shelfOf(
  { learner, book, epoch }: Publisher,
  posts: readonly PostFacts[],
  at: { name: string; kind: ShelfKind; atMs: number },
): Shelf {
  const rows = emptyRows(posts.length);
  for (const [row, facts] of posts.entries()) writeRow({ rows, row }, facts, { learner, book, atMs: at.atMs });
  return { name: at.name, kind: at.kind, epoch, rows };
}
