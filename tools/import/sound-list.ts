/** The list of a folder of sounds: what each file is called, who made it, under which licence. CSV (RFC 4180) or JSON. Pure. */
import { SOUND_LIMITS } from '@vitrine/schema';

/** One sound of the list. */
export interface ListedSound {
  /** Below the list's folder. */
  file: string;
  title: string;
  artist: string;
  licence: string;
  /** What must be said where it is used. */
  credit: string;
  /** A picture below the list's folder; without it the file's own. */
  cover: string;
}

const PATH_CHARS = 1000;
/** Each column: how long it may be, and whether it must say something. */
const COLUMNS = {
  file: { most: PATH_CHARS, isNeeded: true },
  title: { most: SOUND_LIMITS.titleChars, isNeeded: true },
  artist: { most: SOUND_LIMITS.artistChars, isNeeded: false },
  licence: { most: SOUND_LIMITS.licenceChars, isNeeded: true },
  credit: { most: SOUND_LIMITS.creditChars, isNeeded: false },
  cover: { most: PATH_CHARS, isNeeded: false },
} as const satisfies Record<keyof ListedSound, { most: number; isNeeded: boolean }>;

/** A list that cannot be used; the message says where and why. */
export class ListProblem extends Error {
  override name = 'ListProblem';
}

/**
 * Reads a list. CSV has its names in the first line; JSON is a list of objects.
 * @throws ListProblem for the first line that is not right
 */
export function readSoundList(text: string, form: 'csv' | 'json'): ListedSound[] {
  const rows = form === 'json' ? jsonRows(text) : csvRows(text);
  return rows.map((row, n) => readLine(row, n + 1));
}

function readLine(row: unknown, place: number): ListedSound {
  const given = new Map<string, unknown>(typeof row === 'object' && row !== null ? Object.entries(row) : []);
  const read = (name: keyof ListedSound): string => {
    const { most, isNeeded } = COLUMNS[name];
    const value = given.get(name) ?? '';
    const wrong = (why: string) => new ListProblem(`Sound ${place} of the list: ${name} ${why}.`);
    if (typeof value !== 'string') throw wrong('is no text');
    const text = value.trim();
    if (isNeeded && text === '') throw wrong('is missing');
    if (text.length > most) throw wrong(`is longer than ${most} characters`);
    return text;
  };
  return {
    file: read('file'),
    title: read('title'),
    artist: read('artist'),
    licence: read('licence'),
    credit: read('credit'),
    cover: read('cover'),
  };
}

function jsonRows(text: string): unknown[] {
  let rows: unknown;
  try {
    rows = JSON.parse(text);
  } catch (cause) {
    throw new ListProblem('The list is not JSON.', { cause });
  }
  if (!Array.isArray(rows)) throw new ListProblem('The JSON of the list must be a list of objects.');
  return rows;
}

function csvRows(text: string): Record<string, string>[] {
  const [names, ...lines] = csvLines(text.replace(/^\uFEFF/, ''));
  if (!names) throw new ListProblem('The list is empty.');
  const heads = names.map((name) => name.trim().toLowerCase());
  return lines.map((fields) => Object.fromEntries(heads.map((head, n) => [head, fields[n] ?? ''])));
}

/** Fields of each line; a field in quotes may hold commas, line ends and doubled quotes. */
function csvLines(text: string): string[][] {
  const lines: string[][] = [];
  let fields: string[] = [];
  // A field in quotes, or up to the next comma or line end; then what ends it.
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r?\n|$)/g)) {
    fields.push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end === ',') continue;
    if (fields.some((field) => field !== '')) lines.push(fields);
    fields = [];
  }
  return lines;
}
