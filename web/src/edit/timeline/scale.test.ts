import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dropIndex, marksOf, rowsOf, snapTo } from './scale.ts';

test('the ruler has room for its words at every zoom', () => {
  assert.deepEqual(marksOf(5000, 32), [0, 2000, 4000]);
  assert.deepEqual(marksOf(2000, 120), [0, 500, 1000, 1500, 2000]);
});

test('a moment snaps to the nearest target in reach and else stays', () => {
  assert.equal(snapTo(1040, [500, 1000, 1090], 60), 1000);
  assert.equal(snapTo(1046, [1000, 1090], 60), 1090);
  assert.equal(snapTo(1300, [1000, 1090], 60), 1300);
});

test('a dragged clip stands behind those whose middle it has passed', () => {
  assert.equal(dropIndex([100, 300, 500], 50), 0);
  assert.equal(dropIndex([100, 300, 500], 310), 2);
  assert.equal(dropIndex([100, 300, 500], 900), 3);
});

test('texts that overlap stand in rows of their own, others share one', () => {
  const pieces = [
    { fromMs: 0, toMs: 2000 },
    { fromMs: 1000, toMs: 3000 },
    { fromMs: 2000, toMs: 4000 },
  ];
  assert.deepEqual(rowsOf(pieces), [0, 1, 0]);
});
