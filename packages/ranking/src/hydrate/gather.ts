/** Hydrate: the candidates of all sources, each post once, with its newest row. */
import { floorDiv } from '../integer/whole.ts';
import type { Shelf } from '../shelf/rows.ts';

/** The candidates, by rising post number, so that the order of shelves and rows leaves no trace. */
export interface Candidates {
  posts: readonly number[];
  /** Shelf whose row counts. */
  shelves: readonly Shelf[];
  /** Place of the row in its shelf. */
  rows: readonly number[];
  /** Names of all shelves that held the post, sorted. */
  sources: (post: number) => string[];
}

/** A shelf and a row in one whole number: shelves below 2^21, rows below 2^32. */
const ROW_SPAN = 4_294_967_296;

/** Takes every row of the shelves; of two rows of a post the newer epoch's, then the first shelf by name. */
export function gather(shelves: readonly Shelf[]): Candidates {
  const ranked = [...shelves].sort((a, b) => b.epoch - a.epoch || (a.name < b.name ? -1 : 1));
  const found = new Map<number, number>();
  for (const [number, { rows }] of ranked.entries()) {
    for (let row = 0; row < rows.count; row += 1) {
      const post = rows.posts[row] ?? 0;
      if (!found.has(post)) found.set(post, number * ROW_SPAN + row);
    }
  }
  const posts = [...Int32Array.from(found.keys()).sort()];
  const chosen: Shelf[] = [];
  const rows: number[] = [];
  for (const post of posts) {
    const at = found.get(post) ?? 0;
    const shelf = ranked[floorDiv(at, ROW_SPAN)];
    if (shelf === undefined) throw new Error(`no row of post ${post}`);
    chosen.push(shelf);
    rows.push(at % ROW_SPAN);
  }
  const sources = (post: number) =>
    ranked
      .filter((shelf) => shelf.rows.posts.includes(post))
      .map((shelf) => shelf.name)
      .sort();
  return { posts, shelves: chosen, rows, sources };
}
