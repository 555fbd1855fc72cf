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

/** The rule that forbids to place the post after the last placed ones, `undefined` if none does. Plain loops: asked of every candidate. */
export function limitBroken(
  next: RowAt,
  placed: readonly RowAt[],
  viewer: { weights: Weights; controls: Controls },
): 'creator' | 'sound' | 'tag' | undefined {
  const { perCreatorInTen, perSoundInTen, perTagInTen } = viewer.weights.numbers;
  if (countSame('creators', next, placed) >= perCreatorInTen.value) return 'creator';
  if (countSame('sounds', next, placed) >= perSoundInTen.value) return 'sound';
  const start = next.row * TAGS_READ;
  for (let at = start; at < start + TAGS_READ; at += 1) {
    const tag = next.rows.tags[at] ?? 0;
    if (tag === 0 || viewer.controls.chosenTags.has(tag)) continue;
    if (countTag(tag, placed) >= perTagInTen.value) return 'tag';
  }
  return undefined;
}

/** Of the last placed ones, those of the same creator or sound; none where there is no such key. */
function countSame(column: 'creators' | 'sounds', next: RowAt, placed: readonly RowAt[]): number {
  const key = next.rows[column][next.row] ?? 0;
  if (key === 0) return 0;
  let count = 0;
  for (let i = firstOf(placed); i < placed.length; i += 1) {
    const other = placed[i];
    if (other !== undefined && other.rows[column][other.row] === key) count += 1;
  }
  return count;
}

function countTag(tag: number, placed: readonly RowAt[]): number {
  let count = 0;
  for (let i = firstOf(placed); i < placed.length; i += 1) {
    const other = placed[i];
    if (other !== undefined && hasTag(other, tag)) count += 1;
  }
  return count;
}

function hasTag({ rows, row }: RowAt, tag: number): boolean {
  for (let at = row * TAGS_READ; at < (row + 1) * TAGS_READ; at += 1) if (rows.tags[at] === tag) return true;
  return false;
}

/** Place of the first that the limits look at. */
function firstOf(placed: readonly RowAt[]): number {
  return Math.max(0, placed.length - (SPAN - 1));
}
