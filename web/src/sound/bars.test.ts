import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barsOf } from './bars.ts';

test('every bar is the largest of its part, and nothing between two bars is lost', () => {
  assert.deepEqual(barsOf([0, 255, 51, 102], 2), [1, 0.4]);
  assert.deepEqual(barsOf([255, 0], 4), [1, 1, 0, 0]);
  assert.deepEqual(barsOf([], 3), [0, 0, 0]);
  const peaks = Array.from({ length: 200 }, (_, n) => (n === 137 ? 255 : 10));
  assert.equal(barsOf(peaks, 74).filter((bar) => bar === 1).length, 1);
});
