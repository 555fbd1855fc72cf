import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { namesTag, readRange } from './byte-range.ts';

test('a range within the file is served as asked', () => {
  assert.deepEqual(readRange('bytes=0-0', 10), { kind: 'part', range: { start: 0, end: 0 } });
  assert.deepEqual(readRange('bytes=3-', 10), { kind: 'part', range: { start: 3, end: 9 } });
  assert.deepEqual(readRange('bytes=-4', 10), { kind: 'part', range: { start: 6, end: 9 } });
  assert.deepEqual(readRange('bytes=-99', 10), { kind: 'part', range: { start: 0, end: 9 } });
  assert.deepEqual(readRange('bytes=5-99', 10), { kind: 'part', range: { start: 5, end: 9 } });
});

test('a range behind the end, and the last nothing bytes, cannot be served', () => {
  assert.deepEqual(readRange('bytes=10-', 10), { kind: 'none' });
  assert.deepEqual(readRange('bytes=-0', 10), { kind: 'none' });
});

test('what is not one byte range is answered with the whole', () => {
  for (const header of [
    undefined,
    '',
    'bytes=-',
    'bytes=5-3',
    'bytes=0-1,4-5',
    'seconds=0-1',
    'bytes=a-b',
    'bytes=1-2x',
  ]) {
    assert.deepEqual(readRange(header, 10), { kind: 'whole' }, String(header));
  }
});

test('no header ever yields bytes outside the file', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.tuple(fc.nat(), fc.nat()).map(([a, b]) => `bytes=${a}-${b}`),
      ),
      fc.integer({ min: 1, max: 5000 }),
      (header, size) => {
        const wanted = readRange(header, size);
        if (wanted.kind !== 'part') return true;
        return wanted.range.start >= 0 && wanted.range.start <= wanted.range.end && wanted.range.end < size;
      },
    ),
  );
});

test('a tag is found in a list, weak or strong, and by the star', () => {
  assert.ok(namesTag('"a", W/"b"', '"b"'));
  assert.ok(namesTag('*', '"b"'));
  assert.ok(!namesTag('"a"', '"b"'));
  assert.ok(!namesTag(undefined, '"b"'));
});
