import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Rendition } from '@vitrine/schema';
import { pickRendition } from './rendition.ts';

const copy = (heightPx: number, bitrateBps: number): Rendition => ({
  heightPx,
  widthPx: (heightPx * 9) / 16,
  codec: 'avc1',
  bitrateBps,
  sizeBytes: 1,
  headBytes: 1,
  url: `/${heightPx}`,
});
const ladder = [copy(1920, 4_000_000), copy(1280, 2_000_000), copy(960, 900_000)];
const height = (now: Parameters<typeof pickRendition>[1]): number => pickRendition(ladder, now).heightPx;

test('an unknown network gets the lowest copy', () =>
  assert.equal(height({ throughputBps: undefined, shownPx: 2532, savesData: false }), 960));
test('a fast network and a tall window get the highest copy', () =>
  assert.equal(height({ throughputBps: 20_000_000, shownPx: 2532, savesData: false }), 1920));
test('a window that cannot show more gets no taller copy', () =>
  assert.equal(height({ throughputBps: 20_000_000, shownPx: 844, savesData: false }), 960));
test('a network that carries a copy only just gets the one below', () =>
  assert.equal(height({ throughputBps: 2_500_000, shownPx: 2532, savesData: false }), 960));
test('data saver wins over a fast network', () =>
  assert.equal(height({ throughputBps: 20_000_000, shownPx: 2532, savesData: true }), 960));
