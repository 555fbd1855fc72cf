/** Takes up what stands published, so that a learner that begins again changes nothing that has not changed. */
import { copyRow, isSameRow, TAGS_READ } from '../shelf/rows.ts';
import { BLOCK_BYTES, decodeBlock } from '../wire/book-file.ts';
import { type EpochTree, fetchTree, type NamedKind } from '../wire/epoch-tree.ts';
import type { HeadsFile } from '../wire/heads-file.ts';
import { listKeyOf } from '../wire/lists-file.ts';
import { decodeShelf, ID_BYTES, postIdAt, type ShelfFile } from '../wire/shelf-file.ts';
import { type EpochFiles, noFiles } from './epoch.ts';
import type { NewFile, Standing } from './files.ts';
import type { ShelfRegion, ShelvedPost } from './region.ts';
import { makeRoom } from './table.ts';

const MINUTE_MS = 60_000;
/** Files asked for at a time. */
const AT_ONCE = 32;

/** A file that stands, without its bytes. */
export type StandingFile = Omit<NewFile, 'bytes'> & { sizeBytes: number };

/** What was taken up. */
export interface Resumed {
  files: EpochFiles;
  standing: StandingFile[];
}

/**
 * Fills an empty region with the posts and numbers that an epoch's files hold, and says which files stand.
 * undefined if any file is missing: then the region is of no use, and all files are made anew.
 */
export async function resumeEpoch(
  region: ShelfRegion,
  heads: HeadsFile,
  ask: (hash: string) => Promise<Uint8Array | undefined>,
): Promise<Resumed | undefined> {
  const files = new Map<string, Uint8Array>();
  const bring = async (hash: string): Promise<Uint8Array | undefined> => {
    const bytes = files.get(hash) ?? (await ask(hash));
    if (bytes !== undefined) files.set(hash, bytes);
    return bytes;
  };
  const tree = await fetchTree(heads, bring);
  const waiting = [...tree.named.keys()];
  let isWhole = true;
  const worker = async (): Promise<void> => {
    for (let hash = waiting.pop(); hash !== undefined; hash = waiting.pop()) {
      const bytes = tree.named.get(hash) === 'block' ? await ask(hash) : await bring(hash);
      if (bytes === undefined) isWhole = false;
      // Blocks are most of the bytes: none is held longer than it takes to read it.
      else if (tree.named.get(hash) === 'block') takeBlock(region, bytes);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  const { directory } = tree;
  if (directory === undefined || !isWhole) return undefined;
  region.scale256 = heads.scale256;
  region.isLearned = heads.isLearned;
  const index = {
    headsPages: [...directory.headsPages],
    bookPages: [...directory.bookPages],
    listPages: [...directory.listPages],
    directory: heads.directory,
  };
  const made = {
    ...noFiles(),
    index,
    shares: directory.shares,
    owed: heads.owed,
    drawnIn: heads.drawnIn,
    book: new Map(tree.blocks),
  };
  takeShelves(region, tree, { files, made });
  region.clusteredAtMs = heads.minute * MINUTE_MS;
  region.clusteredPosts = region.posts.size;
  region.mustCluster = false;
  return { files: made, standing: standingOf(tree, files) };
}

interface Taking {
  files: ReadonlyMap<string, Uint8Array>;
  made: EpochFiles;
}

/** Rows from the oldest file on: a row that a newer file repeats is as old as its first, so that what is quiet stays quiet. */
function takeShelves(region: ShelfRegion, tree: EpochTree, { files, made }: Taking): void {
  const read = (hash: string): ShelfFile => decodeShelf(files.get(hash) ?? new Uint8Array());
  const shelves = tree.shelves.map((entry) => ({ entry, hash: entry.hash, file: read(entry.hash) }));
  const lists = [...tree.lists.values()].map((hash) => ({ entry: undefined, hash, file: read(hash) }));
  const all = [...shelves, ...lists].sort((a, b) => a.file.shelf.epoch - b.file.shelf.epoch);
  for (const { file } of all) takeRows(region, file);
  for (const { entry, hash, file } of [...shelves, ...lists]) {
    const { name, kind, epoch, rows } = file.shelf;
    const members = [...rows.posts];
    const standing: Standing = { hash, epoch, scale256: file.scale256, members: [...members], entry: undefined };
    if (entry === undefined) {
      made.lists.set(name, standing);
      region.lists.set(name, { ...listKeyOf(name), members });
      continue;
    }
    const { page: _, ...named } = entry;
    made.shelves.set(name, { ...standing, entry: named });
    if (kind === 'fresh') region.fresh = members;
    if (kind === 'trending') region.trending = members;
    if (kind === 'near') takeNear(region, name, members);
  }
}

function takeNear(region: ShelfRegion, name: string, members: number[]): void {
  const shelf = { name, members };
  region.near.push(shelf);
  for (const post of members) region.shelfOf.set(post, shelf);
}

function takeRows(region: ShelfRegion, { shelf, ids }: ShelfFile): void {
  const { table, posts } = region;
  for (let row = 0; row < shelf.rows.count; row += 1) {
    const post = shelf.rows.posts[row] ?? 0;
    makeRoom(table, post);
    const isKnown = posts.has(post);
    if (isKnown && isSameRow(shelf.rows, row, { rows: table.rows, row: post })) continue;
    copyRow(shelf.rows, row, { target: table.rows, to: post });
    table.ids.set(ids.subarray(row * ID_BYTES, (row + 1) * ID_BYTES), post * ID_BYTES);
    table.stamps[post] = shelf.epoch;
    posts.set(post, factsOf(table.rows, post, postIdAt(ids, row)));
  }
}

function factsOf(rows: ShelfFile['shelf']['rows'], post: number, id: string): ShelvedPost {
  return {
    post,
    id,
    creator: rows.creators[post] ?? 0,
    sound: rows.sounds[post] ?? 0,
    tags: [...rows.tags.subarray(post * TAGS_READ, (post + 1) * TAGS_READ)].filter((tag) => tag !== 0),
    durationMs: rows.durationsMs[post] ?? 0,
    publishedMinute: rows.publishedMinutes[post] ?? 0,
    language: rows.languages[post] ?? 0,
    flags: rows.flags[post] ?? 0,
    restriction: rows.restrictions[post] ?? 0,
  };
}

function takeBlock({ table }: ShelfRegion, bytes: Uint8Array): void {
  const { number, block } = decodeBlock(bytes);
  table.book.set(number, block);
}

const KINDS: Record<NamedKind, NewFile['kind']> = {
  owed: 'owed',
  shelf: 'shelf',
  directory: 'directory',
  'page of heads': 'page',
  'page of the book': 'blocks',
  'page of lists': 'lists',
  block: 'block',
  list: 'list',
};

function standingOf({ named, blocks }: EpochTree, files: ReadonlyMap<string, Uint8Array>): StandingFile[] {
  const numbers = new Map([...blocks].map(([number, hash]) => [hash, number] as const));
  return [...named].map(([hash, kind]) => {
    const bytes = files.get(hash) ?? new Uint8Array();
    const posts = kind === 'shelf' || kind === 'list' ? [...decodeShelf(bytes).shelf.rows.posts] : [];
    const sizeBytes = kind === 'block' ? BLOCK_BYTES : bytes.length;
    return { hash, kind: KINDS[kind], posts, block: numbers.get(hash), sizeBytes };
  });
}
