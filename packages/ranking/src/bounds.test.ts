import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { likeness } from './diversify/likeness.ts';
import { rank, type RankInputs, scoreCandidates } from './rank.ts';
import { affinity } from './scorers/affinity.ts';
import { FEATURE_BOUND } from './scorers/viewer.ts';
import { splitTaste } from './receipt/reasons.ts';
import { DIMENSIONS, emptyRows } from './shelf/rows.ts';
import { markSeen } from './taste/seen.ts';
import { profileOf, UNIT } from './taste/profile.ts';
import { regionFrom } from './testing/region.ts';
import { wholeRegionFrom } from './testing/whole-region.ts';
import { TERMS, WEIGHT_BOUND, type Weights } from './weights/weights.ts';

const TWO_53 = 2 ** 53;
const counts = fc.constantFrom(0, 1, 5, 20, 100, 400);
const RUNS = { numRuns: 12 };

/** Every weight at the end of its range, all of one sign. */
function heaviest(weights: Weights, sign: 1 | -1): Weights {
  const terms = { ...weights.terms };
  for (const term of TERMS)
    terms[term] = { weight: sign * WEIGHT_BOUND, under5: 0, under20: 0, reason: 'the end of its range' };
  return { ...weights, terms };
}

function atTheEnds(check: (inputs: RankInputs) => void): void {
  fc.assert(
    fc.property(fc.nat(2 ** 31), counts, fc.constantFrom(1, -1), (seed, positives, sign) => {
      const inputs = wholeRegionFrom(seed, { posts: 300, positives, isExtreme: true });
      check({ ...inputs, weights: heaviest(inputs.weights, sign as 1 | -1) });
    }),
    RUNS,
  );
}

test('taste: the vector is of the length it should have or shorter, and the near sums stay below 2^31', () => {
  atTheEnds(({ taste, book, weights }) => {
    const { unit, near, length } = profileOf(taste, book, weights);
    const product = unit.reduce((sum, part) => sum + part * part, 0);
    assert.ok(product <= UNIT * UNIT && length >= 1 && length < 2 ** 26);
    for (const sum of near.values()) assert.ok(Number.isSafeInteger(sum) && sum < 2 ** 31);
  });
});

test('scorers: with the heaviest weights every feature, part and total keeps its bound', () => {
  atTheEnds((inputs) => {
    const { scored } = scoreCandidates(inputs);
    assert.equal(scored.terms.length, TERMS.length);
    assert.ok(scored.features.every((feature) => Math.abs(feature) <= FEATURE_BOUND));
    assert.ok(scored.parts.every((part) => Math.abs(part) <= 2 ** 25));
    const { length } = scored.terms;
    for (const [i, total] of scored.totals.entries()) {
      let sum = 0;
      for (let j = 0; j < length; j += 1) sum += scored.parts[i * length + j]!;
      assert.equal(total, sum, 'no total has left its 32 bits');
    }
  });
});

test('affinities of the rarest and the commonest group stay within the bound of features', () => {
  for (const share of [0, 1, 16, 65_536]) {
    for (const group of [0, 1, 100_000]) {
      assert.ok(Math.abs(affinity({ group, all: 100_000, share, prior: 1_000_000 })) <= FEATURE_BOUND);
      assert.ok(Math.abs(affinity({ group, all: 100_000, share, prior: 1 })) <= FEATURE_BOUND);
    }
  }
});

test('diversify: likeness is a whole number from 0 to 256 at the ends of the range, for vectors of nothing too', () => {
  const rows = emptyRows(4);
  for (const [row, value] of [127, -127, -128, 0].entries()) {
    rows.vectors.fill(value, row * DIMENSIONS, (row + 1) * DIMENSIONS);
  }
  for (let a = 0; a < 4; a += 1) {
    for (let b = 0; b < 4; b += 1) {
      const found = likeness({ post: a, rows, row: a }, { post: b, rows, row: b });
      assert.ok(Number.isInteger(found) && found >= 0 && found <= 256, `${a} ${b}: ${found}`);
    }
  }
});

test('receipt: a taste part at its bound is split without a remainder, below 2^53', () => {
  const vector = new Int8Array(DIMENSIONS).fill(127);
  const shares = Array.from({ length: 100 }, (_, post) => ({ post, weight: 256, vector }));
  const rows = emptyRows(1);
  rows.vectors.fill(-127);
  const profile = {
    ...profileOf(
      regionFrom(1, { posts: 1, positives: 0 }).taste,
      new Map(),
      regionFrom(1, { posts: 1, positives: 0 }).weights,
    ),
    shares,
  };
  assert.ok(256 * 127 * 127 * DIMENSIONS * 2 ** 25 < TWO_53);
  for (const part of [2 ** 25, -(2 ** 25), 1, -1]) {
    const split = splitTaste(profile, { post: 0, rows, row: 0 }, part);
    assert.equal(
      split.reduce((sum, share) => sum + share.part, 0),
      part,
    );
  }
});

test('the whole kernel at the ends of all ranges gives whole numbers alone', () => {
  atTheEnds((inputs) => {
    const { order } = rank(inputs);
    assert.ok(order.length > 0);
    const walk = (value: unknown): void => {
      if (typeof value === 'number') assert.ok(Number.isSafeInteger(value) && !Object.is(value, -0));
      else if (typeof value === 'object' && value !== null) Object.values(value).forEach(walk);
    };
    walk(rank(inputs));
  });
});

test('page after page, what was shown is not shown again, until nothing is left', () => {
  fc.assert(
    fc.property(fc.nat(2 ** 31), (seed) => {
      const inputs = wholeRegionFrom(seed, { posts: 200, positives: 10 });
      const seen = new Map(inputs.taste.seen);
      const shown = new Set<number>();
      for (let page = 0; page < 20; page += 1) {
        const { order } = rank({ ...inputs, taste: { ...inputs.taste, seen }, seed: [seed, page] });
        for (const { post } of order) {
          assert.ok(!shown.has(post), `post ${post} stood on two pages`);
          shown.add(post);
          markSeen(seen, post);
        }
        if (order.length === 0) break;
      }
      const last = rank({ ...inputs, taste: { ...inputs.taste, seen }, seed: [seed, 99] });
      assert.equal(last.order.length, 0);
      assert.ok(shown.size > 30);
    }),
    RUNS,
  );
});

test('the whole score may fall by a watch of the same creator: the taste turns (decision 0007)', () => {
  const inputs = regionFrom(5, { posts: 300, positives: 30 });
  const before = scoreCandidates(inputs);
  const { rows: first } = inputs.shelves[0]!;
  const fell = [7, 8, 9, 10, 11, 12].some((post) => {
    const watched = { post, creator: first.creators[post]!, tags: [], durationMs: 1 };
    const after = scoreCandidates({
      ...inputs,
      taste: { ...inputs.taste, positives: [...inputs.taste.positives, watched] },
    });
    return before.kept.some((place, i) => {
      const shelf = before.candidates.shelves[place]!.rows;
      const isSame = shelf.creators[before.candidates.rows[place]!] === watched.creator;
      return isSame && after.scored.totals[i]! < before.scored.totals[i]!;
    });
  });
  assert.ok(fell);
});
