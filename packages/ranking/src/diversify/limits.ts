/** Limits within any ten posts in a row: creators, sounds, tags. */
import { type ShelfRows, TAGS_READ } from '../shelf/rows.ts';
import type { Controls } from '../taste/taste.ts';
import type { Weights } from '../weights/weights.ts';

/** Posts that a limit looks over, the new one included. */
export const SPAN = 10;

/** Where a post's row stands. */
export interface RowAt {
  post: number;
  rows: ShelfRows;
  row: number;
}

/** The rule that forbids to place the post after the last placed ones, `undefined` if none does. */
export function limitBroken(
  next: RowAt,
  placed: readonly RowAt[],
  viewer: { weights: Weights; controls: Controls },
): 'creator' | 'sound' | 'tag' | undefined {
  const recent = placed.slice(-(SPAN - 1));
  const { perCreatorInTen, perSoundInTen, perTagInTen } = viewer.weights.numbers;
  const same = (column: 'creators' | 'sounds') => {
    const key = next.rows[column][next.row] ?? 0;
    return key === 0 ? 0 : recent.filter(({ rows, row }) => rows[column][row] === key).length;
  };
  if (same('creators') >= perCreatorInTen.value) return 'creator';
  if (same('sounds') >= perSoundInTen.value) return 'sound';
  for (const tag of tagsOf(next)) {
    if (viewer.controls.chosenTags.has(tag)) continue;
    if (recent.filter((other) => tagsOf(other).includes(tag)).length >= perTagInTen.value) return 'tag';
  }
  return undefined;
}

/** Tag keys of a row. */
export function tagsOf({ rows, row }: RowAt): number[] {
  return [...rows.tags.subarray(row * TAGS_READ, (row + 1) * TAGS_READ)].filter((tag) => tag !== 0);
}
