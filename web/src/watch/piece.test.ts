import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readFragments } from './fragments.ts';
import { nextPiece } from './piece.ts';

/** A header of 20 bytes, then an index of fragments of a second each. */
function headOf(sizes: readonly number[]): Uint8Array {
  const index = new DataView(new ArrayBuffer(32 + sizes.length * 12));
  index.setUint32(0, index.byteLength);
  index.setUint32(4, 0x73_69_64_78);
  index.setUint32(16, 1000);
  index.setUint16(30, sizes.length);
  for (const [place, size] of sizes.entries()) {
    index.setUint32(32 + place * 12, size);
    index.setUint32(36 + place * 12, 1000);
  }
  const head = new Uint8Array(20 + index.byteLength);
  head[3] = 20;
  head.set(new Uint8Array(index.buffer), 20);
  return head;
}

const SIZES = [100, 200, 300, 400, 500, 600];
const fragments = readFragments(headOf(SIZES)) ?? [];
const first = fragments[0]?.startByte ?? 0;
const stand = { headBytes: first + 100, sizeBytes: first + 2100, fragments };

test('the index says where each second lies', () => {
  assert.equal(first, 20 + 32 + SIZES.length * 12);
  assert.deepEqual(fragments.at(-1), { startMs: 5000, endMs: 6000, startByte: first + 1500, endByte: first + 2100 });
  assert.equal(readFragments(headOf(SIZES).subarray(0, 60)), undefined);
});

test('the head comes first and in one piece; a broken one is gone on with', () => {
  const unknown = { ...stand, fragments: undefined, heldToMs: 0 };
  assert.deepEqual(nextPiece({ ...unknown, nextByte: 0 }, 1000), { start: 0, end: stand.headBytes, jumps: false });
  assert.deepEqual(nextPiece({ ...unknown, nextByte: 7 }, 1000), { start: 7, end: stand.headBytes, jumps: false });
});

test('whole fragments follow, up to the wanted moment', () => {
  const after = { ...stand, nextByte: stand.headBytes, heldToMs: 980 };
  assert.deepEqual(nextPiece(after, 2500), { start: first + 100, end: first + 600, jumps: false });
  assert.deepEqual(nextPiece({ ...after, nextByte: first + 150 }, 1500), {
    start: first + 150,
    end: first + 300,
    jumps: false,
  });
});

test('a jump along the bar fetches from the fragment there; at the end there is nothing more', () => {
  const far = { ...stand, nextByte: stand.headBytes, heldToMs: 4200 };
  assert.deepEqual(nextPiece(far, 5200), { start: first + 1000, end: first + 2100, jumps: true });
  assert.equal(nextPiece({ ...stand, nextByte: stand.sizeBytes, heldToMs: 5950 }, 9000), undefined);
});
