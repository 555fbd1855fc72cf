import assert from 'node:assert/strict';
import { test } from 'node:test';
import { holdsUnkeepable } from './unkeepable.ts';

test('character 0 and halves of surrogate pairs are found in texts and names, wherever they stand', () => {
  for (const bad of ['\0', '\ud800', '\udc00']) {
    assert.equal(holdsUnkeepable({ a: ['b', { c: `d${bad}` }] }), true);
    assert.equal(holdsUnkeepable({ [`a${bad}`]: 1 }), true);
    assert.equal(holdsUnkeepable(bad), true);
  }
  assert.equal(holdsUnkeepable({ a: ['b', 1, null, true, '👩‍👩‍👧‍👦'] }), false);
  assert.equal(holdsUnkeepable(undefined), false);
});

test('a value of any depth is looked through', () => {
  let value: unknown = 'end\0';
  for (let level = 0; level < 100_000; level++) value = [value];
  assert.equal(holdsUnkeepable(value), true);
});
