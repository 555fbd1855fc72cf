import assert from 'node:assert/strict';
import { test } from 'node:test';
import { WEIGHTS } from './first.ts';
import { readWeights } from './read.ts';

const copy = () => structuredClone(WEIGHTS);

test("the region's own file is read as it is", () => {
  assert.deepEqual(readWeights(JSON.parse(JSON.stringify(WEIGHTS))), WEIGHTS);
});

test('a file with an unknown member, a fraction, a missing part or too much weight is refused with what is wrong', () => {
  assert.throws(() => readWeights({ ...copy(), favourite: 1 }), /holds favourite/);
  const fraction = copy();
  fraction.terms.taste.weight = 0.5;
  assert.throws(() => readWeights(fraction), /no whole number/);
  const lacking = copy() as { terms: Record<string, unknown> };
  delete lacking.terms['near'];
  assert.throws(() => readWeights(lacking), /lacks near/);
  const heavy = copy();
  heavy.terms.trend1d.weight = 300_000;
  assert.throws(() => readWeights(heavy), /trend1d/);
  const wide = copy();
  wide.numbers.shelvesTaken.value = 1000;
  assert.throws(() => readWeights(wide), /at most 16/);
  for (const nothing of [null, 1, 'x', [], {}]) assert.throws(() => readWeights(nothing));
});

test('no word of it names a person, a post or a page', () => {
  for (const reason of ['see @anna', 'https://a.example', 'like 01932f5e-0000-7000-8000-000000000000', '/@a/post/1']) {
    const named = copy();
    named.terms.taste.reason = reason;
    assert.throws(() => readWeights(named), /name a person, a post or a page/);
  }
});
