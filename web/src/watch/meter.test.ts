import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Card } from '@vitrine/schema';
import { createMeter } from './meter.ts';
import { onWatched, type Watched } from './watched.ts';

const card = (id: string, durationMs = 10_000): Card => ({ id, durationMs }) as Card;

/** What a meter tells of a video that stood at these positions (ms), looked at four times a second. */
function told(positions: readonly number[], durationMs?: number): Watched {
  const heard: Watched[] = [];
  const off = onWatched((watched) => heard.push(watched));
  heard.length = 0;
  const meter = createMeter();
  meter.begin(card('a', durationMs));
  for (const position of positions) meter.look(position);
  meter.begin(card('b'));
  off();
  const over = heard.filter(({ isOver }) => isOver);
  assert.equal(over.length, 1);
  return over[0]!;
}

const played = (from: number, to: number): number[] =>
  Array.from({ length: (to - from) / 250 + 1 }, (_, step) => from + step * 250);

test('what was played is counted', () => {
  assert.equal(told(played(0, 4000)).watchedMs, 4000);
});

test('a video watched to its end is told at once, and once more when it is over', () => {
  const heard: Watched[] = [];
  const off = onWatched((watched) => heard.push(watched));
  heard.length = 0;
  const meter = createMeter();
  meter.begin(card('a'));
  for (const position of [...played(0, 9750), ...played(0, 9750)]) meter.look(position);
  assert.deepEqual(
    heard.map(({ isOver }) => isOver),
    [false],
  );
  meter.end();
  off();
  assert.deepEqual(
    heard.map(({ isOver, loops }) => [isOver, loops]),
    [
      [false, 0],
      [true, 1],
    ],
  );
});

test('a jump along the bar is not watching', () => {
  assert.equal(told([...played(0, 1000), ...played(8000, 9000)]).watchedMs, 2000);
  assert.equal(told([...played(0, 5000), ...played(1000, 2000)]).watchedMs, 6000);
});

test('a loop counts as one, and its time to the end', () => {
  const { loops, watchedMs } = told([...played(0, 9750), ...played(0, 2000)]);
  assert.equal(loops, 1);
  assert.equal(watchedMs, 12_000);
});

test('the same video shown again is the same watch; another one ends it; the end of the page ends it', () => {
  const heard: string[] = [];
  const off = onWatched(({ card: { id } }) => heard.push(id));
  heard.length = 0;
  const meter = createMeter();
  meter.begin(card('a'));
  meter.begin(card('a'));
  assert.deepEqual(heard, []);
  meter.begin(card('b'));
  meter.end();
  meter.end();
  off();
  assert.deepEqual(heard, ['a', 'b']);
});

test('who listens later hears of what was watched before', () => {
  const meter = createMeter();
  meter.begin(card('early'));
  meter.end();
  const heard: string[] = [];
  onWatched(({ card: { id } }) => heard.push(id))();
  assert.equal(heard.at(-1), 'early');
});

test('photos are measured by the time in view and by how many of them were', () => {
  const heard: Watched[] = [];
  const off = onWatched((watched) => heard.push(watched));
  heard.length = 0;
  const meter = createMeter();
  meter.begin({ id: 'p', kind: 'photos', photos: [{}, {}, {}], durationMs: 0 } as unknown as Card);
  for (const photo of [0, 0, 1]) meter.lookAtPhoto(photo, 500);
  meter.look(4000);
  meter.end();
  for (const { watchedMs, photosSeen, isOver } of heard)
    assert.deepEqual({ watchedMs, photosSeen, isOver }, { watchedMs: 1500, photosSeen: 2, isOver: true });
  off();
  assert.equal(heard.length, 1);
});
