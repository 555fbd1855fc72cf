import assert from 'node:assert/strict';
import { test } from 'node:test';
import { planLadder } from './ladder.ts';

const sizes = (widthPx: number, heightPx: number) =>
  planLadder({ widthPx, heightPx }).map((rung) => `${rung.widthPx}x${rung.heightPx}`);

test('phone videos get 540, 720 and 1080, whatever way up', () => {
  assert.deepEqual(sizes(1080, 1920), ['540x960', '720x1280', '1080x1920']);
  assert.deepEqual(sizes(3840, 2160), ['960x540', '1280x720', '1920x1080']);
});

test('the top rung has the size of the source, and no other comes close to it', () => {
  assert.deepEqual(sizes(1024, 768), ['720x540', '1024x768']);
  assert.deepEqual(sizes(720, 576), ['720x576']);
  assert.deepEqual(sizes(176, 144), ['176x144']);
});

test('sides are even, at least 16 pixels, and within what decoders take', () => {
  assert.deepEqual(sizes(1, 1), ['16x16']);
  assert.deepEqual(sizes(13, 7), ['30x16']);
  for (const rung of planLadder({ widthPx: 12_000, heightPx: 1080 })) assert.ok(rung.widthPx <= 4096);
});

test('a very long picture has no rung twice', () => {
  assert.equal(new Set(sizes(12_000, 1080)).size, sizes(12_000, 1080).length);
});
