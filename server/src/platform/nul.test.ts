import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holdsNul } from './nul.ts';

test('character 0 is found in texts and names, wherever they stand', () => {
  assert.equal(holdsNul({ a: ['b', { c: 'd\0' }] }), true);
  assert.equal(holdsNul({ 'a\0': 1 }), true);
  assert.equal(holdsNul('\0'), true);
  assert.equal(holdsNul({ a: ['b', 1, null, true] }), false);
  assert.equal(holdsNul(undefined), false);
});

test('a value of any depth is looked through', () => {
  let value: unknown = 'end\0';
  for (let level = 0; level < 100_000; level++) value = [value];
  assert.equal(holdsNul(value), true);
});
