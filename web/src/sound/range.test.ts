import assert from 'node:assert/strict';
import { test } from 'node:test';
import { beatsOf, firstRange, movedRange, onBeat, stretchedRange } from './range.ts';

const beats = beatsOf({ tempoBpm: 120, firstBeatMs: 250 }, 10_000);

test('beats lie at equal distances from the first on', () => {
  assert.deepEqual(beats.slice(0, 3), [250, 750, 1250]);
  assert.ok((beats.at(-1) ?? 0) <= 10_000);
  assert.deepEqual(beatsOf({ tempoBpm: null, firstBeatMs: null }, 10_000), []);
});

test('a moment goes to the nearest beat, and stays where there is none', () => {
  assert.equal(onBeat(990, beats), 750);
  assert.equal(onBeat(1010, beats), 1250);
  assert.equal(onBeat(990, []), 990);
});

test('the first stretch is as long as the video and begins on the first beat', () => {
  assert.deepEqual(firstRange(10_000, 4000, beats), { fromMs: 250, toMs: 4250 });
  assert.deepEqual(firstRange(3000, 4000, beats), { fromMs: 0, toMs: 3000 });
});

test('a moved stretch keeps its length, its beat and the sound’s end', () => {
  assert.deepEqual(movedRange({ fromMs: 250, toMs: 4250 }, 2100, { durationMs: 10_000, beats }), {
    fromMs: 2250,
    toMs: 6250,
  });
  assert.deepEqual(movedRange({ fromMs: 250, toMs: 4250 }, 9000, { durationMs: 10_000, beats }), {
    fromMs: 5750,
    toMs: 9750,
  });
});

test('a stretch is never longer than the video', () => {
  const room = { durationMs: 10_000, videoMs: 4000, beats };
  assert.equal(stretchedRange({ fromMs: 250, toMs: 2250 }, { edge: 'to', atMs: 9000 }, room).toMs, 4250);
  assert.equal(stretchedRange({ fromMs: 250, toMs: 2250 }, { edge: 'to', atMs: 0 }, room).toMs, 750);
  assert.equal(stretchedRange({ fromMs: 4250, toMs: 6250 }, { edge: 'from', atMs: 1000 }, room).fromMs, 2250);
});
