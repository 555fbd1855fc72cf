import assert from 'node:assert/strict';
import { test } from 'node:test';
import { displayedSize, readOrientation } from './orientation.ts';

const matrix = (a: number, b: number, c: number, d: number): Buffer => {
  const bytes = Buffer.alloc(36);
  [a, b, 0, c, d, 0, 0, 0, 0].forEach((value, n) => bytes.writeInt32LE(value * 65_536, n * 4));
  return bytes;
};

test('the four turns are read from the display matrix', () => {
  const turns = [matrix(1, 0, 0, 1), matrix(0, 1, -1, 0), matrix(-1, 0, 0, -1), matrix(0, -1, 1, 0)];
  assert.deepEqual(
    turns.map((bytes) => readOrientation(bytes)),
    [0, 1, 2, 3].map((quarterTurns) => ({ isMirrored: false, quarterTurns })),
  );
});

test('a mirrored picture is told from a turned one', () => {
  assert.deepEqual(readOrientation(matrix(-1, 0, 0, 1)), { isMirrored: true, quarterTurns: 0 });
  assert.deepEqual(readOrientation(matrix(1, 0, 0, -1)), { isMirrored: true, quarterTurns: 2 });
});

test('a missing matrix means upright', () => {
  assert.deepEqual(readOrientation(null), { isMirrored: false, quarterTurns: 0 });
});

test('wide pixels become square, and a turn swaps the sides', () => {
  const upright = readOrientation(null);
  const coded = { widthPx: 640, heightPx: 480 };
  assert.deepEqual(displayedSize(coded, [{ num: 16, den: 9 }], upright), { widthPx: 1138, heightPx: 480 });
  assert.deepEqual(displayedSize(coded, [], { isMirrored: false, quarterTurns: 1 }), { widthPx: 480, heightPx: 640 });
});

test('an absurd pixel aspect is taken for a mistake', () => {
  assert.deepEqual(displayedSize({ widthPx: 64, heightPx: 64 }, [{ num: 65_535, den: 1 }], readOrientation(null)), {
    widthPx: 64,
    heightPx: 64,
  });
});
