import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Card } from '@vitrine/schema';
import type { Watched } from '../watch/watched.ts';
import { watchTold } from './watch-told.ts';

const seen = (card: Partial<Card>, more: Partial<Watched>): Watched => ({
  card: { publicNumber: 1, kind: 'video', durationMs: 60_000, mayStandInChunk: true, ...card } as Card,
  watchedMs: 0,
  loops: 0,
  photosSeen: 0,
  isOver: true,
  ...more,
});
const photos = (count: number): Partial<Card> => ({ kind: 'photos', durationMs: 0, photos: Array(count).fill({}) });

test('eight tenths, a loop, eighteen seconds or a like make a video a positive', () => {
  const isPositive = (more: Partial<Watched>, card: Partial<Card> = {}): boolean | undefined =>
    watchTold(seen(card, more))?.isPositive;
  assert.equal(isPositive({ watchedMs: 8000 }, { durationMs: 10_000 }), true);
  assert.equal(isPositive({ watchedMs: 7000 }, { durationMs: 10_000 }), false);
  assert.equal(isPositive({ watchedMs: 18_000 }), true);
  assert.equal(isPositive({ watchedMs: 17_000 }), false);
  assert.equal(isPositive({ watchedMs: 100, loops: 1 }), true);
  assert.equal(isPositive({ watchedMs: 3000 }, { viewer: { hasLiked: true } as Card['viewer'] & object }), true);
});

test('a photo post is a view from two seconds on, and a positive when most of it was looked at', () => {
  const told = (count: number, photosSeen: number, watchedMs: number) =>
    watchTold(seen(photos(count), { photosSeen, watchedMs }));
  assert.equal(told(1, 1, 1500)?.isSkip, true);
  assert.deepEqual([told(1, 1, 2000)?.isSkip, told(1, 1, 2000)?.isPositive], [false, false]);
  assert.equal(told(1, 1, 4000)?.isPositive, true);
  assert.equal(told(5, 2, 12_000)?.isPositive, false, 'most of the photos never came into view');
  assert.equal(told(5, 5, 3000)?.isPositive, false, 'flicked through');
  assert.equal(told(5, 4, 9000)?.isPositive, true);
  assert.equal(told(5, 5, 30_000)?.outcomeBucket, 9);
});
