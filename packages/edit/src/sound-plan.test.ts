import assert from 'node:assert/strict';
import { test } from 'node:test';
import { gainAt, soundPlan } from './sound-plan.ts';
import { problemsOf } from './problems.ts';
import { clipOf, editOf, FACTS, sourcesOf, textOf, uploadId } from './testing/make-edit.ts';
import type { SourceFacts, SourceKey, Sources } from './sources.ts';

const postId = uploadId(77);
const soundId = uploadId(88);
const SOURCES: Sources = new Map<SourceKey, SourceFacts>([
  ...sourcesOf(),
  [`post:${postId}`, { ...FACTS, durationMs: 1500 }],
  [`sound:${soundId}`, { durationMs: 3000, widthPx: 0, heightPx: 0, hasAudio: true }],
]);
const sound = { soundId, offsetMs: 500, startMs: 1000, lengthMs: null, gain: 0.8, fadeInMs: 100, fadeOutMs: 200 };

test('clips, parent, sound and voice are heard at their places', () => {
  const edit = editOf([clipOf(0, { gain: 0.5 }), clipOf(1, { inMs: 1000, outMs: 4000, speed: 2 })], {
    originalGain: 0.5,
    sound,
    duet: { postId, layout: 'left', gain: 0.9 },
    voiceOvers: [{ id: 'v', uploadId: uploadId(3), startMs: 2000, gain: 1.2 }],
  });
  const seen = soundPlan(edit, SOURCES).map(({ of, fromMs, toMs, sourceFromMs, speed, gain }) => [
    of, fromMs, toMs, sourceFromMs, speed, gain,
  ]); // prettier-ignore
  assert.deepEqual(seen, [
    ['clip', 0, 2000, 0, 1, 0.25],
    ['clip', 2000, 3500, 1000, 2, 0.5],
    ['parent', 0, 1500, 0, 1, 0.9],
    ['sound', 1000, 3500, 500, 1, 0.8],
    ['voiceOver', 2000, 3500, 0, 1, 1.2],
  ]);
});

test('a sound that ends before the video ends there, and a chosen length holds', () => {
  const edit = editOf([clipOf(0, { outMs: 9000 })], { sound });
  const end = (lengthMs: number | null) =>
    soundPlan({ ...edit, sound: { ...sound, lengthMs } }, SOURCES).find(({ of }) => of === 'sound')?.toMs;
  assert.equal(end(null), 3500);
  assert.equal(end(700), 1700);
});

test('what is muted or silent is not planned', () => {
  const silent: Sources = new Map<SourceKey, SourceFacts>([
    ...SOURCES,
    [`upload:${uploadId(1)}`, { ...FACTS, hasAudio: false }],
  ]);
  assert.deepEqual(soundPlan(editOf([clipOf(0, { gain: 0 }), clipOf(1)]), silent), []);
});

test('fades are straight ramps', () => {
  const [, piece] = soundPlan(editOf([clipOf(0), clipOf(1)], { sound }), SOURCES)
    .filter(({ of }) => of !== 'parent')
    .slice(1);
  assert.ok(piece);
  assert.equal(gainAt(piece, 999), 0);
  assert.ok(Math.abs(gainAt(piece, 1050) - 0.4) < 1e-9);
  assert.ok(Math.abs(gainAt(piece, 2000) - 0.8) < 1e-9);
  assert.ok(Math.abs(gainAt(piece, 3400) - 0.4) < 1e-9);
});

test('an edit in order has no problem', () => {
  assert.deepEqual(problemsOf(editOf([clipOf(0)], { sound, texts: [textOf()] }), SOURCES), []);
});

test('every problem is told with its place', () => {
  const codes = (edit: Parameters<typeof problemsOf>[0], maxDurationMs = 60_000) =>
    problemsOf(edit, SOURCES, { maxDurationMs }).map(({ code, where }) => [code, where]);
  assert.deepEqual(codes(editOf([])), [['nothing_to_show', null]]);
  assert.deepEqual(codes(editOf([clipOf(0)]), 1500), [['too_long', null]]);
  assert.deepEqual(codes(editOf([clipOf(0, { outMs: 12_000 })])), [['clip_outside_source', 'c0']]);
  assert.deepEqual(codes(editOf([clipOf(0), clipOf(1, { inMs: 3000 })])), [['clip_backwards', 'c1']]);
  assert.deepEqual(codes(editOf([clipOf(42)])), [['source_missing', 'c42']]);
  assert.deepEqual(codes(editOf([clipOf(0), clipOf(1, { source: { postId } })])), [
    ['clip_outside_source', 'c1'],
    ['stitch_not_first', 'c1'],
  ]);
  const duet = { postId: soundId, layout: 'left' as const, gain: 1 };
  assert.ok(codes(editOf([clipOf(0, { source: { postId } })], { duet })).some(([code]) => code === 'stitch_in_duet'));
  assert.deepEqual(codes(editOf([clipOf(0)], { texts: [textOf({ text: '漢', toMs: 0 })] })), [
    ['text_without_time', 't'],
    ['letters_missing', 't'],
  ]);
  assert.deepEqual(codes(editOf([clipOf(0)], { sound: { ...sound, offsetMs: 3000 } })), [['sound_outside', null]]);
  assert.deepEqual(codes(editOf([clipOf(0)], { duet })), [['parent_missing', null]]);
});
