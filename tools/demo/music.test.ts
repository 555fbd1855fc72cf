import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AMBIENCES } from './music/ambience.ts';
import { loudnessOf } from './music/loudness.ts';
import { TUNES } from './music/tunes.ts';
import { tapeOf } from './music/voices.ts';
import { performSound, tapeFor } from './music.ts';

const TAKE = { seed: 5, durationS: 7, samplesPerS: 48_000 };

test("a full-scale 1 kHz tone on both channels measures 0 LUFS, as the standard's own example does", () => {
  const tape = tapeOf(3, 48_000);
  for (let at = 0; at < tape.left.length; at += 1) {
    tape.left[at] = Math.sin((2 * Math.PI * 997 * at) / 48_000);
    tape.right[at] = tape.left[at] as number;
  }
  assert.ok(Math.abs(loudnessOf(tape)) < 0.1, `measured ${loudnessOf(tape)}`);
});

for (const name of Object.keys(TUNES)) {
  test(`the tune ${name} is near -14 LUFS, never clips, starts and ends in silence`, () => {
    const tape = tapeFor(name, TAKE);
    const loudness = loudnessOf(tape);
    assert.ok(loudness > -15.5 && loudness < -12.5, `${loudness} LUFS`);
    const samples = performSound(name, TAKE);
    const peak = samples.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
    assert.ok(peak > 0.2 && peak < 0.9, `peak ${peak}`);
    assert.ok(Math.abs(samples[0] as number) < 0.01 && Math.abs(samples.at(-1) as number) < 0.01);
    assert.equal(samples.length, TAKE.durationS * 48_000 * 2);
  });
}

for (const name of AMBIENCES) {
  test(`the ambience ${name} is heard and does not clip`, () => {
    const tape = tapeFor(name, TAKE);
    assert.ok(Math.abs(loudnessOf(tape) + 20) < 2, `${loudnessOf(tape)} LUFS`);
    assert.ok(tape.left.every((value) => Math.abs(value) < 0.9));
  });
}

test('the same seed plays the same samples and another seed others', () => {
  const first = performSound('kiln-song', TAKE);
  assert.deepEqual(performSound('kiln-song', TAKE), first);
  assert.notDeepEqual(performSound('kiln-song', { ...TAKE, seed: 6 }), first);
});
