/** A made-up region in which every stage of the kernel has something to do; for goldens, receipts and benches. */
import file from '../../weights/0001.json' with { type: 'json' };
import { type Chance, chanceFrom } from '../learn/chance.ts';
import type { RankInputs } from '../rank.ts';
import { copyRow, DIMENSIONS, emptyRows, FLAG, type Shelf, type ShelfKind, type ShelfRows } from '../shelf/rows.ts';
import { OPEN_CONTROLS } from '../taste/taste.ts';
import { checkWeights, TERMS, type Weights } from '../weights/weights.ts';
import { regionFrom, type RegionSize } from './region.ts';

/** More shelves than a viewer of a large region reads, so that some are left out. */
const NEAR_SHELVES = 12;
/** The region says that it is large: then shelves are chosen. */
const LARGE_REGION_POSTS = 20_000;
/** Terms that the first weights leave out count a little, so that every scorer is seen. */
const SMALL_WEIGHT = 777;
const EPOCH = 7;
const WEIGHTS = everyTerm();

/** Inputs of a ranking: shelves that overlap and are of two epochs, every filter with something to remove, every control set. */
export function wholeRegionFrom(seed: number, size: RegionSize): RankInputs {
  const chance = chanceFrom(seed + 1);
  const plain = regionFrom(seed, size);
  const rows = allRows(plain.shelves, size.posts);
  for (let row = 0; row < rows.count; row += 1) dress(rows, row, { chance, isExtreme: size.isExtreme ?? false });
  const posts = Array.from({ length: size.posts }, (_, post) => post);
  const near = Array.from({ length: NEAR_SHELVES }, (_, i) => ({
    name: `near-${i}`,
    kind: 'near' as const,
    epoch: EPOCH - (i % 2),
    // Every post on one shelf, every fifth on two.
    posts: posts.filter((post) => post % NEAR_SHELVES === i || (post % 5 === 0 && (post / 5) % NEAR_SHELVES === i)),
  }));
  const fresh = posts.slice(-Math.max(10, Math.floor(size.posts / 20)));
  const trending = posts.filter((post) => post % 11 === 3);
  const followed = posts.filter((post) => rows.creators[post] === 1);
  const shelves = near.map((wanted) => shelfOf(rows, wanted, wanted.posts));
  return {
    ...plain,
    weights: WEIGHTS,
    heads: {
      ...plain.heads,
      postCount: LARGE_REGION_POSTS,
      shelves: shelves.map((shelf) => ({
        name: shelf.name,
        page: 0,
        vector: headOf(shelf.rows),
        quality: chance.below(2048),
      })),
    },
    shelves: [
      ...shelves,
      shelfOf(rows, { name: 'fresh', kind: 'fresh', epoch: EPOCH }, fresh),
      shelfOf(rows, { name: 'trending', kind: 'trending', epoch: EPOCH }, trending),
    ],
    lists: [shelfOf(rows, { name: 'creator-00000001', kind: 'list', epoch: EPOCH }, followed.slice(0, 100))],
    taste: { ...plain.taste, followedCreators: new Set([1, 2]), followedSounds: new Set([9]) },
    controls: controlsOf(chance, size.posts),
  };
}

function everyTerm(): Weights {
  const terms = { ...file.terms };
  for (const term of TERMS) {
    if (terms[term].weight === 0) terms[term] = { ...terms[term], weight: SMALL_WEIGHT };
  }
  return checkWeights({ ...file, version: 'every-term', terms });
}

function controlsOf(chance: Chance, posts: number): RankInputs['controls'] {
  return {
    ...OPEN_CONTROLS,
    count: 30,
    blockedCreators: new Set([3 + chance.below(5)]),
    blockedSounds: new Set([10 + chance.below(20)]),
    mutedTags: new Set([15 + chance.below(5)]),
    mutedPosts: new Set(Array.from({ length: 10 }, () => chance.below(posts))),
    hidesMadeByAi: true,
    languages: new Set([1, 2]),
    chosenTags: new Set([1 + chance.below(4)]),
    sliders: new Map([
      [5 + chance.below(4), -2],
      [9 + chance.below(4), 3],
    ]),
    length: chance.below(7) - 3,
    novelty: chance.below(7) - 3,
  };
}

/** One row of every post, by post number. */
function allRows(shelves: readonly Shelf[], posts: number): ShelfRows {
  const target = emptyRows(posts);
  for (const { rows } of shelves) {
    for (let row = 0; row < rows.count; row += 1) copyRow(rows, row, { target, to: rows.posts[row] ?? 0 });
  }
  return target;
}

/** The columns that a plain region leaves empty. */
function dress(rows: ShelfRows, row: number, { chance, isExtreme }: { chance: Chance; isExtreme: boolean }): void {
  for (const column of ['trends6h', 'trends2d', 'trends7d'] as const) {
    rows[column][row] = isExtreme ? 32_767 : chance.below(1800) - 300;
  }
  rows.rates[row] = isExtreme ? -32_768 : chance.below(800) - 400;
  rows.publishedMinutes[row] = 29_000_000 + chance.below(100_000);
  rows.languages[row] = chance.below(30) === 0 ? 3 : chance.below(3);
  rows.flags[row] = chance.below(12) === 0 ? (FLAGS[chance.below(FLAGS.length)] ?? 0) : 0;
  rows.restrictions[row] = row % 97 === 0 ? row + 1 : 0;
}

const FLAGS = Object.values(FLAG);

function shelfOf(
  rows: ShelfRows,
  { name, kind, epoch }: { name: string; kind: ShelfKind; epoch: number },
  posts: readonly number[],
): Shelf {
  const target = emptyRows(posts.length);
  for (const [to, post] of posts.entries()) {
    copyRow(rows, post, { target, to });
    // An older row knows less: which of two counts is seen in the score.
    if (epoch < EPOCH) target.trends2h[to] = (target.trends2h[to] ?? 0) - 64;
  }
  return { name, kind, epoch, rows: target };
}

/** Mean vector of the first 20 rows. */
function headOf(rows: ShelfRows): Int8Array {
  const count = Math.min(20, rows.count);
  return Int8Array.from({ length: DIMENSIONS }, (_, d) => {
    let sum = 0;
    for (let row = 0; row < count; row += 1) sum += rows.vectors[row * DIMENSIONS + d] ?? 0;
    return count === 0 ? 0 : Math.trunc(sum / count);
  });
}
