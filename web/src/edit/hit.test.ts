import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { StickerLayer } from '@vitrine/edit';
import { hitAt, snappedAngle, stretchOf } from './hit.ts';

function sticker(id: string, box: StickerLayer['box'], rotationDegrees = 0): StickerLayer {
  return { kind: 'sticker', id, file: '1f600', box, rotationDegrees };
}

test('the uppermost of two that overlap is taken', () => {
  const layers = [
    sticker('below', { x: 0, y: 0, width: 100, height: 100 }),
    sticker('above', { x: 50, y: 50, width: 100, height: 100 }),
  ];
  assert.equal(hitAt(layers, { x: 75, y: 75 }, 0)?.id, 'above');
  assert.equal(hitAt(layers, { x: 20, y: 20 }, 0)?.id, 'below');
  assert.equal(hitAt(layers, { x: 20, y: 140 }, 0), undefined);
});

test('a turned layer is taken where it is seen', () => {
  const upright = sticker('a', { x: 0, y: 40, width: 200, height: 20 });
  const turned = { ...upright, rotationDegrees: 90 };
  assert.equal(hitAt([upright], { x: 100, y: 140 }, 0), undefined);
  assert.equal(hitAt([turned], { x: 100, y: 140 }, 0)?.id, 'a');
  assert.equal(hitAt([turned], { x: 10, y: 50 }, 0), undefined);
});

test('a corner pulled outwards and around scales and turns', () => {
  const { factor, degrees } = stretchOf({ x: 0, y: 0 }, { x: 10, y: 0 }, { x: 0, y: 20 });
  assert.equal(factor, 2);
  assert.ok(Math.abs(degrees - 90) < 1e-9);
});

test('an angle near upright becomes upright and none leaves the half turns', () => {
  assert.deepEqual([2, 92, 181, 359, 45, -178].map(snappedAngle), [0, 90, -180, 0, 45, -180]);
});
