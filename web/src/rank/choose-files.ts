/** Which files of an epoch a page is ranked from. Each step is named by the one before; nothing is asked for that the taste does not point to. */
import {
  BLOCKS_A_PAGE,
  choosePages,
  chooseShelves,
  type EpochTree,
  profileOf,
  type Taste,
  type Weights,
} from '@vitrine/ranking';
import { type Epoch, tablesOf, treeWith } from './shelves.ts';

/** Positives of which the book's blocks are fetched: as many as the weights file reads. */
const BOOK_POSITIVES = 100;

/** The files, and the tree that names them all. */
export interface ChosenFiles {
  tree: EpochTree;
  files: string[];
}

/** What everybody reads, and nothing else: fresh and trending. */
export async function openFiles(epoch: Epoch): Promise<ChosenFiles> {
  return { tree: await treeWith(epoch, []), files: epoch.heads.shelves.map(({ hash }) => hash) };
}

/** With the blocks of the book that the watches stand in, the pages of heads and then the near shelves that the taste points to. */
export async function filesFor(epoch: Epoch, taste: Taste, weights: Weights): Promise<ChosenFiles> {
  const start = [epoch.heads.directory];
  const { directory } = await treeWith(epoch, start);
  const all = directory?.headsPages.map(({ hash }) => hash) ?? [];
  const isSmall = all.length <= weights.numbers.pagesTaken.value;
  const numbers = [...new Set(taste.positives.slice(-BOOK_POSITIVES).map(({ post }) => post >>> 8))];
  const bookPages = new Set(numbers.map((block) => Math.floor(block / BLOCKS_A_PAGE)));
  start.push(...(directory?.bookPages.filter((_, page) => bookPages.has(page)) ?? []), ...(isSmall ? all : []));
  const ahead = await treeWith(epoch, start);
  const blocks = numbers.flatMap((block) => ahead.blocks.get(block) ?? []);
  const profile = profileOf(taste, (await tablesOf(ahead, blocks)).book, weights);
  const pages = choosePages(ahead.kernel, profile, weights).flatMap((place) => all[place] ?? []);
  const index = [...new Set([...start, ...pages])];
  const tree = await treeWith(epoch, index);
  const near = new Set(chooseShelves(tree.kernel, profile, weights));
  const shelves = tree.shelves.filter(({ kind, name }) => kind !== 'near' || near.has(name)).map(({ hash }) => hash);
  return { tree, files: [...new Set([...index, ...blocks, ...shelves])] };
}
