import assert from 'node:assert/strict';
import { test } from 'node:test';
import { levelled, loudnessOf } from './loudness.ts';
import type { Sound } from './work.ts';

function tone(volume: number, seconds = 3): Sound {
  const samples = Float32Array.from(
    { length: seconds * 48_000 },
    (_, n) => volume * Math.sin((2 * Math.PI * 997 * n) / 48_000),
  );
  return { left: samples, right: samples };
}

test('a tone of 997 Hz at -20 dB in both ears is at -20 LUFS', () => {
  assert.ok(Math.abs(loudnessOf(tone(0.1)) + 20) <= 0.1, `${loudnessOf(tone(0.1))}`);
  assert.equal(loudnessOf(tone(0)), -Infinity);
});

test('quiet and loud sounds come out alike', () => {
  for (const volume of [0.02, 0.1, 0.9]) {
    const out = loudnessOf(levelled(tone(volume)));
    assert.ok(Math.abs(out + 14) <= 0.1, `${out}`);
  }
});

test('peaks stay below the bound, if need be at less loudness', () => {
  const clicks = tone(0.001);
  clicks.left[5000] = 0.9;
  assert.ok(Math.max(...levelled(clicks).left.slice(4000, 6000)) <= 0.85);
});
