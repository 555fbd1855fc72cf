import assert from 'node:assert/strict';
import { test } from 'node:test';
import { paceOf, secondsLeft, withMark, type Mark } from './pace.ts';

function marksOf(pairs: readonly (readonly [number, number])[]): Mark[] {
  return pairs.reduce<Mark[]>((marks, [atMs, sentBytes]) => withMark(marks, { atMs, sentBytes }), []);
}

test('the pace is that of the last five seconds', () => {
  const marks = marksOf([
    [0, 0],
    [1000, 9_000_000],
    [10_000, 9_100_000],
    [12_000, 9_300_000],
    [14_000, 9_500_000],
  ]);
  assert.equal(paceOf(marks), 100_000);
});

test('nothing is said of the time left before there is a pace', () => {
  assert.equal(secondsLeft(1000, paceOf(marksOf([[0, 0]]))), undefined);
  assert.equal(secondsLeft(1000, 400), 3);
  assert.equal(secondsLeft(0, 400), 1);
});
