import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cropOf, zoomOf } from './crop.ts';

test('a view becomes a crop and is the same view again', () => {
  for (const view of [
    { zoom: 2, x: 0, y: 1 },
    { zoom: 1.5, x: 0.25, y: 0.5 },
  ]) {
    const again = zoomOf(cropOf(view));
    for (const name of ['zoom', 'x', 'y'] as const) assert.ok(Math.abs(again[name] - view[name]) < 1e-9);
  }
});

test('without zoom the whole picture is shown', () => {
  assert.equal(cropOf({ zoom: 1, x: 0.2, y: 0.9 }), null);
  assert.deepEqual(zoomOf(null), { zoom: 1, x: 0.5, y: 0.5 });
});
