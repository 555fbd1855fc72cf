/** A made-up region for tests: shelves, book and heads that follow from a seed. */
import { emptyBlock, type BookBlock, BLOCK_POSTS, PARTNERS } from '../shelf/book.ts';
import type { Heads } from '../shelf/heads.ts';
import { DIMENSIONS, emptyRows, type Shelf, type ShelfKind, TAGS_READ } from '../shelf/rows.ts';
import { chanceFrom, type Chance } from '../learn/chance.ts';
import type { RankInputs } from '../rank.ts';
import { markSeen } from '../taste/seen.ts';
import { EMPTY_TASTE, OPEN_CONTROLS, type Positive } from '../taste/taste.ts';
import { WEIGHTS } from '../weights/first.ts';

/** How large the region is, and whether every number stands at the end of its range. */
export interface RegionSize {
  posts: number;
  positives: number;
  isExtreme?: boolean;
}

/** Inputs of a ranking. */
export function regionFrom(seed: number, size: RegionSize): RankInputs {
  const chance = chanceFrom(seed);
  const book = bookOf(chance, size);
  const all = Array.from({ length: size.posts }, (_, post) => post);
  const facts = all.map((post) => factsOf(chance, post));
  const shelf = (name: string, kind: ShelfKind, posts: number[]): Shelf => ({
    name,
    kind,
    epoch: 7,
    rows: rowsOf({ posts, facts, book, chance, size }),
  });
  const third = Math.ceil(size.posts / 3);
  const seen = new Map<number, Uint32Array>();
  const positives = Array.from(
    { length: size.positives },
    () => facts[chance.below(Math.ceil(size.posts / 2))] as Positive,
  );
  for (const { post } of positives) markSeen(seen, post);
  for (let i = 0; i < size.posts / 10; i += 1) markSeen(seen, chance.below(size.posts));
  return {
    weights: WEIGHTS,
    heads: headsOf(chance, size),
    shelves: [
      shelf('one', 'near', all.slice(0, 2 * third)),
      shelf('two', 'near', all.slice(third)),
      shelf('fresh', 'fresh', all.slice(-Math.max(1, Math.floor(size.posts / 20)))),
    ],
    lists: [],
    book,
    taste: { ...EMPTY_TASTE, positives, seen, followedCreators: new Set([1, 2]) },
    controls: { ...OPEN_CONTROLS, count: 30 },
    seed: [seed, 1, 2, 3],
  };
}

function factsOf(chance: Chance, post: number): Positive & { sound: number } {
  const tags = Array.from({ length: chance.below(4) }, () => 1 + chance.below(20));
  return {
    post,
    creator: 1 + chance.below(30),
    sound: chance.below(40),
    tags: [...new Set(tags)],
    durationMs: chance.below(400_000),
  };
}

function bookOf(chance: Chance, { posts, isExtreme }: RegionSize): Map<number, BookBlock> {
  const book = new Map<number, BookBlock>();
  for (let start = 0; start < posts; start += BLOCK_POSTS) {
    const block = emptyBlock();
    for (let i = 0; i < block.vectors.length; i += 1) block.vectors[i] = isExtreme ? 127 : chance.below(255) - 127;
    for (let i = 0; i < BLOCK_POSTS; i += 1) {
      for (let j = 0; j < PARTNERS; j += 1) {
        const code = isExtreme ? 255 : 1 + chance.below(255);
        block.partners[i * PARTNERS + j] = chance.below(posts) * 256 + code;
      }
    }
    book.set(start / BLOCK_POSTS, block);
  }
  return book;
}

function headsOf(chance: Chance, { posts, isExtreme }: RegionSize): Heads {
  const vector = () => Int8Array.from({ length: DIMENSIONS }, () => chance.below(255) - 127);
  return {
    epoch: 7,
    scale256: isExtreme ? 1 : 8000 + chance.below(4000),
    postCount: posts,
    pages: [{ vector: new Int8Array(DIMENSIONS), quality: 0 }],
    shelves: ['one', 'two'].map((name) => ({ name, page: 0, vector: vector(), quality: chance.below(4096) })),
    shares: {
      tags: new Map(Array.from({ length: 20 }, (_, i) => [i + 1, isExtreme ? 0 : 100 + chance.below(9000)])),
      durations: Array.from({ length: 11 }, () => (isExtreme ? 0 : 1000 + chance.below(9000))),
    },
  };
}

interface RowsWanted {
  posts: number[];
  facts: readonly (Positive & { sound: number })[];
  book: ReadonlyMap<number, BookBlock>;
  chance: Chance;
  size: RegionSize;
}

function rowsOf({ posts, facts, book, chance, size }: RowsWanted): ReturnType<typeof emptyRows> {
  const rows = emptyRows(posts.length);
  for (const [row, post] of posts.entries()) {
    const fact = facts[post];
    if (fact === undefined) continue;
    const place = (post % BLOCK_POSTS) * DIMENSIONS;
    const block = book.get(Math.floor(post / BLOCK_POSTS));
    if (block) rows.vectors.set(block.vectors.subarray(place, place + DIMENSIONS), row * DIMENSIONS);
    rows.posts[row] = post;
    rows.creators[row] = fact.creator;
    rows.sounds[row] = fact.sound;
    rows.tags.set(fact.tags, row * TAGS_READ);
    rows.durationsMs[row] = fact.durationMs;
    // The same for a post on every shelf, as in a real epoch.
    rows.trends2h[row] = size.isExtreme ? 32_767 : (post * 7919) % 900;
    rows.trends1d[row] = size.isExtreme ? 32_767 : (post * 104_729) % 1500;
    rows.flags[row] = post % 17 === 0 ? 1 + chance.below(1) : 0;
    rows.restrictions[row] = post % 23 === 0 ? post + 1 : 0;
  }
  return rows;
}
