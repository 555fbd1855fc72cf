import assert from 'node:assert/strict';
import { test } from 'node:test';
import { drawnMillis, earnedMillis, issuedWeights, SIGNED_OUT_MILLIS, WEIGHTS } from './weights.ts';

test('an account earns its weight by the days on which it was used', () => {
  assert.deepEqual([0, 6, 7, 29, 30, 89, 90, 4000].map(earnedMillis), [20, 20, 100, 100, 400, 400, 1000, 1000]);
});

test('a weight that fewer than 50 share is not issued; they draw the one below and count there', () => {
  assert.deepEqual(
    issuedWeights(
      new Map([
        [1000, 50],
        [400, 49],
        [100, 1],
      ]),
    ),
    [1000, 100, SIGNED_OUT_MILLIS],
  );
  assert.deepEqual(
    issuedWeights(
      new Map([
        [1000, 20],
        [400, 30],
      ]),
    ),
    [400, SIGNED_OUT_MILLIS],
  );
  assert.deepEqual(issuedWeights(new Map([[1000, 49]])), [20, SIGNED_OUT_MILLIS]);
});

test('the lowest weight is issued where no other is; few newcomers among many others draw what visitors draw', () => {
  assert.deepEqual(issuedWeights(new Map()), [20, SIGNED_OUT_MILLIS]);
  const elders = [100, 60] as const;
  assert.deepEqual(issuedWeights(new Map([elders, [20, 49]])), [100, SIGNED_OUT_MILLIS]);
  assert.equal(drawnMillis(0, [100, SIGNED_OUT_MILLIS]), SIGNED_OUT_MILLIS);
  assert.deepEqual(issuedWeights(new Map([elders, [20, 50]])), [100, 20, SIGNED_OUT_MILLIS]);
});

test('nobody draws more than was earned, and without an account only the least', () => {
  assert.equal(drawnMillis(400, [400, 20, 5]), 400);
  assert.equal(drawnMillis(40, [1000, 100, 20, 5]), 100);
  assert.equal(drawnMillis(0, [1000, 20, 5]), 20);
  assert.equal(drawnMillis(-1, [1000, 20, 5]), SIGNED_OUT_MILLIS);
  assert.deepEqual(
    WEIGHTS.map((weight) => weight.weightMillis),
    [20, 100, 400, 1000],
  );
});
