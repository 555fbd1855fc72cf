/** Where a list by pin, score and time goes on, as opaque text. */
import { cursorText, readCursor, type Cursor } from '../platform/cursor.ts';
import { refuse } from '../platform/problem.ts';

/** The place after a comment. */
interface RankCursor extends Cursor {
  isPinned: boolean;
  score: number;
}

/** The cursor's text on the wire. */
export function rankText(cursor: RankCursor): string {
  return Buffer.from(`${cursor.isPinned ? 1 : 0}.${cursor.score}.${cursorText(cursor)}`).toString('base64url');
}

/**
 * Reads a cursor back.
 * @throws a refusal when it is none of ours
 */
export function readRank(text: string | undefined): RankCursor | undefined {
  if (text === undefined) return undefined;
  const [pinned, score = '', rest = ''] = Buffer.from(text, 'base64url').toString('latin1').split('.');
  const place = readCursor(rest);
  if (!place || !/^\d{1,9}$/.test(score)) throw refuse('malformed', 'This list cannot go on from there.');
  return { ...place, isPinned: pinned === '1', score: Number(score) };
}
