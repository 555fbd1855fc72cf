import assert from 'node:assert/strict';
import { test } from 'node:test';
import { emptyBlock } from '../shelf/book.ts';
import { WEIGHTS } from '../weights/first.ts';
import { CODE_VALUES, positiveWeights, profileOf, UNIT } from './profile.ts';
import { hasSeen, markSeen } from './seen.ts';
import { EMPTY_TASTE } from './taste.ts';

test('a watch weighs 256 when new, half of what is above the floor after ten, and never less than the floor', () => {
  const weights = positiveWeights(100, 51, 10);
  assert.equal(weights[0], 256);
  for (const [age, weight] of weights.entries()) {
    assert.ok(Math.abs(weight - (51 + 205 * 0.5 ** (age / 10))) <= 1, `age ${age}: ${weight}`);
  }
});

test('partner codes stand for sixteen times a twelfth of an octave each', () => {
  for (let code = 1; code < 256; code += 1)
    assert.equal(CODE_VALUES[code], Math.round(16 * 2 ** (code / 12)), String(code));
  assert.equal(CODE_VALUES[0], 0);
});

test('the unit vector points where the watches point and has the length 4096', () => {
  const block = emptyBlock();
  block.vectors[0] = 30;
  block.vectors[64 + 1] = -40;
  const watched = [0, 1].map((post) => ({ post, creator: 1, tags: [5], durationMs: 1000 }));
  const { unit, byCreator, byTag } = profileOf({ ...EMPTY_TASTE, positives: watched }, new Map([[0, block]]), WEIGHTS);
  const length = Math.hypot(...unit);
  assert.ok(length <= UNIT && length > UNIT - 3, String(length));
  assert.ok(unit[0]! > 0 && unit[1]! < 0 && unit[2] === 0);
  assert.deepEqual([byCreator.get(1), byTag.get(5)], [2, 2]);
});

test('partners of newer watches count more, and each older one by 0.93 of the next', () => {
  const block = emptyBlock();
  block.partners[0] = 9 * 256 + 120;
  block.partners[100] = 8 * 256 + 120;
  const watched = [0, 1].map((post) => ({ post, creator: 0, tags: [], durationMs: 1000 }));
  const { near } = profileOf({ ...EMPTY_TASTE, positives: watched }, new Map([[0, block]]), WEIGHTS);
  assert.equal(near.get(8), CODE_VALUES[120]);
  assert.equal(near.get(9), Math.floor((60_948 * CODE_VALUES[120]!) / 65_536));
});

test('nobody in particular has no taste', () => {
  const { unit, near } = profileOf(EMPTY_TASTE, new Map(), WEIGHTS);
  assert.ok(unit.every((part) => part === 0));
  assert.equal(near.size, 0);
});

test('seen posts are remembered one by one', () => {
  const seen = new Map<number, Uint32Array>();
  for (const post of [0, 31, 32, 4095, 4096, 1_000_000]) markSeen(seen, post);
  for (const post of [0, 31, 32, 4095, 4096, 1_000_000]) assert.equal(hasSeen(seen, post), true);
  for (const post of [1, 30, 33, 4094, 4097, 999_999]) assert.equal(hasSeen(seen, post), false);
});
