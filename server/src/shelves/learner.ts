/** The learner: folds the log of reports, keeps the region's shelves, publishes epochs. One at a time, by a lease. */
import { createHash } from 'node:crypto';
import { setImmediate as nextTurn } from 'node:timers/promises';
import {
  dropPost,
  epochHashes,
  foldBatch,
  type EpochFiles,
  type HeadsFile,
  keyOf,
  type LogState,
  makeEpoch,
  newLogState,
  putPost,
  refreshAll,
  refreshQuick,
  type ShelfRegion,
  stateBytes,
} from '@vitrine/ranking';
import type { LedgerStore } from '../ledger/store.ts';
import type { Db } from '../platform/database.ts';
import { openLeases } from '../platform/leases.ts';
import type { MediaStore } from '../platform/media-store.ts';
import { openRegionKey } from '../platform/region-key.ts';
import type { Settings } from '../platform/settings.ts';
import { utcDay, type World } from '../platform/world.ts';
import type { ReportLog } from '../tickets/reports.ts';
import { allCreators, allShelved, shelvedAmong } from './catalog.ts';
import { forgetChanges, notedChanges, type NotedChange } from './changes.ts';
import { registerAlgorithm, WEIGHTS_HASH } from './disclosure.ts';
import { nameOf, openFileWriter, publishEpoch, type PublisherGrounds } from './publisher.ts';
import { epochWords, seedsOf } from './seeds.ts';
import { takeUp, TICK_MS } from './take-up.ts';
import { fileKey, type EpochRow, type ShelfStore } from './store.ts';

/** What the learner needs of others. */
export interface LearnerGrounds {
  db: Db;
  world: World;
  settings: Settings;
  media: MediaStore;
  workDir: string;
  ledger: LedgerStore;
  shelves: ShelfStore;
  tickets: ReportLog & { countActiveViewers(): Promise<number> };
}

/** The learner at work. */
export interface Learner {
  /** Takes in what is new and publishes if it is time; nothing while another process learns. */
  step(): Promise<void>;
  /** SHA-256 over all that was learned. */
  stateHash(): string | undefined;
  close(): Promise<void>;
}

/** After a failure: what is wrong is told every so often, not all the time. */
const REST_MS = 10_000;
const QUICK_MS = 10_000;
const FULL_MS = 600_000;
/** A region that grew by a quarter since is young: its shelves need not wait, and cost little. */
const YOUNG_FULL_MS = 30_000;
const YOUNG_GROWTH = 1.25;
const COVER_MS = 60_000;
const LEASE_MS = 60_000;
const RENEW_MS = 20_000;
const MINUTE_MS = 60_000;
/** Fewer viewers than that, and a vector would tell of single people. */
const FEWEST_VIEWERS = 200;
const BATCHES = 100;
/** Partners of posts that were reported so long before the last epoch stand in its files. */
const SETTLED_MS = 2 * FULL_MS;

interface Work {
  region: ShelfRegion;
  /** UTC day on which the state was folded. */
  day: string;
  creators: Map<number, number>;
  numbers: Map<string, number>;
  files: EpochFiles;
  heads: HeadsFile | undefined;
  newest: EpochRow | undefined;
  /** Numbers that may have been signed by whoever had newer files: they are left out. */
  skipped: number;
  covered: { epoch: number; atMs: number };
  fullAtMs: number;
  /** Posts of the last full refresh. */
  fullPosts: number;
  quickAtMs: number;
  publisher: PublisherGrounds;
}

/** Opens it; nothing happens before the first step. */
export function openLearner(grounds: LearnerGrounds): Learner {
  const leases = openLeases(grounds.db, grounds.world);
  let work: Work | undefined;
  let leasedAtMs = Number.NEGATIVE_INFINITY;
  let running = Promise.resolve();
  async function step(): Promise<void> {
    const nowMs = grounds.world.now().getTime();
    if (work === undefined || nowMs - leasedAtMs >= RENEW_MS) {
      if (!(await leases.take('learner', LEASE_MS))) {
        work = undefined;
        return;
      }
      leasedAtMs = nowMs;
    }
    try {
      work ??= await begin(grounds);
      await takeIn(grounds, work);
      await publishDue(grounds, work);
      await coverDue(grounds, work);
    } catch (cause) {
      // Half a step may have changed what is in memory: the next one starts from what is stored.
      work = undefined;
      throw cause;
    }
  }
  return {
    step: () => {
      const own = running.then(step);
      running = own.catch(() => undefined);
      return own;
    },
    stateHash: () => work && hashOf(work.region.state),
    close: async () => {
      await running;
      await leases.drop('learner');
    },
  };
}

/** A learner that takes a step every so often. */
export interface Learning {
  /** Takes one now. */
  learn(): Promise<void>;
  close(): Promise<void>;
}

/** Lets it take steps until it is closed. One that failed is told and taken again after a rest. */
export function keepLearning(learner: Learner, onError: (cause: unknown) => void): Learning {
  let isBusy = false;
  let restUntilMs = 0;
  const timer = setInterval(() => {
    if (isBusy || performance.now() < restUntilMs) return;
    isBusy = true;
    void learner
      .step()
      .catch((cause: unknown) => {
        restUntilMs = performance.now() + REST_MS;
        onError(cause);
      })
      .finally(() => {
        isBusy = false;
      });
  }, TICK_MS);
  return {
    learn: () => learner.step(),
    close: async () => {
      clearInterval(timer);
      await learner.close();
    },
  };
}

async function begin(grounds: LearnerGrounds): Promise<Work> {
  const { db, shelves, world } = grounds;
  const key = await openRegionKey(grounds);
  await registerAlgorithm(db, grounds.ledger);
  const creators = await allCreators(db);
  const { newest, heads, region, files, skipped } = await takeUp(grounds, key);
  const publishedMs = newest?.madeAt.getTime() ?? 0;
  region.state = await fold(grounds, creators, publishedMs - SETTLED_MS);
  const numbers = new Map<string, number>();
  const at = { atMs: world.now().getTime(), epoch: (newest?.epoch ?? 0) + skipped + 1 };
  const gone = new Set(region.posts.keys());
  for await (const posts of allShelved(db)) {
    for (const post of posts) {
      putPost(region, post, at);
      numbers.set(post.id, post.post);
      gone.delete(post.post);
    }
    await nextTurn();
  }
  for (const post of gone) dropPost(region, post);
  return {
    region,
    day: utcDay(world.now()),
    creators,
    numbers,
    files,
    heads,
    newest,
    skipped,
    covered: { epoch: await shelves.lastCovered(), atMs: 0 },
    fullAtMs: 0,
    fullPosts: 0,
    quickAtMs: 0,
    publisher: { ...grounds, key },
  };
}

/** State = fold(log). */
async function fold(grounds: LearnerGrounds, creators: ReadonlyMap<number, number>, settledMs = 0): Promise<LogState> {
  const [first] = await grounds.tickets.reportsAfter(undefined, 1);
  const state = newLogState(first?.minute ?? grounds.world.now());
  await foldOn(grounds, state, { creators, settledMs });
  return state;
}

/** Takes what the log holds beyond the state. The origin follows from the first batch, so that a later fold gives the same. */
async function foldOn(
  { tickets }: LearnerGrounds,
  state: LogState,
  { creators, settledMs }: { creators: ReadonlyMap<number, number>; settledMs: number },
): Promise<void> {
  for (;;) {
    const batches = await tickets.reportsAfter(state.minute, BATCHES);
    for (const batch of batches) {
      if (state.minute === undefined) state.learner.pairs.originMs = batch.minute.getTime();
      foldBatch(state, batch, (post) => creators.get(post) ?? 0);
      // What was published since then stands in the files.
      if (batch.minute.getTime() < settledMs) state.learner.pairs.touched.clear();
      await nextTurn();
    }
    if (batches.length < BATCHES) return;
  }
}

/** Reports and changes that came since. Once a day everything is folded anew, so that what the log has forgotten is forgotten here too. */
async function takeIn(grounds: LearnerGrounds, work: Work): Promise<void> {
  const { db, world } = grounds;
  const { region } = work;
  const today = utcDay(world.now());
  if (today !== work.day) {
    work.creators = await allCreators(db);
    region.state = await fold(grounds, work.creators);
    work.day = today;
    work.fullAtMs = 0;
  }
  await takeChanges(grounds, work);
  await foldOn(grounds, region.state, { creators: work.creators, settledMs: 0 });
}

async function takeChanges(grounds: LearnerGrounds, work: Work): Promise<void> {
  const changes = await notedChanges(grounds.db);
  if (changes.length === 0) return;
  const { region, numbers, creators } = work;
  const ids = (kind: NotedChange['kind']) =>
    changes.filter((change) => change.kind === kind).map((change) => change.subjectId);
  const [posts, accounts] = [ids('post'), ids('account')];
  const found = await shelvedAmong(grounds.db, { posts, accounts });
  const kept = new Set(found.map(({ post }) => post));
  const authors = new Set(accounts.map((id) => keyOf('creator', id)));
  const gone = new Set(changes.flatMap(({ publicNumber, subjectId }) => publicNumber ?? numbers.get(subjectId) ?? []));
  for (const { post, creator } of region.posts.values()) if (authors.has(creator)) gone.add(post);
  const at = { atMs: grounds.world.now().getTime(), epoch: nextEpoch(work) };
  for (const post of found) {
    putPost(region, post, at);
    numbers.set(post.id, post.post);
    creators.set(post.post, post.creator);
    region.state.stirred.add(post.post);
  }
  const dropped = [...gone].filter((post) => !kept.has(post));
  for (const post of dropped) dropPost(region, post);
  if (dropped.length > 0) await withdrawAll(grounds, work, dropped);
  await forgetChanges(grounds.db, changes);
}

/** A new epoch without the posts, then the files that held them go. Deletion waits for no cadence. */
async function withdrawAll(grounds: LearnerGrounds, work: Work, posts: readonly number[]): Promise<void> {
  if (work.newest === undefined) return;
  await publish(grounds, work, work.fullAtMs === 0 ? 'all' : 'quick');
  const hashes = await grounds.shelves.withdraw(posts);
  for (const hash of hashes) await grounds.media.remove(fileKey(hash));
}

async function publishDue(grounds: LearnerGrounds, work: Work): Promise<void> {
  const nowMs = grounds.world.now().getTime();
  if (nowMs - work.quickAtMs < QUICK_MS) return;
  const hasGrown = work.region.posts.size > YOUNG_GROWTH * work.fullPosts;
  if (nowMs - work.fullAtMs >= (hasGrown ? YOUNG_FULL_MS : FULL_MS)) return publish(grounds, work, 'all');
  if (work.region.state.stirred.size > 0) await publish(grounds, work, 'quick');
}

/** Makes an epoch and publishes it, unless it says nothing new. */
async function publish(grounds: LearnerGrounds, work: Work, scope: 'all' | 'quick'): Promise<void> {
  const { world, shelves, tickets } = grounds;
  const { region } = work;
  const atMs = world.now().getTime();
  const epoch = nextEpoch(work);
  const seeds = await seedsOf(shelves, world, epoch);
  const breathe = async (): Promise<void> => void (await nextTurn());
  if (scope === 'all') {
    const isLearned = (await tickets.countActiveViewers()) >= FEWEST_VIEWERS;
    await refreshAll(region, { atMs, epoch, breathe, isLearned, seed: epochWords(seeds.seed, epoch) });
    work.fullAtMs = atMs;
    work.fullPosts = region.posts.size;
  } else await refreshQuick(region, { atMs, epoch, breathe });
  work.quickAtMs = atMs;
  const writer = openFileWriter(work.publisher);
  const made = await makeEpoch(region, work.files, { atMs, epoch, scope, hash: nameOf, write: writer.write });
  const files = await writer.done();
  const left = work.heads && missingFrom(epochHashes(made.files), epochHashes(work.files));
  work.files = made.files;
  const isNewDay = work.heads?.seed.day !== seeds.seed.day;
  const isNewWeights = work.heads?.weights !== WEIGHTS_HASH;
  if (!made.hasChanged && !isNewDay && !isNewWeights) return;
  const heads: HeadsFile = {
    ...made.heads,
    epoch,
    minute: Math.floor(atMs / MINUTE_MS),
    previous: work.newest?.headsHash ?? '0'.repeat(64),
    seed: seeds.seed,
    weights: WEIGHTS_HASH,
  };
  work.newest = await publishEpoch(work.publisher, { heads, left, files, seeds });
  work.heads = heads;
  work.skipped = 0;
}

function nextEpoch({ newest, skipped }: Work): number {
  return (newest?.epoch ?? 0) + skipped + 1;
}

/** What stood before and does not stand now. */
function missingFrom(now: ReadonlySet<string>, before: Iterable<string>): string[] {
  return [...before].filter((hash) => !now.has(hash));
}

/** The newest epoch stands in the ledger within a minute or two; at most one entry a minute. */
async function coverDue({ shelves, world }: LearnerGrounds, work: Work): Promise<void> {
  const { newest, covered } = work;
  const nowMs = world.now().getTime();
  if (newest === undefined || newest.epoch <= covered.epoch || nowMs - covered.atMs < COVER_MS) return;
  await shelves.cover(newest);
  work.covered = { epoch: newest.epoch, atMs: nowMs };
}

function hashOf(state: LogState): string {
  const hash = createHash('sha256');
  for (const bytes of stateBytes(state)) hash.update(bytes);
  return hash.digest('hex');
}
