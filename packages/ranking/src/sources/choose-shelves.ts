/** Sources: which shelves are read for this viewer. */
import { floorDiv } from '../integer/whole.ts';
import type { Heads } from '../shelf/heads.ts';
import { DIMENSIONS, type Shelf } from '../shelf/rows.ts';
import type { Profile } from '../taste/profile.ts';
import type { Weights } from '../weights/weights.ts';

/**
 * Names of the near shelves to fetch: all of them in a small region (nothing leaks and nothing is lost), else the best
 * by u . head + quality, ties by name.
 */
export function chooseShelves(heads: Heads, profile: Profile, weights: Weights): string[] {
  const { shelvesTaken, allShelvesBelowPosts } = weights.numbers;
  const names = heads.shelves.map((shelf) => shelf.name);
  if (heads.postCount < allShelvesBelowPosts.value) return names.sort();
  const scored = heads.shelves.map(({ name, vector, quality }) => {
    let product = 0;
    for (let d = 0; d < DIMENSIONS; d += 1) product += (profile.unit[d] ?? 0) * (vector[d] ?? 0);
    return { name, score: floorDiv(product * 256, Math.max(1, heads.scale256)) + quality };
  });
  scored.sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1));
  return scored.slice(0, shelvesTaken.value).map((shelf) => shelf.name);
}

/** Of the shelves at hand, those that count: near ones only if chosen; fresh, trending and lists always. */
export function takeShelves(shelves: readonly Shelf[], chosen: readonly string[]): Shelf[] {
  return shelves.filter((shelf) => shelf.kind !== 'near' || chosen.includes(shelf.name));
}
