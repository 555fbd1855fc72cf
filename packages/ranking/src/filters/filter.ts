/** Filters: what may not be shown to this viewer, each removal with a public reason code. */
import { emptyRows, FLAG, type ShelfRows, TAGS_READ } from '../shelf/rows.ts';
import { hasSeen } from '../taste/seen.ts';
import type { Controls, Taste } from '../taste/taste.ts';
import type { Candidates } from '../hydrate/gather.ts';

/** Every reason for which a candidate is left out. */
export const REMOVALS = [
  'withheld_here',
  'author_opted_out',
  'seen',
  'blocked',
  'muted',
  'adult',
  'sensitive',
  'made_by_ai',
  'language',
] as const;

/** One of those reasons. */
export type RemovalCode = (typeof REMOVALS)[number];

/** A candidate left out. */
export interface Removal {
  post: number;
  code: RemovalCode;
  /** Where the restriction stands in the ledger. */
  ledgerIndex?: number;
}

/** What is asked of one row. */
interface Question {
  rows: ShelfRows;
  row: number;
  taste: Taste;
  controls: Controls;
}

/** Places of the candidates that stay, and the removals, both by rising post number. */
export function filter(
  candidates: Candidates,
  taste: Taste,
  controls: Controls,
): { kept: number[]; removed: Removal[] } {
  const kept: number[] = [];
  const removed: Removal[] = [];
  const { posts, shelves } = candidates;
  const question: Question = { rows: emptyRows(0), row: 0, taste, controls };
  for (let place = 0; place < posts.length; place += 1) {
    question.rows = shelves[place]?.rows ?? question.rows;
    question.row = candidates.rows[place] ?? 0;
    const code = removalOf(question);
    if (code === undefined) kept.push(place);
    else removed.push(removal(code, posts[place] ?? 0, (question.rows.restrictions[question.row] ?? 0) - 1));
  }
  return { kept, removed };
}

/** The first rule that removes the row: the law first, then the author, then the viewer. */
function removalOf({ rows, row, taste, controls }: Question): RemovalCode | undefined {
  const post = rows.posts[row] ?? 0;
  const flags = rows.flags[row] ?? 0;
  if ((rows.restrictions[row] ?? 0) > 0) return 'withheld_here';
  if ((flags & FLAG.optedOut) !== 0) return 'author_opted_out';
  if (hasSeen(taste.seen, post)) return 'seen';
  if (controls.blockedCreators.has(rows.creators[row] ?? 0)) return 'blocked';
  if (controls.blockedSounds.has(rows.sounds[row] ?? 0)) return 'blocked';
  if (controls.mutedPosts.has(post) || hasTag(rows, row, controls.mutedTags)) return 'muted';
  if ((flags & FLAG.adult) !== 0 && !controls.showsAdult) return 'adult';
  if ((flags & FLAG.sensitive) !== 0 && !controls.showsSensitive) return 'sensitive';
  if ((flags & FLAG.madeByAi) !== 0 && controls.hidesMadeByAi) return 'made_by_ai';
  const language = rows.languages[row] ?? 0;
  const isForeign = controls.languages.size > 0 && language !== 0 && !controls.languages.has(language);
  return isForeign ? 'language' : undefined;
}

function removal(code: RemovalCode, post: number, ledgerIndex: number): Removal {
  return code === 'withheld_here' ? { post, code, ledgerIndex } : { post, code };
}

function hasTag(rows: ShelfRows, row: number, tags: ReadonlySet<number>): boolean {
  if (tags.size === 0) return false;
  for (let i = row * TAGS_READ; i < (row + 1) * TAGS_READ; i += 1) {
    if (tags.has(rows.tags[i] ?? 0)) return true;
  }
  return false;
}
