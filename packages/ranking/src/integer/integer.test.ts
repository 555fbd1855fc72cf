import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LN_FINE, lnFine, lnRatio } from './logarithm.ts';
import { squareRoot } from './square-root.ts';
import { floorDiv, roundDiv, truncDiv, whole, within } from './whole.ts';

const LARGEST = Number.MAX_SAFE_INTEGER;
const anyWhole = fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.maxSafeInteger());

test('divisions agree with big integers for every sign', () => {
  fc.assert(
    fc.property(
      anyWhole,
      fc.oneof(fc.integer({ min: 1, max: 70_000 }), fc.integer({ min: 1, max: LARGEST })),
      (a, b) => {
        const quotient = BigInt(a) / BigInt(b);
        assert.equal(BigInt(truncDiv(a, b)), quotient);
        const isBelow = a < 0 && BigInt(a) % BigInt(b) !== 0n;
        assert.equal(BigInt(floorDiv(a, b)), isBelow ? quotient - 1n : quotient);
      },
    ),
  );
  for (const a of [2 ** 31 - 1, -(2 ** 31), 2 ** 31, -(2 ** 31) - 1, 0]) {
    for (const b of [1, 2, 3, 256, 2 ** 31 - 1, 2 ** 31]) {
      assert.equal(BigInt(truncDiv(a, b)), BigInt(a) / BigInt(b), `${a} / ${b}`);
      assert.equal(floorDiv(a, b), Math.floor(a / b), `${a} / ${b}`);
    }
  }
  assert.ok(Object.is(truncDiv(-1, 5), 0), 'no minus zero');
  assert.deepEqual([roundDiv(5, 2), roundDiv(-5, 2), roundDiv(7, 3), roundDiv(-7, 3)], [3, -2, 2, -2]);
});

test('the square root is the largest whole number whose square fits, up to 2^53', () => {
  const check = (value: number) => {
    const root = BigInt(squareRoot(value));
    assert.ok(root * root <= BigInt(value) && (root + 1n) * (root + 1n) > BigInt(value), String(value));
  };
  for (const value of [0, 1, 2, 3, 4, 8, 9, LARGEST, LARGEST - 1, 94_906_265 ** 2, 94_906_265 ** 2 - 1]) check(value);
  fc.assert(fc.property(fc.integer({ min: 0, max: LARGEST }), check));
  assert.throws(() => squareRoot(-1), RangeError);
  assert.throws(() => squareRoot(2.5), RangeError);
});

test('logarithms stay within three units of 2^-20 of the true ones, and never fall', () => {
  const check = (x: number) => assert.ok(Math.abs(lnFine(x) - Math.log(x) * LN_FINE) <= 3, `${x}: ${lnFine(x)}`);
  for (let k = 0; k < 53; k += 1) for (const x of [2 ** k, 2 ** k + 1, 2 ** (k + 1) - 1]) check(x);
  fc.assert(fc.property(fc.integer({ min: 1, max: LARGEST }), check), { numRuns: 2000 });
  for (let x = 1; x < 20_000; x += 1) assert.ok(lnFine(x + 1) >= lnFine(x), String(x));
  assert.equal(lnRatio(1, 1), 0);
  assert.equal(lnRatio(2, 1), 177);
  assert.throws(() => lnFine(0), RangeError);
});

test('the guards refuse fractions, infinities and what leaves its bound', () => {
  for (const bad of [0.5, Number.NaN, Infinity, 2 ** 53]) assert.throws(() => whole(bad, 'it'), RangeError);
  assert.throws(() => within(11, 10, 'it'), RangeError);
  assert.equal(within(-10, 10, 'it'), -10);
});
