/** Vitrine under replay: the shipped learner fed by singles and chunks, the shipped kernel over published shelves. */
import { createHash } from 'node:crypto';
import {
  addGroups,
  type BookBlock,
  type Chance,
  chanceFrom,
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
  type Report,
  scaleOf,
  scoreCandidates,
  type ScoredCandidates,
  type Shelf,
  type Weights,
  writePartners,
  writeRow,
  writeVectors,
  countAt,
} from '@vitrine/ranking';
import type { Watch } from './kuairand.ts';
import { type Model, type Prediction, rankOf, type World } from './protocol.ts';

/** How often things are published, as the product does it. */
const EPOCH_MS = 600_000;
const QUICK_MS = 10_000;
const TRENDING = 200;

/** Reports arrive so late at least, and at most. */
const LATE_FROM_MS = 60_000;
const LATE_TO_MS = 1_800_000;
const MINUTE_MS = 60_000;

/** A viewer's device: the taste, and what waits for a chunk. */
interface Device {
  positives: Positive[];
  seen: Map<number, Uint32Array>;
  waiting: number[];
}

interface Published {
  heads: Heads;
  near: Shelf;
  quick: Shelf;
  atMs: number;
  quickAtMs: number;
  known: Set<number>;
}

interface State {
  facts: PostFacts[];
  weights: Weights;
  learner: Learner;
  groups: ReturnType<typeof groupCounts>;
  devices: Map<number, Device>;
  book: Map<number, BookBlock>;
  published: Published | undefined;
  /** Reports on their way by the minute of their batch; undefined = they arrive at once. */
  late: { chance: Chance; batches: Map<number, Report[]>; minute: number } | undefined;
}

/** The model; everything follows from the log, the weights and the seed. */
export function vitrineModel(
  { facts, seenBefore, warmUp }: { facts: PostFacts[]; seenBefore: Map<number, number[]>; warmUp: Watch[] },
  weights: Weights,
  {
    seed,
    isDelayed = false,
    onScored,
  }: { seed: number; isDelayed?: boolean; onScored?: (scored: ScoredCandidates, target: number) => void },
): Model {
  const learner = newLearner({ seed, originMs: warmUp[0]?.atMs ?? 0 });
  const state: State = {
    facts,
    weights,
    learner,
    groups: groupCounts(),
    devices: new Map(),
    book: new Map(),
    published: undefined,
    late: isDelayed ? { chance: chanceFrom(seed + 1), batches: new Map(), minute: 0 } : undefined,
  };
  for (const [user, posts] of seenBefore) for (const post of posts) markSeen(deviceOf(state, user).seen, post);
  return {
    predict: (watch, world) => predict(state, watch, { world, onScored }),
    learn: (watch, isNewToUser) => take(state, watch, isNewToUser),
    stateHash: () => {
      refresh(state, [...learner.vectors.posts], state.published?.quickAtMs ?? 0);
      const hash = createHash('sha256');
      for (const [number, block] of [...state.book].sort(([a], [b]) => a - b)) {
        hash.update(`${number}`).update(block.vectors).update(new Uint8Array(block.partners.buffer));
      }
      return hash.digest('hex');
    },
  };
}

function predict(
  state: State,
  watch: Watch,
  { world, onScored }: { world: World; onScored: ((scored: ScoredCandidates, target: number) => void) | undefined },
): Prediction {
  arrive(state, watch.atMs);
  const { heads, near, quick } = publishedAt(state, world.posts, watch.atMs);
  const device = deviceOf(state, watch.user);
  const scored = scoreCandidates({
    weights: state.weights,
    heads,
    shelves: [near, quick],
    lists: [],
    book: state.book,
    taste: { ...EMPTY_TASTE, positives: device.positives, seen: device.seen },
    controls: OPEN_CONTROLS,
  });
  onScored?.(scored, watch.post);
  const { candidates, kept, scored: sums } = scored;
  const scores = kept.map((place, i) => ({ post: candidates.posts[place] ?? 0, score: sums.totals[i] ?? 0 }));
  return rankOf(scores, watch.post);
}

function take(state: State, { user, post, atMs, isPositive }: Watch, isNewToUser: boolean): void {
  const facts = state.facts[post];
  if (facts === undefined) return;
  const device = deviceOf(state, user);
  markSeen(device.seen, post);
  arrive(state, atMs);
  send(state, { kind: 'single', post, creator: facts.creator, isPositive, weight: 1, atMs });
  if (!isPositive || !isNewToUser) return;
  device.positives.push(facts);
  device.waiting.push(post);
  const [x, y, z] = device.waiting;
  if (x === undefined || y === undefined || z === undefined) return;
  const creators = [x, y, z].map((each) => state.facts[each]?.creator ?? 0) as [number, number, number];
  send(state, { kind: 'chunk', chunk: { posts: [x, y, z], weight: 1 }, creators, atMs });
  device.waiting = [];
}

/** A report sets out; without delay it is there. */
function send(state: State, report: Report): void {
  const { late } = state;
  if (late === undefined) return receive(state, report);
  const lateMs = LATE_FROM_MS + late.chance.below(LATE_TO_MS - LATE_FROM_MS);
  const minute = Math.max(late.minute + 1, Math.ceil((report.atMs + lateMs) / MINUTE_MS));
  const batch = late.batches.get(minute) ?? [];
  late.batches.set(minute, batch);
  // Anywhere in its batch: what arrives in a minute is shuffled.
  batch.splice(late.chance.below(batch.length + 1), 0, { ...report, atMs: minute * MINUTE_MS });
}

/** Batches whose minute has come. */
function arrive(state: State, nowMs: number): void {
  const { late } = state;
  if (late === undefined) return;
  const now = Math.floor(nowMs / MINUTE_MS);
  if (late.minute === 0) late.minute = now - 1;
  while (late.minute < now) {
    late.minute += 1;
    for (const report of late.batches.get(late.minute) ?? []) receive(state, report);
    late.batches.delete(late.minute);
  }
}

function receive(state: State, report: Report): void {
  learn(state.learner, report);
  const facts = report.kind === 'single' && report.isPositive ? state.facts[report.post] : undefined;
  if (facts !== undefined) addGroups(state.groups, facts, 1);
}

function deviceOf(state: State, user: number): Device {
  const known = state.devices.get(user);
  if (known !== undefined) return known;
  const device: Device = { positives: [], seen: new Map(), waiting: [] };
  state.devices.set(user, device);
  return device;
}

/** What is public at a moment: the near shelf of the last epoch, trending and new posts of the last ten seconds. */
function publishedAt(state: State, posts: readonly number[], atMs: number): Published {
  const before = state.published;
  if (before === undefined || atMs - before.atMs >= EPOCH_MS) return refresh(state, posts, atMs);
  if (atMs - before.quickAtMs < QUICK_MS) return before;
  const epoch = before.heads.epoch + 1;
  const quick = shelfOf(state, quickPosts(state, before, { posts, atMs }), { name: 'quick', epoch, atMs });
  state.published = { ...before, heads: { ...before.heads, epoch }, quick, quickAtMs: atMs };
  return state.published;
}

function refresh(state: State, posts: readonly number[], atMs: number): Published {
  const epoch = (state.published?.heads.epoch ?? 0) + 1;
  const scale256 = Math.round(256 * scaleOf(state.learner.vectors.vectors.values()));
  writeVectors(state.book, state.learner, scale256 / 256);
  writePartners(state.book, state.learner, atMs);
  const near = shelfOf(state, posts, { name: 'near', epoch, atMs });
  const head = { vector: new Int8Array(64), quality: 0 };
  const heads: Heads = {
    epoch,
    scale256,
    postCount: posts.length,
    pages: [head],
    shelves: [{ name: 'near', page: 0, ...head }],
    shares: publishedShares(state.groups),
  };
  const quick = shelfOf(state, [], { name: 'quick', epoch, atMs });
  state.published = { heads, near, quick, atMs, quickAtMs: atMs, known: new Set(posts) };
  return state.published;
}

function quickPosts(state: State, before: Published, now: { posts: readonly number[]; atMs: number }): number[] {
  const [trend] = state.learner.trends;
  if (trend === undefined) return [];
  const counted = now.posts.map((post) => ({ post, count: countAt(trend, post, now.atMs) }));
  counted.sort((a, b) => b.count - a.count || a.post - b.post);
  const trending = counted.slice(0, TRENDING).map(({ post }) => post);
  const fresh = now.posts.slice(before.known.size);
  return [...new Set([...trending, ...fresh])];
}

function shelfOf(state: State, posts: readonly number[], at: { name: string; epoch: number; atMs: number }): Shelf {
  const rows = emptyRows(posts.length);
  for (const [row, post] of posts.entries()) {
    const facts = state.facts[post];
    if (facts) writeRow({ rows, row }, facts, { learner: state.learner, book: state.book, atMs: at.atMs });
  }
  return { name: at.name, kind: at.name === 'near' ? 'near' : 'trending', epoch: at.epoch, rows };
}
