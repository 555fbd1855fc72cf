import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { type GoldenCase, hashesOf, manyTastes } from '@vitrine/ranking';
import { type Kernel, openKernel } from './kernel/open-kernel.ts';

const FIXTURE = join(import.meta.dirname, '../fixtures/rankings.json');
const { cases } = JSON.parse(readFileSync(FIXTURE, 'utf8')) as { cases: GoldenCase[] };
const TASTES = 100;
let chromium: Kernel;

before(async () => {
  chromium = await openKernel();
});
after(async () => chromium.close());

for (const golden of cases) {
  test(`Chromium gives the golden ranking of seed ${golden.seed} to the last digit`, async () => {
    assert.deepEqual(await chromium.golden(golden), golden);
  });
}

test('a hundred different tastes are ranked alike by Node and by Chromium', async () => {
  const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
  const span = { from: 0, to: TASTES };
  const here = hashesOf(manyTastes(3, 1600), span, sha256);
  assert.equal(new Set(here).size, TASTES);
  assert.deepEqual(await chromium.hashes({ seed: 3, posts: 1600, ...span }), here);
});

test('a whole receipt is run again by Chromium: thousands of numbers, none differs', async () => {
  const { compared, differing } = await chromium.receipt({ seed: 3, posts: 600, viewer: 7 });
  assert.ok(compared > 1000);
  assert.equal(differing, 0);
});
