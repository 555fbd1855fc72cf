import assert from 'node:assert/strict';
import { test } from 'node:test';
import { tempoOf } from './tempo.ts';
import { waveformOf } from './waveform.ts';

const RATE_HZ = 11_025;

/** A short click on every beat. */
function clicks(bpm: number, { seconds, firstMs }: { seconds: number; firstMs: number }): Int16Array {
  const pcm = new Int16Array(seconds * RATE_HZ);
  for (let at = firstMs / 1000; at < seconds; at += 60 / bpm)
    for (let n = 0; n < 300; n += 1) {
      const place = Math.round(at * RATE_HZ) + n;
      if (place < pcm.length) pcm[place] = 20_000 * Math.exp(-n / 60) * Math.sin((2 * Math.PI * 1500 * n) / RATE_HZ);
    }
  return pcm;
}

/** White noise from a fixed seed (mulberry32). */
function noise(seconds: number): Int16Array {
  let state = 7;
  return Int16Array.from({ length: seconds * RATE_HZ }, () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return 20_000 * (((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32 - 0.5);
  });
}

for (const bpm of [90, 120, 128]) {
  test(`clicks at ${bpm} beats a minute are heard as such, and where they fall`, () => {
    for (const firstMs of [40, 170, 310]) {
      const tempo = tempoOf(clicks(bpm, { seconds: 20, firstMs }), RATE_HZ);
      assert.ok(tempo);
      assert.ok(Math.abs(tempo.bpm - bpm) <= 0.1, `${tempo.bpm} is not ${bpm}`);
      assert.ok(Math.abs(tempo.firstBeatMs - firstMs) <= 10, `${tempo.firstBeatMs} is not ${firstMs}`);
    }
  });
}

test('noise, silence and what is too short have no tempo', () => {
  for (const seconds of [5, 8, 20, 60]) assert.equal(tempoOf(noise(seconds), RATE_HZ), undefined);
  assert.equal(tempoOf(new Int16Array(20 * RATE_HZ), RATE_HZ), undefined);
  assert.equal(tempoOf(clicks(120, { seconds: 3, firstMs: 0 }), RATE_HZ), undefined);
});

test('clicks that change their speed half way have no tempo', () => {
  const changed = new Int16Array(40 * RATE_HZ);
  changed.set(clicks(100, { seconds: 20, firstMs: 0 }));
  changed.set(clicks(133, { seconds: 20, firstMs: 0 }), 20 * RATE_HZ);
  const tempo = tempoOf(changed, RATE_HZ);
  // One half may carry the whole; but then it is that half's speed and no third one.
  assert.ok(tempo === undefined || [100, 133].some((bpm) => Math.abs(tempo.bpm - bpm) < 1), JSON.stringify(tempo));
});

test('a waveform has up to 200 peaks, the largest 255, and silence none', () => {
  const rising = Int16Array.from({ length: 20_000 }, (_, n) => n);
  const peaks = waveformOf(rising);
  assert.equal(peaks.length, 200);
  assert.equal(peaks.at(-1), 255);
  assert.ok(peaks.every((peak, n) => n === 0 || peak >= (peaks[n - 1] ?? 0)));
  assert.ok(waveformOf(new Int16Array(20_000)).every((peak) => peak === 0));
  assert.deepEqual(waveformOf(new Int16Array(10)), []);
});
