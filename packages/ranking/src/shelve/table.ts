/** The published numbers of every post, one row a post at its public number. */
import type { LogState } from '../learn/fold.ts';
import { type PostFacts, writeRow } from '../learn/epoch.ts';
import { type BookBlock, emptyBlock, BLOCK_POSTS, PARTNERS } from '../shelf/book.ts';
import { copyRow, DIMENSIONS, emptyRows, type ShelfRows, TAGS_READ } from '../shelf/rows.ts';
import { ID_BYTES } from '../wire/shelf-file.ts';

/** The numbers of all posts. Published ones stay until one has moved by a step, so that what is quiet keeps its bytes. */
export interface NumberTable {
  rows: ShelfRows;
  ids: Uint8Array;
  /** Epoch in which the post's row last changed. */
  stamps: Uint32Array;
  book: Map<number, BookBlock>;
  /** Blocks that changed since their file was made. */
  changedBlocks: Set<number>;
}

/** A sixteenth of an octave in 2^-8 logarithms: 256 ln 2 / 16. */
const NUMBER_STEP = 11;
const FIRST_ROOM = 1024;

/** A table of nothing. */
export function numberTable(): NumberTable {
  return { ...roomFor(FIRST_ROOM), book: new Map(), changedBlocks: new Set() };
}

function roomFor(count: number): Pick<NumberTable, 'rows' | 'ids' | 'stamps'> {
  return { rows: emptyRows(count), ids: new Uint8Array(count * ID_BYTES), stamps: new Uint32Array(count) };
}

/** Makes room for a post. */
export function makeRoom(table: NumberTable, post: number): void {
  const before = table.rows.count;
  if (post < before) return;
  const wider = roomFor(Math.max(2 * before, post + 1));
  for (const [name, column] of Object.entries(table.rows)) {
    const target = wider.rows[name as keyof ShelfRows];
    if (typeof target !== 'number' && typeof column !== 'number') target.set(column);
  }
  wider.ids.set(table.ids);
  wider.stamps.set(table.stamps);
  Object.assign(table, wider);
}

const scratch = emptyRows(1);

/** Takes a post's numbers of this moment, if they have moved by a step. */
export function updateRow(
  table: NumberTable,
  facts: PostFacts,
  now: { state: LogState; atMs: number; epoch: number },
): void {
  const { post } = facts;
  scratch.tags.fill(0);
  writeRow({ rows: scratch, row: 0 }, facts, { learner: now.state.learner, book: table.book, atMs: now.atMs });
  if (!hasMoved(table.rows, post)) return;
  copyRow(scratch, 0, { target: table.rows, to: post });
  table.stamps[post] = now.epoch;
}

const MOVING = ['trends2h', 'trends6h', 'trends1d', 'trends2d', 'trends7d', 'rates'] as const;
const FIXED = [
  'posts',
  'creators',
  'sounds',
  'durationsMs',
  'publishedMinutes',
  'languages',
  'flags',
  'restrictions',
] as const;

function hasMoved(rows: ShelfRows, post: number): boolean {
  for (const name of MOVING) {
    if (Math.abs((rows[name][post] ?? 0) - (scratch[name][0] ?? 0)) >= NUMBER_STEP) return true;
  }
  for (const name of FIXED) if (rows[name][post] !== scratch[name][0]) return true;
  for (let i = 0; i < TAGS_READ; i += 1) if (rows.tags[post * TAGS_READ + i] !== scratch.tags[i]) return true;
  const start = post * DIMENSIONS;
  for (let d = 0; d < DIMENSIONS; d += 1) if (rows.vectors[start + d] !== scratch.vectors[d]) return true;
  return false;
}

/** Writes a post's vector into the book. */
export function setVector(table: NumberTable, post: number, vector: Int8Array): void {
  const block = blockOf(table, post);
  const start = (post % BLOCK_POSTS) * DIMENSIONS;
  let isSame = true;
  for (let d = 0; d < DIMENSIONS && isSame; d += 1) isSame = block.vectors[start + d] === vector[d];
  if (isSame) return;
  block.vectors.set(vector, start);
  table.changedBlocks.add(Math.floor(post / BLOCK_POSTS));
}

/** Writes a post's partners into the book, best first. */
export function setPartners(table: NumberTable, post: number, partners: readonly number[]): void {
  const block = blockOf(table, post);
  const start = (post % BLOCK_POSTS) * PARTNERS;
  let isSame = true;
  for (let i = 0; i < PARTNERS && isSame; i += 1) isSame = block.partners[start + i] === (partners[i] ?? 0);
  if (isSame) return;
  const list = block.partners.subarray(start, start + PARTNERS);
  list.fill(0);
  list.set(partners);
  table.changedBlocks.add(Math.floor(post / BLOCK_POSTS));
}

function blockOf({ book }: NumberTable, post: number): BookBlock {
  const number = Math.floor(post / BLOCK_POSTS);
  const block = book.get(number) ?? emptyBlock();
  if (!book.has(number)) book.set(number, block);
  return block;
}
