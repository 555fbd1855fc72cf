/** From the learner's state to what an epoch publishes: the book and the rows of shelves. */
import { type BookBlock, BLOCK_POSTS, emptyBlock, PARTNERS, vectorIn } from '../shelf/book.ts';
import { DIMENSIONS, type ShelfRows, TAGS_READ } from '../shelf/rows.ts';
import type { Learner } from './learner.ts';
import { partnersOf } from './pairs.ts';
import { quantise } from './quantise.ts';
import { countAt, publishedRate, publishedTrend, TREND_HALF_LIVES } from './trends.ts';

/** What is known of a post without any watch. */
export interface PostFacts {
  post: number;
  creator: number;
  sound: number;
  tags: readonly number[];
  durationMs: number;
  publishedMinute: number;
  language: number;
  flags: number;
  /** Ledger index plus 1, 0 = none. */
  restriction: number;
}

/** Writes every learned vector into the book at a scale. */
export function writeVectors(book: Map<number, BookBlock>, learner: Learner, scale: number): void {
  for (const [post, vector] of learner.vectors.vectors) {
    const place = (post % BLOCK_POSTS) * DIMENSIONS;
    quantise(vector, scale, blockOf(book, post).vectors.subarray(place, place + DIMENSIONS));
  }
}

/** Writes the partner lists of all posts whose pairs changed since the last call. */
export function writePartners(book: Map<number, BookBlock>, learner: Learner, atMs: number): void {
  for (const post of learner.pairs.touched) {
    const place = (post % BLOCK_POSTS) * PARTNERS;
    const list = blockOf(book, post).partners.subarray(place, place + PARTNERS);
    list.fill(0);
    list.set(partnersOf(learner.pairs, post, atMs));
  }
  learner.pairs.touched.clear();
}

/** Writes a post's row: its facts, its vector as the book has it, its numbers of this moment. */
export function writeRow(
  at: { rows: ShelfRows; row: number },
  facts: PostFacts,
  from: { learner: Learner; book: ReadonlyMap<number, BookBlock>; atMs: number },
): void {
  const { rows, row } = at;
  const { learner, book, atMs } = from;
  rows.posts[row] = facts.post;
  rows.creators[row] = facts.creator;
  rows.sounds[row] = facts.sound;
  rows.durationsMs[row] = facts.durationMs;
  rows.publishedMinutes[row] = facts.publishedMinute;
  rows.languages[row] = facts.language;
  rows.flags[row] = facts.flags;
  rows.restrictions[row] = facts.restriction;
  rows.tags.set(facts.tags.slice(0, TAGS_READ), row * TAGS_READ);
  const vector = vectorIn(book, facts.post);
  if (vector) rows.vectors.set(vector, row * DIMENSIONS);
  for (const [i, { column }] of TREND_HALF_LIVES.entries()) {
    const counts = learner.trends[i];
    rows[column][row] = publishedTrend(counts ? countAt(counts, facts.post, atMs) : 0);
  }
  rows.rates[row] = publishedRate(
    countAt(learner.finished, facts.post, atMs),
    countAt(learner.reported, facts.post, atMs),
  );
}

function blockOf(book: Map<number, BookBlock>, post: number): BookBlock {
  const number = Math.floor(post / BLOCK_POSTS);
  const block = book.get(number) ?? emptyBlock();
  if (!book.has(number)) book.set(number, block);
  return block;
}
