/** From what the region knows to the files of an epoch. Only what changed is written. */
import { addGroups, groupCounts, publishedShares } from '../learn/shares.ts';
import { RARE_SHARE, type Shares } from '../shelf/heads.ts';
import { copyRow, DIMENSIONS, emptyRows, type ShelfKind } from '../shelf/rows.ts';
import { encodeBlock } from '../wire/book-file.ts';
import type { HeadsFile } from '../wire/heads-file.ts';
import { encodeOwed } from '../wire/owed-file.ts';
import { encodeShelf, ID_BYTES } from '../wire/shelf-file.ts';
import type { FileSink, Standing } from './files.ts';
import { indexFiles, type IndexFiles, noIndex } from './index-files.ts';
import type { Moment } from './refresh.ts';
import type { ShelfRegion } from './region.ts';

/** All files of the last epoch. */
export interface EpochFiles {
  shelves: Map<string, Standing>;
  lists: Map<string, Standing>;
  book: Map<number, string>;
  index: IndexFiles;
  shares: Shares;
  /** The list of the owed, and the epoch of the draw that counts. */
  owed: string;
  drawnIn: number;
}

/** Before the first epoch. */
export function noFiles(): EpochFiles {
  const shares = publishedShares(groupCounts());
  return { shelves: new Map(), lists: new Map(), book: new Map(), index: noIndex(), shares, owed: '', drawnIn: 0 };
}

/** Hashes of all files of an epoch but its heads. */
export function epochHashes({ shelves, lists, book, index, owed }: EpochFiles): Set<string> {
  const standing = [...shelves.values(), ...lists.values()].map(({ hash }) => hash);
  const pages = [...index.headsPages.map(({ hash }) => hash), ...index.bookPages, ...index.listPages];
  return new Set([...standing, ...book.values(), ...pages, index.directory, owed]);
}

/** What of the heads follows from the region; time, seed and chain come from the server. */
export type HeadsOfRegion = Omit<HeadsFile, 'epoch' | 'minute' | 'previous' | 'seed' | 'weights'>;

/** Posts whose mean is the shelf's head. */
const HEAD_POSTS = 20;
/** What a trend adds to a shelf against a taste that points its way: 2986 / 7037 of the weights, in 2^-12 per 2^-8. */
const QUALITY_PER_TREND = 7;

/**
 * Makes the files of an epoch.
 * @param scope all, or only what is quick: fresh, trending, and whatever held a post that had to go
 */
export async function makeEpoch(
  region: ShelfRegion,
  before: EpochFiles,
  at: Moment & FileSink & { scope: 'all' | 'quick' },
): Promise<{ files: EpochFiles; heads: HeadsOfRegion; hasChanged: boolean }> {
  const near = await nearFiles(region, before, at);
  const isForced = near.hasChanged;
  const shelves = new Map(near.standing);
  let hasChanged = near.hasChanged;
  for (const [name, kind, members] of [
    ['fresh', 'fresh', region.fresh],
    ['trending', 'trending', region.trending],
  ] as const) {
    const old = before.shelves.get(name);
    const file = await standing(region, { name, kind, members, old: isForced ? undefined : old }, at);
    if (file.hash !== old?.hash) hasChanged = true;
    shelves.set(name, file);
  }
  const book = await bookFiles(region, before, at);
  const lists = await listFiles(region, before, at);
  const shares = at.scope === 'all' ? sharesOf(region) : before.shares;
  region.urgent.clear();
  const made = { shelves, lists: lists.standing, book: book.hashes, shares };
  const moved = { near: near.hasChanged, book: book.hasChanged, lists: lists.hasChanged };
  const index = await indexFiles(made, { before: before.index, moved, sink: at });
  const owed = await owedFile(region, before, at);
  const drawnIn = region.draw?.epoch ?? 0;
  hasChanged ||= index.directory !== before.index.directory || owed !== before.owed || drawnIn !== before.drawnIn;
  const files: EpochFiles = { ...made, index, owed, drawnIn };
  return { files, heads: headsOf(region, files), hasChanged };
}

async function owedFile({ owed }: ShelfRegion, before: EpochFiles, { hash: nameOf, write }: FileSink): Promise<string> {
  const bytes = encodeOwed(owed);
  const hash = nameOf(bytes);
  if (hash !== before.owed) await write({ hash, bytes, kind: 'owed', posts: [], block: undefined });
  return hash;
}

type Making = Moment & FileSink & { scope: 'all' | 'quick' };

async function nearFiles(region: ShelfRegion, before: EpochFiles, at: Making) {
  const made = new Map<string, Standing>();
  let hasChanged = false;
  for (const { name, members } of region.near) {
    const old = before.shelves.get(name);
    const isLeft = at.scope === 'quick' && old !== undefined && !region.urgent.has(name);
    const file = isLeft ? old : await standing(region, { name, kind: 'near', members, old }, at);
    if (file !== old) hasChanged = true;
    made.set(name, file);
  }
  return { standing: made, hasChanged };
}

interface Wanted {
  name: string;
  kind: ShelfKind;
  members: readonly number[];
  /** What stands now; undefined writes anew whatever stands. */
  old: Standing | undefined;
}

/** The shelf's file: the one that stands if nothing on it has moved. */
async function standing(region: ShelfRegion, { name, kind, members, old }: Wanted, at: Making): Promise<Standing> {
  const { table, scale256 } = region;
  const isQuiet =
    old?.scale256 === scale256 &&
    old.members.length === members.length &&
    members.every((post, i) => post === old.members[i] && (table.stamps[post] ?? 0) <= old.epoch);
  if (old !== undefined && isQuiet) return old;
  const rows = emptyRows(members.length);
  const ids = new Uint8Array(members.length * ID_BYTES);
  for (const [row, post] of members.entries()) {
    copyRow(table.rows, post, { target: rows, to: row });
    ids.set(table.ids.subarray(post * ID_BYTES, (post + 1) * ID_BYTES), row * ID_BYTES);
  }
  const bytes = encodeShelf({ shelf: { name, kind, epoch: at.epoch, rows }, scale256, ids });
  const hash = at.hash(bytes);
  const posts = [...members];
  await at.write({ hash, bytes, kind: kind === 'list' ? 'list' : 'shelf', posts, block: undefined });
  const entry = kind === 'list' ? undefined : { name, kind, ...headOf(region, members), posts: posts.length, hash };
  return { hash, epoch: at.epoch, scale256, members: posts, entry };
}

/** Mean vector and quality of a shelf's best posts. */
function headOf({ table }: ShelfRegion, members: readonly number[]): { vector: Int8Array; quality: number } {
  const { trends1d, vectors } = table.rows;
  const best = [...members].sort((a, b) => (trends1d[b] ?? 0) - (trends1d[a] ?? 0) || b - a).slice(0, HEAD_POSTS);
  const sum = new Float64Array(DIMENSIONS);
  let trends = 0;
  for (const post of best) {
    trends += trends1d[post] ?? 0;
    for (let d = 0; d < DIMENSIONS; d += 1) sum[d] = (sum[d] ?? 0) + (vectors[post * DIMENSIONS + d] ?? 0);
  }
  const count = Math.max(1, best.length);
  return {
    vector: Int8Array.from(sum, (part) => Math.round(part / count)),
    quality: Math.floor((QUALITY_PER_TREND * trends) / count),
  };
}

async function bookFiles({ table, urgentBlocks, scale256 }: ShelfRegion, before: EpochFiles, at: Making) {
  const hashes = new Map(before.book);
  let hasChanged = false;
  const due = at.scope === 'all' ? table.changedBlocks : urgentBlocks;
  for (const number of due) {
    const block = table.book.get(number);
    if (block === undefined) continue;
    const bytes = encodeBlock({ number, scale256, block });
    const hash = at.hash(bytes);
    if (hash === hashes.get(number)) continue;
    hashes.set(number, hash);
    hasChanged = true;
    await at.write({ hash, bytes, kind: 'block', posts: [], block: number });
  }
  due.clear();
  urgentBlocks.clear();
  return { hashes, hasChanged };
}

async function listFiles(region: ShelfRegion, before: EpochFiles, at: Making) {
  const { lists, urgent } = region;
  const isLeft = at.scope === 'quick' && ![...urgent].some((name) => lists.has(name));
  if (isLeft) return { standing: before.lists, hasChanged: false };
  const made = new Map<string, Standing>();
  let hasChanged = lists.size !== before.lists.size;
  for (const [name, { members }] of lists) {
    const old = before.lists.get(name);
    const isKept = at.scope === 'quick' && old !== undefined && !urgent.has(name);
    const file = isKept ? old : await standing(region, { name, kind: 'list', members, old }, at);
    if (file !== old) hasChanged = true;
    made.set(name, file);
  }
  return { standing: made, hasChanged };
}

/** Everybody's share of each tag and length among the weight of finished watches; rare tags are left out. */
function sharesOf({ posts, state }: ShelfRegion): Shares {
  const counts = groupCounts();
  for (const [post, weight] of state.finishedWeight) {
    const facts = posts.get(post);
    if (facts !== undefined) addGroups(counts, facts, weight);
  }
  const { durations, tags } = publishedShares(counts);
  return { durations, tags: new Map([...tags].filter(([, share]) => share > RARE_SHARE).sort(([a], [b]) => a - b)) };
}

function headsOf(region: ShelfRegion, { shelves, index, owed, drawnIn }: EpochFiles): HeadsOfRegion {
  const quick = [...shelves.values()].flatMap(({ entry }) =>
    entry === undefined || entry.kind === 'near' ? [] : [entry],
  );
  return {
    scale256: region.scale256,
    postCount: region.posts.size,
    isLearned: region.isLearned,
    drawnIn,
    owed,
    shelves: quick,
    directory: index.directory,
  };
}
