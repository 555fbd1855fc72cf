import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BookBlock, CODE_SPAN, partnersIn, vectorIn } from '../shelf/book.ts';
import { DIMENSIONS, emptyRows } from '../shelf/rows.ts';
import { writePartners, writeRow, writeVectors } from './epoch.ts';
import { WINDOW_MS } from './gate.ts';
import { learn, type Learner, newLearner } from './learner.ts';
import { codeOf, partnersOf } from './pairs.ts';
import { quantise, scaleOf } from './quantise.ts';
import { addGroups, groupCounts, publishedShares } from './shares.ts';
import { addCount, countAt, decayedCounts, publishedRate, publishedTrend } from './trends.ts';

const HOUR_MS = 3_600_000;

/** Two worlds of ten posts each; every chunk stays within one of them. */
function learnedFrom(seed: number, chunks: number): Learner {
  const learner = newLearner({ seed, originMs: 0 });
  for (let i = 0; i < chunks; i += 1) {
    const world = (i % 2) * 10;
    const apart = [0, 1 + ((i >> 2) % 9), 1 + (((i >> 2) + 4) % 9)];
    const posts = apart.map((k) => world + (((i >> 1) + k) % 10)) as [number, number, number];
    for (const post of posts)
      learn(learner, { kind: 'single', post, creator: 0, isPositive: true, weight: 1, atMs: i * WINDOW_MS });
    learn(learner, { kind: 'chunk', chunk: { posts, weight: 1 }, creators: [0, 0, 0], atMs: i * WINDOW_MS });
  }
  return learner;
}

function cosine(a: Float64Array, b: Float64Array): number {
  const dot = (x: Float64Array, y: Float64Array) => x.reduce((sum, part, d) => sum + part * y[d]!, 0);
  return dot(a, b) / Math.sqrt(dot(a, a) * dot(b, b));
}

test('posts that the same viewers finish come to point the same way, others apart', () => {
  const { vectors } = learnedFrom(1, 2000).vectors;
  const of = (post: number) => vectors.get(post)!;
  const mean = (others: number[]) => others.reduce((sum, post) => sum + cosine(of(0), of(post)), 0) / others.length;
  const [within, across] = [mean([1, 2, 3, 4, 5, 6, 7, 8, 9]), mean([10, 11, 12, 13, 14, 15])];
  assert.ok(within > across + 0.5, `${within} within, ${across} across`);
});

test('the same log and seed give the same vectors, another seed others', () => {
  const vectorsOf = (seed: number) => [...learnedFrom(seed, 60).vectors.vectors].map(([post, v]) => [post, ...v]);
  assert.deepEqual(vectorsOf(5), vectorsOf(5));
  assert.notDeepEqual(vectorsOf(5), vectorsOf(6));
});

test('a trend halves with each half-life, and nothing watched is published as -308', () => {
  const counts = decayedCounts(2 * HOUR_MS);
  addCount(counts, 3, { weight: 4, atMs: 0 });
  addCount(counts, 3, { weight: 1, atMs: 2 * HOUR_MS });
  assert.equal(countAt(counts, 3, 2 * HOUR_MS), 3);
  assert.equal(countAt(counts, 3, 4 * HOUR_MS), 1.5);
  assert.equal(countAt(counts, 4, 0), 0);
  assert.equal(publishedTrend(0), -308);
  assert.equal(publishedTrend(1), 67);
  assert.equal(publishedRate(0, 0), 0);
  assert.ok(publishedRate(9, 10) > 0 && publishedRate(1, 100) < 0);
});

test('partner lists hold the strongest pairs first, coded in twelfths of an octave', () => {
  const learner = learnedFrom(1, 200);
  const partners = partnersOf(learner.pairs, 0, 200_000);
  assert.ok(partners.length > 0 && partners.length <= 100);
  const codes = partners.map((partner) => partner % CODE_SPAN);
  assert.deepEqual(
    codes,
    [...codes].sort((a, b) => b - a),
  );
  for (const partner of partners) assert.ok(Math.floor(partner / CODE_SPAN) < 10, 'of the same world');
  assert.deepEqual([codeOf(1 / 65_536), codeOf(2 / 65_536), codeOf(0), codeOf(1e9)], [12, 24, 1, 255]);
});

test('quantising keeps each entry within half a step and clips what lies beyond the quantile', () => {
  const vectors = Array.from({ length: 100 }, (_, i) =>
    Float64Array.from({ length: DIMENSIONS }, (_, d) => Math.sin(i * 64 + d)),
  );
  const scale = scaleOf(vectors);
  assert.ok(Math.abs(scale - 127) < 1, String(scale));
  const target = new Int8Array(DIMENSIONS);
  quantise(vectors[3]!, scale, target);
  for (let d = 0; d < DIMENSIONS; d += 1) assert.ok(Math.abs(target[d]! / scale - vectors[3]![d]!) <= 0.51 / scale);
  quantise(
    Float64Array.from({ length: DIMENSIONS }, () => -9),
    scale,
    target,
  );
  assert.equal(target[0], -127);
});

test('an epoch publishes what was learned: rows, vectors and partners agree with the learner', () => {
  const learner = learnedFrom(1, 200);
  const book = new Map<number, BookBlock>();
  const scale = scaleOf(learner.vectors.vectors.values());
  writeVectors(book, learner, scale);
  writePartners(book, learner, 200_000);
  assert.equal(learner.pairs.touched.size, 0);
  const rows = emptyRows(1);
  const facts = {
    post: 4,
    creator: 8,
    sound: 9,
    tags: [1, 2],
    durationMs: 9000,
    publishedMinute: 7,
    language: 0,
    flags: 0,
  };
  writeRow({ rows, row: 0 }, { ...facts, restriction: 0 }, { learner, book, atMs: 200_000 });
  assert.deepEqual([...rows.vectors], [...vectorIn(book, 4)!]);
  assert.ok(rows.vectors.some((part) => part !== 0));
  assert.deepEqual([rows.posts[0], rows.creators[0], rows.tags[1]], [4, 8, 2]);
  assert.equal(rows.trends2h[0], publishedTrend(countAt(learner.trends[0]!, 4, 200_000)));
  assert.deepEqual(
    [...partnersIn(book, 4)!].filter((partner) => partner > 0),
    partnersOf(learner.pairs, 4, 200_000),
  );
});

test('shares of tags and lengths are whole parts of 65,536', () => {
  const counts = groupCounts();
  addGroups(counts, { tags: [1], durationMs: 8000 }, 1);
  addGroups(counts, { tags: [1, 2], durationMs: 700_000 }, 1);
  const { tags, durations } = publishedShares(counts);
  assert.deepEqual([tags.get(1), tags.get(2)], [65_536, 32_768]);
  assert.deepEqual([durations[1], durations[10]], [32_768, 32_768]);
});

test('a chunk that one of its posts has no room for takes no room of the others, and a rate stays whole', () => {
  const learner = newLearner({ seed: 1, originMs: 0 });
  const chunk = (posts: [number, number, number]) =>
    learn(learner, { kind: 'chunk', chunk: { posts, weight: 1 }, creators: [0, 0, 0], atMs: 0 });
  chunk([1, 2, 3]);
  for (let post = 10; post < 20; post += 1) chunk([1, post, post + 20]);
  assert.equal(learner.vectors.chunks.length, 1);
  chunk([10, 11, 12]);
  assert.deepEqual(learner.vectors.chunks.at(-1)?.posts, [10, 11, 12]);
  for (let i = 0; i < 50; i += 1)
    learn(learner, { kind: 'single', post: 1, creator: 0, isPositive: true, weight: 1, atMs: 0 });
  assert.equal(countAt(learner.finished, 1, 0), 50);
  assert.equal(countAt(learner.trends[0]!, 1, 0), 1);
});
