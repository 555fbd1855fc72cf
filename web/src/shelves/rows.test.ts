import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyRows, type ShelfFile } from '@vitrine/ranking';
import { likeness, nextBest, rowsOf } from './rows.ts';
import { turnsTo } from './proof.ts';

const axis = (d: number, size = 100): Int8Array => Int8Array.from({ length: 64 }, (_, i) => (i === d ? size : 0));

function shelfOf(vectors: Int8Array[], trends: number[]): ShelfFile {
  const rows = emptyRows(vectors.length);
  for (const [row, vector] of vectors.entries()) {
    rows.posts[row] = row + 1;
    rows.vectors.set(vector, row * 64);
    rows.trends1d[row] = trends[row] ?? -308;
  }
  const shelf = { name: 'near-00000', kind: 'near' as const, epoch: 1, rows };
  return { shelf, scale256: 1, ids: new Uint8Array(vectors.length * 16) };
}

test('likeness is 1000 for the same direction whatever the length, 0 across and for nothing', () => {
  assert.equal(likeness(axis(3, 10), axis(3, 120)), 1000);
  assert.equal(likeness(axis(3), axis(4)), 0);
  assert.equal(likeness(axis(3, 0), axis(3)), 0);
});

test('near shelves are ordered by fit, trending by heat, fresh by age', () => {
  const file = shelfOf([axis(1), axis(0), axis(0, -5)], [0, -308, 500]);
  const order = (kind: 'near' | 'trending' | 'fresh') => rowsOf(file, axis(0), kind).map(({ post }) => post);
  assert.deepEqual(order('near'), [2, 1, 3]);
  assert.deepEqual(order('trending'), [3, 1, 2]);
  assert.deepEqual(order('fresh'), [3, 2, 1]);
  const [first] = rowsOf(file, axis(0), 'near');
  assert.equal(first?.finished, 310, 'nobody has told anything yet');
  assert.equal(first?.trend1d, 0);
});

test('the next that did not make it is the best that stands elsewhere', () => {
  const on = rowsOf(shelfOf([axis(0)], []), axis(0), 'near');
  const all = rowsOf(shelfOf([axis(0), axis(1), axis(0, 4)], [0, 0, 0]), axis(0), 'near');
  assert.equal(nextBest(on, all, 'near')?.post, 3);
  assert.equal(nextBest(on, on, 'near'), undefined);
});

test('the way to a leaf turns as the tree is built', () => {
  assert.deepEqual(turnsTo(0, 1), []);
  assert.deepEqual(turnsTo(6, 7), ['right', 'right']);
  assert.deepEqual(turnsTo(2, 7), ['left', 'right', 'left']);
});
