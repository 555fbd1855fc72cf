import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planLadder } from './ladder.ts';

const sizes = (widthPx: number, heightPx: number): string[] =>
  planLadder({ widthPx, heightPx }).map((rung) => `${rung.widthPx}x${rung.heightPx}`);

test('a portrait phone clip gets three rungs by its short side', () => {
  assert.deepEqual(sizes(1080, 1920), ['540x960', '720x1280', '1080x1920']);
});

test('a landscape clip gets the same rungs lying', () => {
  assert.deepEqual(sizes(1920, 1080), ['960x540', '1280x720', '1920x1080']);
});

test('a small clip keeps its size and is never enlarged', () => {
  assert.deepEqual(sizes(320, 240), ['320x240']);
});

test('a tiny clip reaches the sixteen pixels that players need', () => {
  assert.deepEqual(sizes(1, 1), ['16x16']);
  assert.deepEqual(sizes(13, 7), ['30x16']);
});

test('odd sides become even', () => {
  for (const size of sizes(427, 241)) assert.ok(size.split('x').every((side) => Number(side) % 2 === 0));
});

test('a panorama stays within what phones decode', () => {
  for (const rung of planLadder({ widthPx: 16_000, heightPx: 1080 })) {
    assert.ok(Math.max(rung.widthPx, rung.heightPx) <= 4096);
    assert.ok(Math.ceil(rung.widthPx / 16) * Math.ceil(rung.heightPx / 16) <= 22_080);
  }
  assert.equal(sizes(2560, 1080).at(-1), '2560x1080');
});
