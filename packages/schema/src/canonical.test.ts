import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { canonicalBytes, canonicalText, type JsonValue } from './canonical.ts';

interface Vector {
  name: string;
  json: string;
  hex: string;
}
const golden: { vectors: Vector[] } = JSON.parse(
  readFileSync(new URL('../../../fixtures/canonical-json.json', import.meta.url), 'utf8'),
);

for (const vector of golden.vectors) {
  test(`canonical bytes, golden vector: ${vector.name}`, () => {
    const bytes = canonicalBytes(JSON.parse(vector.json) as JsonValue);
    assert.equal(Buffer.from(bytes).toString('hex'), vector.hex);
  });
}

test('the canonical text does not depend on the order in which members were set', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string({ unit: 'grapheme' }), fc.jsonValue({ maxDepth: 3 })), (record) => {
      const turned = Object.fromEntries(Object.entries(record).reverse());
      assert.equal(canonicalText(turned as JsonValue), canonicalText(record as JsonValue));
    }),
  );
});

test('the canonical text reads back as the same value', () => {
  fc.assert(
    fc.property(fc.jsonValue({ maxDepth: 4, noUnicodeString: false }), (value) => {
      const text = canonicalText(value as JsonValue);
      assert.equal(canonicalText(JSON.parse(text) as JsonValue), text);
    }),
  );
});

test('what JSON has no form for is refused', () => {
  assert.throws(() => canonicalText(Number.NaN), /NaN/);
  assert.throws(() => canonicalText([Number.POSITIVE_INFINITY]), /infinity/);
  assert.throws(() => canonicalText('\ud83d'), /surrogate/);
  assert.throws(() => canonicalText({ gone: undefined as unknown as JsonValue }), /undefined/);
});
