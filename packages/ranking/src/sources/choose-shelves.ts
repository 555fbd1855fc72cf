/** Sources: which shelves are read for this viewer. */
import { floorDiv } from '../integer/whole.ts';
import type { Heads, HeadsPageHead } from '../shelf/heads.ts';
import { DIMENSIONS, type Shelf } from '../shelf/rows.ts';
import type { Profile } from '../taste/profile.ts';
import type { Weights } from '../weights/weights.ts';

/**
 * Places of the pages of heads to fetch: all of them in a small region, and where there are not more than are taken; else the best
 * by u . mean head + quality, ties by place.
 */
export function choosePages(
  heads: Pick<Heads, 'postCount' | 'scale256' | 'pages'>,
  profile: Profile,
  weights: Weights,
): number[] {
  const { pagesTaken, allShelvesBelowPosts } = weights.numbers;
  const places = heads.pages.map((_, place) => place);
  if (heads.postCount < allShelvesBelowPosts.value || places.length <= pagesTaken.value) return places;
  const scores = heads.pages.map((page) => likeness(heads, profile, page));
  places.sort((a, b) => (scores[b] ?? 0) - (scores[a] ?? 0) || a - b);
  return places.slice(0, pagesTaken.value).sort((a, b) => a - b);
}

/**
 * Names of the near shelves to fetch: all of them in a small region (nothing leaks and nothing is lost), else the best of the
 * chosen pages by u . head + quality, ties by name.
 */
export function chooseShelves(heads: Heads, profile: Profile, weights: Weights): string[] {
  const { shelvesTaken, allShelvesBelowPosts } = weights.numbers;
  if (heads.postCount < allShelvesBelowPosts.value) return heads.shelves.map(({ name }) => name).sort();
  const pages = new Set(choosePages(heads, profile, weights));
  const scored = heads.shelves
    .filter(({ page }) => pages.has(page))
    .map((shelf) => ({ name: shelf.name, score: likeness(heads, profile, shelf) }));
  scored.sort((a, b) => b.score - a.score || (a.name < b.name ? -1 : 1));
  return scored.slice(0, shelvesTaken.value).map((shelf) => shelf.name);
}

/** Of the shelves at hand, those that count: near ones only if chosen; fresh, trending and lists always. */
export function takeShelves(shelves: readonly Shelf[], chosen: readonly string[]): Shelf[] {
  return shelves.filter((shelf) => shelf.kind !== 'near' || chosen.includes(shelf.name));
}

function likeness(
  { scale256 }: Pick<Heads, 'scale256'>,
  { unit }: Profile,
  { vector, quality }: HeadsPageHead,
): number {
  let product = 0;
  for (let d = 0; d < DIMENSIONS; d += 1) product += (unit[d] ?? 0) * (vector[d] ?? 0);
  return floorDiv(product * 256, Math.max(1, scale256)) + quality;
}
