/** Many tastes over one made-up region: pages ranked, written as receipts are, read and ranked again. */
import { chanceFrom } from '../learn/chance.ts';
import { rank, type RankInputs, type Ranking } from '../rank.ts';
import { readControls, readTaste, type Sha256, writeControls, writeTaste } from '../receipt/receipt.ts';
import { hasSeen, markSeen } from '../taste/seen.ts';
import type { Positive, Taste } from '../taste/taste.ts';
import { rankingHash } from './golden.ts';
import { wholeRegionFrom } from './whole-region.ts';

const MOST_POSITIVES = 130;
const MOST_SEEN = 200;

/** A region for many tastes, and what a watch there would be remembered by. */
export interface ManyTastes {
  inputs: RankInputs;
  facts: readonly Positive[];
}

/** A region of so many posts. */
export function manyTastes(seed: number, posts: number): ManyTastes {
  const inputs = wholeRegionFrom(seed, { posts, positives: 0 });
  const facts = new Map<number, Positive>();
  for (const { rows } of inputs.shelves) {
    for (let row = 0; row < rows.count; row += 1) {
      const post = rows.posts[row] ?? 0;
      const tags = [...rows.tags.subarray(row * 5, row * 5 + 5)].filter((tag) => tag !== 0);
      facts.set(post, { post, creator: rows.creators[row] ?? 0, tags, durationMs: rows.durationsMs[row] ?? 0 });
    }
  }
  return { inputs, facts: [...facts.values()].sort((a, b) => a.post - b.post) };
}

/** The page's inputs of viewer `number`: no two viewers have the same taste. */
export function inputsOf({ inputs, facts }: ManyTastes, number: number): RankInputs {
  const chance = chanceFrom(number);
  const watch = () => facts[chance.below(facts.length)] as Positive;
  const positives = Array.from({ length: chance.below(MOST_POSITIVES) }, watch);
  const seen = new Map<number, Uint32Array>();
  for (const { post } of positives) markSeen(seen, post);
  for (let left = chance.below(MOST_SEEN); left > 0; left -= 1) markSeen(seen, watch().post);
  const taste: Taste = {
    positives,
    seen,
    followedCreators: new Set(Array.from({ length: chance.below(4) }, () => 1 + chance.below(30))),
    followedSounds: new Set([chance.below(40)]),
  };
  const controls = { ...inputs.controls, novelty: chance.below(7) - 3, length: chance.below(7) - 3 };
  return { ...inputs, taste, controls, seed: [number, 1, 2, 3] };
}

/** What a receipt has of a viewer, as JSON text. */
export function writtenViewer({ taste, controls, shelves, seed }: RankInputs): string {
  const posts = shelves.flatMap(({ rows }) => [...rows.posts]);
  const written = writeTaste(taste, { posts, seen: (post) => hasSeen(taste.seen, post) });
  return JSON.stringify({ taste: written, controls: writeControls(controls), seed });
}

/** Ranks again from the text. */
export function rankWritten({ inputs }: ManyTastes, text: string): Ranking {
  const { taste, controls, seed } = JSON.parse(text) as {
    taste: Parameters<typeof readTaste>[0];
    controls: Parameters<typeof readControls>[0];
    seed: number[];
  };
  return rank({ ...inputs, taste: readTaste(taste), controls: readControls(controls), seed });
}

/** Hashes of the pages of viewers [from, to), each ranked from its written form. */
export function hashesOf(region: ManyTastes, span: { from: number; to: number }, sha256: Sha256): string[] {
  return Array.from({ length: span.to - span.from }, (_, i) =>
    rankingHash(rankWritten(region, writtenViewer(inputsOf(region, span.from + i))), sha256),
  );
}
