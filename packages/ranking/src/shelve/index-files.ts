/** The files that name others: pages of heads, of the book and of lists, and the directory over them. */
import type { Shares } from '../shelf/heads.ts';
import { DIMENSIONS } from '../shelf/rows.ts';
import {
  BLOCKS_A_PAGE,
  encodeBookPage,
  encodeDirectory,
  encodeHeadsPage,
  HEADS_A_PAGE,
  type HeadsPageEntry,
  NO_FILE,
} from '../wire/directory-file.ts';
import { encodeListPage, type ListEntry, listKeyOf, listPageOf } from '../wire/lists-file.ts';
import type { ShelfEntry } from '../wire/shelf-entry.ts';
import type { FileSink, NewFile, Standing } from './files.ts';

/** Lists on a page, about. */
const LISTS_A_PAGE = 1000;

/** Hashes of all of them. */
export interface IndexFiles {
  headsPages: HeadsPageEntry[];
  bookPages: string[];
  listPages: string[];
  directory: string;
}

/** What they name. */
export interface Named {
  shelves: ReadonlyMap<string, Standing>;
  lists: ReadonlyMap<string, Standing>;
  book: ReadonlyMap<number, string>;
  shares: Shares;
}

/** Before the first epoch. */
export function noIndex(): IndexFiles {
  return { headsPages: [], bookPages: [], listPages: [], directory: '' };
}

/** Writes those of which something moved. */
export async function indexFiles(
  named: Named,
  {
    before,
    moved,
    sink,
  }: { before: IndexFiles; moved: { near: boolean; book: boolean; lists: boolean }; sink: FileSink },
): Promise<IndexFiles> {
  const known = new Set([
    ...before.headsPages.map(({ hash }) => hash),
    ...before.bookPages,
    ...before.listPages,
    before.directory,
  ]);
  const keep = async (kind: NewFile['kind'], bytes: Uint8Array<ArrayBuffer>): Promise<string> => {
    const hash = sink.hash(bytes);
    if (!known.has(hash)) await sink.write({ hash, bytes, kind, posts: [], block: undefined });
    known.add(hash);
    return hash;
  };
  const headsPages = moved.near ? await headsPagesOf(named, keep) : before.headsPages;
  const bookPages = moved.book ? await bookPagesOf(named, keep) : before.bookPages;
  const listPages = moved.lists ? await listPagesOf(named, keep) : before.listPages;
  const directory = await keep(
    'directory',
    encodeDirectory({ shares: named.shares, headsPages, bookPages, listPages }),
  );
  return { headsPages, bookPages, listPages, directory };
}

type Keep = (kind: NewFile['kind'], bytes: Uint8Array<ArrayBuffer>) => Promise<string>;

/** Near shelves in the order of their clusters, so that what lies together stands on one page. */
async function headsPagesOf({ shelves }: Named, keep: Keep): Promise<HeadsPageEntry[]> {
  const near = [...shelves.values()].flatMap(({ entry }) => (entry?.kind === 'near' ? [entry] : []));
  const pages: HeadsPageEntry[] = [];
  for (let at = 0; at < near.length; at += HEADS_A_PAGE) {
    const own = near.slice(at, at + HEADS_A_PAGE);
    const hash = await keep('page', encodeHeadsPage({ page: pages.length, shelves: own }));
    pages.push({ ...meanOf(own), shelves: own.length, hash });
  }
  return pages;
}

function meanOf(shelves: readonly ShelfEntry[]): { vector: Int8Array; quality: number } {
  const sum = new Float64Array(DIMENSIONS);
  let qualities = 0;
  for (const { vector, quality } of shelves) {
    for (let d = 0; d < DIMENSIONS; d += 1) sum[d] = (sum[d] ?? 0) + (vector[d] ?? 0);
    qualities += quality;
  }
  const vector = Int8Array.from(sum, (part) => Math.round(part / shelves.length));
  return { vector, quality: Math.floor(qualities / shelves.length) };
}

async function bookPagesOf({ book }: Named, keep: Keep): Promise<string[]> {
  const count = Math.max(-1, ...book.keys()) + 1;
  const blocks = Array.from({ length: count }, (_, number) => book.get(number) ?? NO_FILE);
  const pages: string[] = [];
  for (let at = 0; at < count; at += BLOCKS_A_PAGE) {
    pages.push(
      await keep('blocks', encodeBookPage({ page: pages.length, blocks: blocks.slice(at, at + BLOCKS_A_PAGE) })),
    );
  }
  return pages;
}

async function listPagesOf({ lists }: Named, keep: Keep): Promise<string[]> {
  if (lists.size === 0) return [];
  let count = 1;
  while (count * LISTS_A_PAGE < lists.size) count *= 2;
  const pages = Array.from({ length: count }, (): ListEntry[] => []);
  for (const [name, { hash }] of lists) {
    const list = listKeyOf(name);
    pages[listPageOf(list.key, count)]?.push({ ...list, hash });
  }
  const hashes: string[] = [];
  for (const [page, entries] of pages.entries()) hashes.push(await keep('lists', encodeListPage({ page, entries })));
  return hashes;
}
