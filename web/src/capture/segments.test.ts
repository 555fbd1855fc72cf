import assert from 'node:assert/strict';
import { test } from 'node:test';
import { arcsOf, leftMs, totalMs, type Segment } from './segments.ts';

const segment = (durationMs: number, speed = 1): Segment => ({
  id: String(durationMs),
  durationMs,
  speed,
  filter: 'none',
});

test('what is recorded fast lasts shorter in the video, what is recorded slow longer', () => {
  assert.equal(totalMs([segment(4000, 2), segment(1000, 0.5)]), 4000);
});

test('the ring shows one stretch after the other and never more than its whole', () => {
  assert.deepEqual(arcsOf([segment(3000), segment(6000, 2)], 15_000), [
    { from: 0, to: 0.2 },
    { from: 0.2, to: 0.4 },
  ]);
  assert.equal(arcsOf([segment(20_000)], 15_000)[0]?.to, 1);
});

test('what is left counts in the camera’s time', () => {
  assert.equal(leftMs([segment(5000)], 15_000, 2), 20_000);
  assert.equal(leftMs([segment(16_000)], 15_000, 1), 0);
});
