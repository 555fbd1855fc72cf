import assert from 'node:assert/strict';
import { test } from 'node:test';
import { applyFilter, FILTER_MATRICES, FILTER_NAMES, svgMatrix } from './filters.ts';

test('no filter leaves colours as they are', () => {
  assert.deepEqual(applyFilter('none', [0.2, 0.5, 0.9]), [0.2, 0.5, 0.9]);
});

test('grey filters give grey', () => {
  const [red, green, blue] = applyFilter('mono', [0.9, 0.1, 0.4]);
  assert.ok(Math.abs(red - green) < 1e-9 && Math.abs(green - blue) < 1e-9);
});

test('every filter changes a colour, and differs from the others', () => {
  const seen = FILTER_NAMES.map((name) =>
    applyFilter(name, [0.8, 0.4, 0.3])
      .map((value) => value.toFixed(3))
      .join(),
  );
  assert.equal(new Set(seen).size, FILTER_NAMES.length);
});

test('the SVG matrix says the same numbers', () => {
  const values = svgMatrix('warm').split(' ').map(Number);
  assert.equal(values.length, 20);
  assert.deepEqual(values.slice(0, 3), FILTER_MATRICES.warm[0].slice(0, 3));
  assert.equal(values[4], FILTER_MATRICES.warm[0][3]);
});
