import assert from 'node:assert/strict';
import { test } from 'node:test';
import { retentionBars, viewBars } from './bars.ts';

test('a day on which nothing changed goes on with the number before', () => {
  const days = [
    { day: '2026-11-20', views: 20, retention: [] },
    { day: '2026-11-22', views: 45, retention: [] },
  ];
  assert.deepEqual(viewBars(days), [
    { key: '2026-11-20', value: 20 },
    { key: '2026-11-21', value: 20 },
    { key: '2026-11-22', value: 45 },
  ]);
  assert.deepEqual(viewBars([]), []);
});

test('tenths are shares of those who began; too few stay untold', () => {
  assert.deepEqual(
    retentionBars([40, 30, null]).map(({ value }) => value),
    [100, 75, null],
  );
});
