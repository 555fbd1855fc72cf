import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { chooseShelves } from './sources/choose-shelves.ts';
import { REMOVALS } from './filters/filter.ts';
import { rank, type RankInputs, scoreCandidates } from './rank.ts';
import { type GoldenCase, goldenOf, rankingHash } from './testing/golden.ts';
import { wholeRegionFrom } from './testing/whole-region.ts';
import { TERMS } from './weights/weights.ts';

const FIXTURE = join(import.meta.dirname, '../../../fixtures/rankings.json');
const { cases } = JSON.parse(readFileSync(FIXTURE, 'utf8')) as { cases: GoldenCase[] };
const sha256 = (bytes: Uint8Array) => new Uint8Array(createHash('sha256').update(bytes).digest());
const LEAST_CANDIDATES = 1000;

for (const golden of cases) {
  test(`the golden ranking of seed ${golden.seed} is the same to the last digit`, () => {
    assert.ok(golden.candidates >= LEAST_CANDIDATES);
    assert.deepEqual(goldenOf(golden, sha256), golden);
  });
}

test('one unit more in one weight is another hash', () => {
  const inputs = wholeRegionFrom(1, { posts: 2000, positives: 60 });
  const { taste } = inputs.weights.terms;
  const terms = { ...inputs.weights.terms, taste: { ...taste, weight: taste.weight + 1 } };
  const changed = rank({ ...inputs, weights: { ...inputs.weights, terms } });
  assert.notEqual(rankingHash(changed, sha256), cases[0]!.sha256);
});

/** A golden region, and its ranking with one stage made idle. */
function without(change: (inputs: RankInputs) => RankInputs): { before: number[]; after: number[] } {
  const inputs = wholeRegionFrom(1, { posts: 2000, positives: 60 });
  const posts = (each: RankInputs) => rank(each).order.map(({ post }) => post);
  return { before: posts(inputs), after: posts(change(inputs)) };
}

function numbered(inputs: RankInputs, name: keyof RankInputs['weights']['numbers'], value: number): RankInputs {
  const numbers = { ...inputs.weights.numbers, [name]: { value, reason: 'idle' } };
  return { ...inputs, weights: { ...inputs.weights, numbers } };
}

const STAGES: Record<string, (inputs: RankInputs) => RankInputs> = {
  sources: (inputs) => numbered(inputs, 'shelvesTaken', 12),
  'hydrate (the newer row counts)': (inputs) => ({
    ...inputs,
    shelves: inputs.shelves.map((shelf) => ({ ...shelf, epoch: 13 - shelf.epoch })),
  }),
  filters: (inputs) => ({ ...inputs, taste: { ...inputs.taste, seen: new Map() } }),
  'diversify (limits)': (inputs) => numbered(numbered(inputs, 'perTagInTen', 10), 'perCreatorInTen', 10),
  'diversify (likeness)': (inputs) => numbered(inputs, 'similarityWeight', 0),
  'select (new posts)': (inputs) => numbered(inputs, 'freshInTen', 0),
  'select (followed creators)': (inputs) => numbered(inputs, 'followedInTen', 0),
};

for (const [stage, change] of Object.entries(STAGES)) {
  test(`a golden region moves posts by ${stage}`, () => {
    const { before, after } = without(change);
    assert.notDeepEqual(after, before);
  });
}

test('a golden region has every removal, every part of a score, and a shelf that is not read', () => {
  const inputs = wholeRegionFrom(1, { posts: 2000, positives: 60 });
  const { order, reasons, removed } = rank(inputs);
  assert.deepEqual([...new Set(removed.map(({ code }) => code))].sort(), [...REMOVALS].sort());
  assert.deepEqual(new Set(reasons.flatMap(({ parts }) => parts.map(({ term }) => term))), new Set(TERMS));
  assert.ok(order.some(({ passed }) => passed.length > 0) && order.some(({ penalty }) => penalty > 0));
  const { viewer } = scoreCandidates(inputs);
  assert.equal(chooseShelves(inputs.heads, viewer.profile, inputs.weights).length, 8);
});

for (const term of TERMS) {
  test(`the part ${term} moves posts of a golden region`, () => {
    const { before, after } = without((inputs) => {
      const terms = { ...inputs.weights.terms, [term]: { weight: 0, under5: 0, under20: 0, reason: 'idle' } };
      return { ...inputs, weights: { ...inputs.weights, terms } };
    });
    assert.notDeepEqual(after, before);
  });
}
