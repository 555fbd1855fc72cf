import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { COMPLAINT_REASONS } from '@vitrine/schema';

test('the form offers the contract’s reasons, all of them, in its order', () => {
  const source = readFileSync(new URL('./ComplaintScreen.tsx', import.meta.url), 'utf8');
  const list = /REASONS: [^=]*= \[([^\]]*)\]/.exec(source)?.[1] ?? '';
  assert.deepEqual(
    [...list.matchAll(/'(\w+)'/g)].map((found) => found[1]),
    [...COMPLAINT_REASONS],
  );
});
