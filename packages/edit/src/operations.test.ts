import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EDIT_LIMITS, videoEditSchema, type VideoEdit } from '@vitrine/schema';
import fc from 'fast-check';
import { beatTimes, moveClip, setSpeed, snapCuts, splitAt, trimClip } from './operations.ts';
import { clipOf, editOf, sourcesOf, uploadId } from './testing/make-edit.ts';
import { clipAt, sourceMsAt, timelineOf } from './timeline.ts';

const SOURCES = sourcesOf();
const clips = fc.array(
  fc.record({
    inMs: fc.integer({ min: 0, max: 8000 }),
    length: fc.integer({ min: 100, max: 2000 }),
    speed: fc.constantFrom(0.3, 0.5, 1, 1.7, 2, 3),
  }),
  { minLength: 1, maxLength: 9 },
);
const edits = clips.map((list) =>
  editOf(list.map(({ inMs, length, speed }, n) => clipOf(n, { inMs, outMs: inMs + length, speed }))),
);
const duration = (edit: VideoEdit): number => timelineOf(edit).durationMs;

test('a split changes neither the length nor what is seen at any moment', () => {
  fc.assert(
    fc.property(edits, fc.nat(60_000), fc.nat(60_000), (edit, cutMs, atMs) => {
      const split = splitAt(edit, cutMs, 'new');
      assert.ok(Math.abs(duration(split) - duration(edit)) <= 1);
      assert.ok(split.clips.every((clip) => clip.outMs - clip.inMs >= EDIT_LIMITS.clipMinMs));
      const [before, after] = [edit, split].map((each) => clipAt(timelineOf(each), atMs));
      assert.deepEqual(before?.clip.source, after?.clip.source);
      // Half a millisecond of rounding, as fast as the clip runs, on either side of the cut.
      assert.ok(Math.abs(sourceMsAt(before!, atMs) - sourceMsAt(after!, atMs)) <= 6);
    }),
  );
});

test('a split inside a clip makes two clips with the same source', () => {
  const split = splitAt(editOf([clipOf(0), clipOf(1, { speed: 2 })]), 2500, 'new');
  assert.deepEqual(
    split.clips.map(({ id, inMs, outMs }) => [id, inMs, outMs]),
    [
      ['c0', 0, 2000],
      ['c1', 0, 1000],
      ['new', 1000, 2000],
    ],
  );
});

test('a split too close to an end does nothing', () => {
  const edit = editOf([clipOf(0)]);
  assert.equal(splitAt(edit, 50, 'new'), edit);
});

test('a trim stays inside the source and above the shortest clip', () => {
  const ends = fc.integer({ min: -20_000, max: 20_000 });
  fc.assert(
    fc.property(edits, ends, ends, (edit, inMs, outMs) => {
      const { clips: trimmed } = trimClip(edit, 'c0', { inMs, outMs, sources: SOURCES });
      const [clip] = trimmed;
      assert.ok(clip && clip.inMs >= 0 && clip.outMs <= 10_000 && clip.outMs - clip.inMs >= EDIT_LIMITS.clipMinMs);
      assert.deepEqual(trimmed.slice(1), edit.clips.slice(1));
    }),
  );
});

test('reordering keeps every clip and the length', () => {
  fc.assert(
    fc.property(edits, fc.nat(12), fc.integer({ min: -3, max: 12 }), (edit, from, to) => {
      const moved = moveClip(edit, `c${from}`, to);
      assert.deepEqual(new Set(moved.clips), new Set(edit.clips));
      assert.equal(duration(moved), duration(edit));
    }),
  );
});

test('twice as fast lasts half as long, and no speed leaves its bounds', () => {
  const edit = editOf([clipOf(0)]);
  assert.equal(duration(setSpeed(edit, 'c0', 2)), 1000);
  assert.equal(setSpeed(edit, 'c0', 99).clips[0]?.speed, EDIT_LIMITS.speedMax);
});

test('after snapping every cut that a beat suits lies on it', () => {
  const bpm = fc.integer({ min: 60, max: 200 });
  fc.assert(
    fc.property(edits, bpm, fc.nat(2000), fc.nat(3000), (edit, tempo, firstBeatMs, offsetMs) => {
      const sounding = { ...edit, sound: soundFrom(offsetMs) };
      const snapped = snapCuts(sounding, { bpm: tempo, firstBeatMs }, SOURCES);
      const beats = beatTimes(snapped, { bpm: tempo, firstBeatMs }, 60_000);
      for (const { clip, endMs, index } of timelineOf(snapped).clips) {
        if (clip === edit.clips[index]) continue;
        const away = Math.min(...beats.map((beat) => Math.abs(beat - endMs)));
        assert.ok(away <= 0.5 / clip.speed + 0.51, `${away} ms off`);
        assert.ok(clip.outMs <= 10_000 && clip.outMs - clip.inMs >= EDIT_LIMITS.clipMinMs);
      }
      videoEditSchema.parse(snapped);
    }),
  );
});

test('cuts go to the nearest beat', () => {
  const edit = { ...editOf([clipOf(0, { outMs: 1100 }), clipOf(1, { outMs: 1400 })]), sound: soundFrom(0) };
  const snapped = snapCuts(edit, { bpm: 120, firstBeatMs: 0 }, SOURCES);
  assert.deepEqual(
    timelineOf(snapped).clips.map(({ endMs }) => endMs),
    [1000, 2500],
  );
});

function soundFrom(offsetMs: number): VideoEdit['sound'] {
  return { soundId: uploadId(9), offsetMs, startMs: 0, lengthMs: null, gain: 1, fadeInMs: 0, fadeOutMs: 0 };
}
