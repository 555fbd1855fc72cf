/** Where a list goes on: the time and id of the last row seen, as opaque text. */
import { idSchema } from '@vitrine/schema';
import { refuse } from './problem.ts';

/** The place after a row, in lists ordered by time and then id. */
export interface Cursor {
  at: Date;
  id: string;
}

/** The cursor's text on the wire. */
export function cursorText(cursor: Cursor): string {
  return Buffer.from(`${cursor.at.getTime().toString(36)}.${cursor.id}`).toString('base64url');
}

/**
 * Reads a cursor back.
 * @throws a refusal when it is none of ours
 */
export function readCursor(text: string | undefined): Cursor | undefined {
  if (text === undefined) return undefined;
  const [time = '', id = ''] = Buffer.from(text, 'base64url').toString('latin1').split('.');
  const atMs = /^[0-9a-z]{1,10}$/.test(time) ? Number.parseInt(time, 36) : Number.NaN;
  if (!(atMs <= 8.64e15) || !idSchema.safeParse(id).success)
    throw refuse('malformed', 'This list cannot go on from there.');
  return { at: new Date(atMs), id };
}

/** Splits rows fetched with one too many into a page and where the next begins. */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  cursorOf: (row: Row) => Cursor,
): { rows: Row[]; next: string | null } {
  const page = rows.slice(0, limit);
  const last = page.at(-1);
  return { rows: page, next: rows.length > limit && last !== undefined ? cursorText(cursorOf(last)) : null };
}
