/**
 * An epoch as far as its files are at hand. A file belongs to an epoch if the heads name it by its hash, or a file of the epoch
 * does: heads -> fresh, trending, directory -> pages -> near shelves, blocks, lists. So each file at hand is proved by those above it.
 */
import { type Heads, type HeadsPageHead, type ShelfHead, type Shares } from '../shelf/heads.ts';
import {
  BLOCKS_A_PAGE,
  decodeBookPage,
  decodeDirectory,
  decodeHeadsPage,
  type Directory,
  NO_FILE,
} from './directory-file.ts';
import { type HeadsFile, namedByHeads } from './heads-file.ts';
import { decodeListPage, listName } from './lists-file.ts';
import type { ShelfEntry } from './shelf-entry.ts';

/** What of the tree is at hand. */
export interface EpochTree {
  heads: HeadsFile;
  /** Not at hand on a first page, which is ranked from fresh and trending alone. */
  directory: Directory | undefined;
  /** Those of the heads, and those of all pages at hand with the place of their page. */
  shelves: (ShelfEntry & { page?: number })[];
  /** Hash of each block of the book by its number, of all pages at hand. */
  blocks: Map<number, string>;
  /** Hash of each list by its name, of all pages at hand. */
  lists: Map<string, string>;
  /** Every hash that the files at hand name, and what is named by it. */
  named: Map<string, NamedKind>;
  /** What the kernel reads of all that. */
  kernel: Heads;
}

/** What a file of an epoch is. */
export type NamedKind =
  | 'owed'
  | 'shelf'
  | 'directory'
  | 'page of heads'
  | 'page of the book'
  | 'page of lists'
  | 'block'
  | 'list';

const NO_SHARES: Shares = { tags: new Map(), durations: [] };

/**
 * Reads the tree down to where files are missing.
 * @throws WireError for a file that is not what it is named as
 */
export function readTree(heads: HeadsFile, at: (hash: string) => Uint8Array | undefined): EpochTree {
  const named = new Map<string, NamedKind>(namedByHeads(heads).map((hash) => [hash, 'shelf']));
  named.set(heads.owed, 'owed');
  named.set(heads.directory, 'directory');
  const read = <Decoded>(hash: string, decode: (bytes: Uint8Array) => Decoded): Decoded[] => {
    const bytes = at(hash);
    return bytes === undefined ? [] : [decode(bytes)];
  };
  const [directory] = read(heads.directory, decodeDirectory);
  const near: (ShelfEntry & { page: number })[] = [];
  const pages: HeadsPageHead[] = [];
  for (const { vector, quality, hash } of directory?.headsPages ?? []) {
    const page = pages.length;
    pages.push({ vector, quality });
    named.set(hash, 'page of heads');
    for (const { shelves } of read(hash, decodeHeadsPage)) for (const shelf of shelves) near.push({ ...shelf, page });
  }
  const blocks = new Map<number, string>();
  for (const [page, hash] of (directory?.bookPages ?? []).entries()) {
    named.set(hash, 'page of the book');
    for (const found of read(hash, decodeBookPage)) {
      for (const [i, block] of found.blocks.entries())
        if (block !== NO_FILE) blocks.set(page * BLOCKS_A_PAGE + i, block);
    }
  }
  const lists = new Map<string, string>();
  for (const hash of directory?.listPages ?? []) {
    named.set(hash, 'page of lists');
    for (const { entries } of read(hash, decodeListPage))
      for (const entry of entries) lists.set(listName(entry), entry.hash);
  }
  for (const { hash } of near) named.set(hash, 'shelf');
  for (const hash of blocks.values()) named.set(hash, 'block');
  for (const hash of lists.values()) named.set(hash, 'list');
  const shelves: EpochTree['shelves'] = [...heads.shelves, ...near];
  return { heads, directory, shelves, blocks, lists, named, kernel: kernelHeads(heads, { directory, pages, near }) };
}

/** Kinds of pages. */
export type PageKind = 'page of heads' | 'page of the book' | 'page of lists';
const ALL_PAGES: readonly PageKind[] = ['page of heads', 'page of the book', 'page of lists'];

/** Reads the tree with the directory and all its pages of some kinds; `ask` answers with a file by its hash, if there is one. */
export async function fetchTree(
  heads: HeadsFile,
  ask: (hash: string) => Promise<Uint8Array | undefined>,
  kinds: readonly PageKind[] = ALL_PAGES,
): Promise<EpochTree> {
  const files = new Map<string, Uint8Array>();
  const bring = async (hash: string): Promise<void> => {
    const bytes = await ask(hash);
    if (bytes !== undefined) files.set(hash, bytes);
  };
  await bring(heads.directory);
  const { named } = readTree(heads, (hash) => files.get(hash));
  const pages = [...named].filter(([, kind]) => kinds.some((wanted) => wanted === kind));
  await Promise.all(pages.map(([hash]) => bring(hash)));
  return readTree(heads, (hash) => files.get(hash));
}

function kernelHeads(
  { epoch, scale256, postCount }: HeadsFile,
  { directory, pages, near }: { directory: Directory | undefined; pages: HeadsPageHead[]; near: ShelfHead[] },
): Heads {
  return { epoch, scale256, postCount, pages, shelves: near, shares: directory?.shares ?? NO_SHARES };
}
