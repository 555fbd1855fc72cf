import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createCadence, measureRate, renditionRate } from './cadence.ts';

const beats = (timesUs: number[], endUs: number, rate = { num: 30, den: 1 }): number[] => {
  const cadence = createCadence(rate, 10_000);
  const shown: number[] = [];
  const show = (index: number, { from, to }: { from: number; to: number }): void => {
    for (let beat = from; beat < to; beat += 1) shown.push(index);
  };
  timesUs.forEach((timeUs, n) => show(n - 1, cadence.next(timeUs)));
  show(timesUs.length - 1, cadence.end(endUs));
  return shown;
};
const even = (fps: number, count: number): number[] => Array.from({ length: count }, (_, n) => (n * 1e6) / fps);

test('an even source keeps each frame once', () => {
  assert.deepEqual(beats(even(30, 4), 4e6 / 30), [0, 1, 2, 3]);
});

test('a late first frame is shown from the start, so that the sound keeps its place', () => {
  assert.deepEqual(beats([100_000], 133_333), [0, 0, 0, 0]);
});

test('a hole is filled with the frame before it', () => {
  assert.deepEqual(beats([0, 100_000], 133_333), [0, 0, 0, 1]);
});

test('of frames before zero only the last is shown', () => {
  assert.deepEqual(beats([-200_000, -100_000, 0, 33_333], 66_666), [2, 3]);
});

test('a single frame without a duration is shown once', () => {
  assert.deepEqual(beats([0], 0), [0]);
});

test('a time that jumps far ahead stops at the bound', () => {
  const { length } = beats([0, 1e15], 1e15);
  assert.ok(length <= 10_001, String(length));
});

test('usual rates are recognised, with the jitter of millisecond containers', () => {
  assert.deepEqual(measureRate(even(30_000 / 1001, 200)).rate, { num: 30_000, den: 1001 });
  const rounded = even(25, 200).map((timeUs) => Math.round(timeUs / 1000) * 1000);
  assert.deepEqual(measureRate(rounded), { rate: { num: 25, den: 1 }, isConstant: true });
});

test('smooth sources are halved evenly, uneven ones get thirty', () => {
  assert.deepEqual(renditionRate({ rate: { num: 60, den: 1 }, isConstant: true }), { num: 60, den: 2 });
  assert.deepEqual(renditionRate({ rate: { num: 50, den: 1 }, isConstant: true }), { num: 50, den: 2 });
  assert.deepEqual(renditionRate({ rate: { num: 17, den: 1 }, isConstant: false }), { num: 30, den: 1 });
});
