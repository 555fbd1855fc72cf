import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { REMOVALS } from './filters/filter.ts';
import { rank, type RankInputs, type Ranking, scoreCandidates } from './rank.ts';
import { copyRow, emptyRows, type Shelf } from './shelf/rows.ts';
import { hasSeen } from './taste/seen.ts';
import type { Positive } from './taste/taste.ts';
import { regionFrom } from './testing/region.ts';
import { type Term, TERMS } from './weights/weights.ts';

const seeds = fc.integer({ min: 0, max: 2 ** 31 });
const positiveCounts = fc.constantFrom(0, 1, 4, 5, 19, 20, 60, 150);
const RUNS = { numRuns: 40 };

function forEveryRegion(check: (inputs: RankInputs, ranking: Ranking) => void): void {
  fc.assert(
    fc.property(seeds, positiveCounts, (seed, positives) => {
      const inputs = regionFrom(seed, { posts: 300, positives });
      check(inputs, rank(inputs));
    }),
    RUNS,
  );
}

function reversed(shelf: Shelf): Shelf {
  const rows = emptyRows(shelf.rows.count);
  for (let row = 0; row < rows.count; row += 1) copyRow(shelf.rows, rows.count - 1 - row, { target: rows, to: row });
  return { ...shelf, rows };
}

test('the order in which shelves and rows come leaves no trace', () => {
  forEveryRegion((inputs, ranking) => {
    const turned = { ...inputs, shelves: inputs.shelves.map(reversed).reverse() };
    assert.deepEqual(rank(turned), ranking);
  });
});

test('the reasons of a post add up to its score, and the watches to the taste part', () => {
  forEveryRegion((_, { order, reasons }) => {
    assert.ok(order.length > 0);
    for (const [place, { score }] of order.entries()) {
      const { parts, watches } = reasons[place]!;
      assert.equal(
        parts.reduce((sum, { part }) => sum + part, 0),
        score,
      );
      for (const { part, weight, feature } of parts) assert.equal(part, Math.floor((weight * feature) / 256));
      const taste = parts.find(({ term }) => term === 'taste');
      if (taste)
        assert.equal(
          watches.reduce((sum, { part }) => sum + part, 0),
          taste.part,
        );
    }
  });
});

test('two posts with equal rows get equal scores', () => {
  forEveryRegion((inputs) => {
    const [first] = inputs.shelves;
    const rows = emptyRows(2);
    for (const to of [0, 1]) {
      copyRow(first!.rows, 5, { target: rows, to });
      rows.posts[to] = 5000 + to;
      rows.restrictions[to] = 0;
      rows.flags[to] = 0;
    }
    const { scored, kept } = scoreCandidates({ ...inputs, shelves: [{ ...first!, rows }] });
    assert.equal(kept.length, 2);
    assert.equal(scored.totals[0], scored.totals[1]);
  });
});

test('no seen post is shown, and every candidate that is left out says why', () => {
  forEveryRegion((inputs, { order, removed }) => {
    for (const { post } of order) assert.equal(hasSeen(inputs.taste.seen, post), false);
    assert.ok(removed.some(({ code }) => code === 'seen'));
    for (const { code, post, ledgerIndex } of removed) {
      assert.ok(REMOVALS.includes(code));
      assert.equal(ledgerIndex, code === 'withheld_here' ? post : undefined);
    }
    const { candidates, kept } = scoreCandidates(inputs);
    assert.equal(kept.length + removed.length, candidates.posts.length);
  });
});

test('a finished watch never lowers what creator and single tag add to another post', () => {
  fc.assert(
    fc.property(seeds, positiveCounts, (seed, positives) => {
      const inputs = regionFrom(seed, { posts: 300, positives });
      const before = scoreCandidates(inputs);
      const { rows } = inputs.shelves[0]!;
      const watched: Positive = { post: 7, creator: rows.creators[7]!, tags: [rows.tags[35]!], durationMs: 1 };
      const after = scoreCandidates({
        ...inputs,
        taste: { ...inputs.taste, positives: [...inputs.taste.positives, watched] },
      });
      for (const [i, place] of before.kept.entries()) {
        const shelf = before.candidates.shelves[place]!.rows;
        const row = before.candidates.rows[place]!;
        if (shelf.creators[row] === watched.creator) {
          assert.ok(featureOf(after, i, 'creator') >= featureOf(before, i, 'creator'));
        }
        const isOfTagAlone = shelf.tags[row * 5] === watched.tags[0] && shelf.tags[row * 5 + 1] === 0;
        if (isOfTagAlone && watched.tags[0] !== 0) {
          assert.ok(featureOf(after, i, 'tag') >= featureOf(before, i, 'tag'));
        }
      }
    }),
    RUNS,
  );
});

function featureOf({ scored }: ReturnType<typeof scoreCandidates>, kept: number, wanted: Term): number {
  const j = scored.terms.findIndex(({ term }) => term === wanted);
  return scored.features[kept * scored.terms.length + j]!;
}

test('at the ends of every range all sums stay whole and below 2^31', () => {
  for (const positives of [0, 4, 100, 5000]) {
    const { order, reasons } = rank(regionFrom(1, { posts: 500, positives, isExtreme: true }));
    assert.ok(order.length > 0);
    for (const { score } of order) assert.ok(Number.isSafeInteger(score) && Math.abs(score) < 2 ** 31);
    for (const { parts, watches } of reasons) {
      for (const { part } of [...parts, ...watches]) assert.ok(Number.isSafeInteger(part));
    }
  }
});

test('a fraction among the inputs stops the ranking', () => {
  const inputs = regionFrom(3, { posts: 60, positives: 6 });
  const terms = { ...inputs.weights.terms, tag: { ...inputs.weights.terms.tag, weight: 0.5 } };
  const heads = { ...inputs.heads, scale256: 8000.5 };
  const { trendCap256 } = inputs.weights.numbers;
  const numbers = { ...inputs.weights.numbers, trendCap256: { ...trendCap256, value: 1.5 } };
  assert.throws(() => rank({ ...inputs, weights: { ...inputs.weights, terms } }), RangeError);
  assert.throws(() => rank({ ...inputs, heads }), RangeError);
  assert.throws(() => rank({ ...inputs, weights: { ...inputs.weights, numbers } }), RangeError);
});

test('at most two of a creator and three of a tag stand in any ten places that the score filled', () => {
  forEveryRegion(({ shelves }, { order }) => {
    const { rows } = { rows: shelves };
    const creatorOf = (post: number) => {
      const shelf = rows.find((each) => each.rows.posts.includes(post))!;
      return shelf.rows.creators[shelf.rows.posts.indexOf(post)];
    };
    for (const [place, { post, placement }] of order.entries()) {
      if (placement !== 'score') continue;
      const before = order
        .slice(Math.max(0, place - 9), place)
        .filter((other) => creatorOf(other.post) === creatorOf(post));
      assert.ok(before.length < 2, `place ${place}`);
    }
  });
});

test('new posts and followed creators get their places of each ten', () => {
  let fresh = 0;
  forEveryRegion((_, { order }) => {
    for (let ten = 0; ten + 10 <= order.length; ten += 10) {
      fresh += order.slice(ten, ten + 10).filter(({ placement }) => placement === 'fresh').length;
    }
  });
  assert.ok(fresh > RUNS.numRuns, 'fresh posts were placed');
});

test('weights of viewers with few positives differ as the file says', () => {
  const inputs = regionFrom(9, { posts: 60, positives: 4 });
  const known = regionFrom(9, { posts: 60, positives: 5 });
  const weightOf = (each: RankInputs, wanted: Term) =>
    scoreCandidates(each).scored.terms.find(({ term }) => term === wanted)?.weight;
  const { taste } = inputs.weights.terms;
  assert.equal(weightOf(inputs, 'taste'), taste.weight + taste.under5 + taste.under20);
  assert.equal(weightOf(known, 'taste'), taste.weight + taste.under20);
  assert.ok(TERMS.length > 0);
});
