import assert from 'node:assert/strict';
import { test } from 'node:test';
import { boundedCrop, cropOf } from './crop.ts';

const wide = { width: 1000, height: 500 };

test('the largest square of a wide picture is as high as it', () => {
  assert.deepEqual(cropOf(wide, { centreX: 0.5, centreY: 0.5, zoom: 1 }), { x: 250, y: 0, side: 500 });
});

test('a crop never leaves the picture', () => {
  for (const zoom of [1, 1.7, 4]) {
    for (const [centreX, centreY] of [
      [-3, -3],
      [9, 9],
      [0, 1],
      [0.5, 0.5],
    ] as const) {
      const { x, y, side } = cropOf(wide, boundedCrop(wide, { centreX, centreY, zoom }));
      assert.ok(
        x >= -1e-9 && y >= -1e-9 && x + side <= 1000 + 1e-9 && y + side <= 500 + 1e-9,
        `${centreX} ${centreY} ${zoom}`,
      );
    }
  }
});
