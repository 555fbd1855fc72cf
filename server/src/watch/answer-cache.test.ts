import assert from 'node:assert/strict';
import { test } from 'node:test';
import { heldWorld } from '../testing/region.ts';
import { answerCache, countChanges } from './answer-cache.ts';

test('whoever asks for ever other answers fills no more than so much memory', async () => {
  const cache = answerCache<string>(heldWorld('2026-11-22T10:00:00Z'), countChanges());
  for (let each = 0; each < 40; each += 1) await cache.get(`cards ${each}`, async () => 'c'.repeat(1024 * 1024));
  const kept = Array.from({ length: 40 }, (_, each) => cache.peek(`cards ${each}`)).filter(
    (text) => text !== undefined,
  );
  assert.equal(kept.length, 16);
  assert.ok(cache.peek('cards 39') !== undefined, 'the newest are kept');
});
