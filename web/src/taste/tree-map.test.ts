import assert from 'node:assert/strict';
import { test } from 'node:test';
import { treeMap } from './tree-map.ts';

test('areas are in proportion to shares', () => {
  const shares = [31, 18, 14, 11, 8, 7, 6, 5];
  const areas = treeMap(shares).flatMap(({ heightShare, tiles }) =>
    tiles.map(({ widthShare }) => heightShare * widthShare),
  );
  assert.equal(areas.length, shares.length);
  for (const [i, area] of areas.entries()) assert.ok(Math.abs(area - shares[i]! / 100) < 1e-9, `${i}: ${area}`);
});

test('one share takes all, none makes no rows', () => {
  assert.deepEqual(treeMap([5]), [{ heightShare: 1, tiles: [{ index: 0, widthShare: 1 }] }]);
  assert.deepEqual(treeMap([]), []);
});
