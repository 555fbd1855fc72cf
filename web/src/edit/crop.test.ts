import assert from 'node:assert/strict';
import { test } from 'node:test';
import { cropOf, cropOfFrame, framingOf, moved, pinched, pulled, zoomOf } from './crop.ts';

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

const PLACE = { x: 0, y: 0, width: 540, height: 960 };
const LYING = { widthPx: 1920, heightPx: 1080 };

test('a picture that fills the frame is cropped in the shape of the frame', () => {
  const { seen, whole, shape } = framingOf({ crop: null, fit: 'cover' }, LYING, PLACE);
  assert.deepEqual(seen, whole);
  assert.equal(cropOfFrame(seen, whole), null);
  const smaller = pulled({ seen, shape }, { isRight: true, isBottom: true }, { x: -0.1, y: -0.4 });
  assert.ok(Math.abs(smaller.width / smaller.height - (shape ?? 0)) < 1e-9);
  assert.deepEqual([smaller.x, smaller.y], [seen.x, seen.y]);
  assert.deepEqual(
    framingOf({ crop: cropOfFrame(smaller, whole), fit: 'cover' }, LYING, PLACE).seen.width,
    smaller.width,
  );
});

test('a picture that is shown whole is cropped to any shape, never beyond its edges', () => {
  const { seen, shape } = framingOf({ crop: null, fit: 'contain' }, LYING, PLACE);
  const part = pulled({ seen, shape }, { isRight: false, isBottom: false }, { x: 0.5, y: 0.25 });
  assert.deepEqual(part, { x: 0.5, y: 0.25, width: 0.5, height: 0.75 });
  assert.deepEqual(moved(part, { x: 1, y: -1 }), { x: 0.5, y: 0, width: 0.5, height: 0.75 });
  assert.deepEqual(pulled({ seen: part, shape }, { isRight: true, isBottom: true }, { x: 3, y: 3 }), part);
});

test('two fingers come nearer and go away again, around the middle', () => {
  const near = pinched({ x: 0, y: 0, width: 1, height: 1 }, 2);
  assert.deepEqual(near, { x: 0.25, y: 0.25, width: 0.5, height: 0.5 });
  assert.deepEqual(pinched(near, 0.01), { x: 0, y: 0, width: 1, height: 1 });
  assert.equal(pinched(near, 100).width, 0.25);
});

test('a slider keeps the shape that was pulled', () => {
  const before = { x: 0, y: 0, width: 0.4, height: 0.8 };
  const after = cropOf({ ...zoomOf(before), zoom: 2 }, before);
  assert.deepEqual([after?.width, after?.height], [0.25, 0.5]);
});
