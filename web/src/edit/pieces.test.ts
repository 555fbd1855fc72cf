import assert from 'node:assert/strict';
import { test } from 'node:test';
import { barsOf, soundSpan, spanFrom } from './pieces.ts';

test('what is added at the playhead is seen at the playhead', () => {
  assert.deepEqual(spanFrom(11_468.8, 24_000), { fromMs: 11_468, toMs: 14_468 });
  assert.ok(spanFrom(23_999.6, 24_000).fromMs < 23_999.6);
});

test('a sound is heard until it, the video or its stretch ends, whatever comes first', () => {
  const sound = { soundId: '', offsetMs: 2000, startMs: 1000, lengthMs: null, gain: 1, fadeInMs: 0, fadeOutMs: 0 };
  assert.equal(soundSpan(sound, 10_000, 60_000).toMs, 9000);
  assert.equal(soundSpan(sound, 10_000, 5000).toMs, 5000);
  assert.equal(soundSpan({ ...sound, lengthMs: 500 }, 10_000, 5000).toMs, 1500);
});

test('bars show the chosen stretch of a waveform', () => {
  assert.deepEqual(barsOf([0, 255, 0, 255], { totalMs: 4000, fromMs: 1000, lengthMs: 1000, count: 2 }), [1, 1]);
});
