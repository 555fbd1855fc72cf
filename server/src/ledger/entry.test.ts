import assert from 'node:assert/strict';
import { test } from 'node:test';
import { entryText } from './entry.ts';

const AT = new Date('2026-11-22T11:45:59.999Z');

test('an entry is canonical JSON with the UTC minute, not the second', () => {
  const text = entryText({ t: 'decision', body: { category: 'STATEMENT_CATEGORY_VIOLENCE' } }, AT, 'r1');
  assert.equal(
    text,
    '{"at":"2026-11-22T11:45Z","body":{"category":"STATEMENT_CATEGORY_VIOLENCE"},"region":"r1","t":"decision","v":1}',
  );
});

test('an entry that takes another back names its index', () => {
  assert.match(entryText({ t: 'decision.lift', body: {}, prev: 7 }, AT, 'r1'), /"prev":7/);
});

for (const [what, value] of [
  ['an id', '01932f5e-0000-7000-8000-000000000000'],
  ['a handle', '@ada'],
  ['an address', 'https://example.org'],
  ['an exact time', '11:45:59'],
  ['free text', 'he said so'],
] as const) {
  test(`an entry with ${what} is refused`, () => {
    assert.throws(() => entryText({ t: 'decision', body: { value } }, AT, 'r1'), new RegExp(`${what} must not`));
  });
}

test('an entry over 4 KiB is refused', () => {
  assert.throws(() => entryText({ t: 'decision', body: { value: 'x'.repeat(4096) } }, AT, 'r1'), /4096 bytes/);
});
