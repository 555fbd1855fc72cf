/** Reads a table of tab-separated lines as data sets come: plain, gzip or xz, with its columns named in any order. */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';

/** What is wrong with a folder, in words for whoever made it. */
export class DataError extends Error {}

/** A table's rows. */
export interface Table {
  /** Name of the file, for messages. */
  file: string;
  /** `#key=value` lines before the first row. */
  notes: ReadonlyMap<string, string>;
  /** Fields of each row in the order asked for; '' where the file lacks the column. */
  rows: string[][];
  /** Line of each row, counted from 1. */
  lines: number[];
}

/** A column to read, in the order in which files without a line of names have them. */
export interface Column {
  name: string;
  isNeeded: boolean;
}

const FORMS = ['.tsv.xz', '.tsv.gz', '.tsv'] as const;
const MOST_BYTES = 2 ** 30;

/** Path of a table in a folder, whatever its form; undefined if there is none. */
export function tablePath(folder: string, name: string): string | undefined {
  return FORMS.map((form) => join(folder, name + form)).find((path) => existsSync(path));
}

/**
 * Reads a table.
 * @throws DataError for a file that cannot be unpacked, lacks a needed column or has a row with too few fields
 */
export function readTable(path: string, columns: readonly Column[]): Table {
  const file = path.slice(path.lastIndexOf('/') + 1);
  const text = textOf(path, file);
  const all = text.replace(/^\ufeff/, '').split(/\r?\n/);
  // A last line that was never ended may have been cut in the middle: it is taken only if it is whole.
  const isEnded = all.at(-1) === '';
  const notes = new Map<string, string>();
  const [rows, lines]: [string[][], number[]] = [[], []];
  let places = columns.map((_, i) => i);
  let fewest = 1 + Math.max(...columns.map(({ isNeeded }, i) => (isNeeded ? i : 0)));
  for (const [i, line] of all.entries()) {
    if (line === '') continue;
    const note = rows.length === 0 ? /^#(\w+)=(.*)$/.exec(line) : null;
    if (note?.[1] !== undefined) {
      notes.set(note[1], note[2] ?? '');
      continue;
    }
    const fields = line.split('\t');
    const names = fields.map((field) => field.replace(/^#/, ''));
    if (rows.length === 0 && (line.startsWith('#') || columns.filter(({ name }) => names.includes(name)).length > 1)) {
      places = placesOf(columns, names, file);
      fewest = 1 + Math.max(...columns.map(({ isNeeded }, at) => (isNeeded ? (places[at] ?? 0) : 0)));
      continue;
    }
    if (fields.length < fewest) {
      if (i === all.length - 1 && !isEnded) continue;
      throw new DataError(`${file} line ${i + 1} has ${fields.length} of at least ${fewest} fields`);
    }
    rows.push(places.map((place) => fields[place] ?? ''));
    lines.push(i + 1);
  }
  return { file, notes, rows, lines };
}

function placesOf(columns: readonly Column[], names: readonly string[], file: string): number[] {
  return columns.map(({ name, isNeeded }) => {
    const place = names.indexOf(name);
    if (place >= 0 || !isNeeded) return place;
    throw new DataError(`${file} has no column ${name}; it has ${names.join(', ')}`);
  });
}

/** `xz -dc` is a tool of the machine. */
function textOf(path: string, file: string): string {
  try {
    if (path.endsWith('.xz')) {
      return execFileSync('xz', ['-dc', path], {
        encoding: 'utf8',
        maxBuffer: MOST_BYTES,
        stdio: ['ignore', 'pipe', 'pipe'],
      });
    }
    const bytes = readFileSync(path);
    return (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n').at(-1) ?? '') : '';
    throw new DataError(`${file} cannot be read: ${why || 'it is no whole file of its kind'}`);
  }
}

/**
 * A number of a row.
 * @throws DataError that names the place
 */
export function numberIn(text: string, at: { table: Table; row: number; column: string }): number {
  const value = Number(text);
  if (text !== '' && Number.isFinite(value)) return Math.round(value);
  const { table, row, column } = at;
  throw new DataError(
    `${table.file} line ${table.lines[row]}: ${column} is no number: ${JSON.stringify(text.slice(0, 40))}`,
  );
}

/** Numbers for names: a whole number below the limit is its own, any other name gets the next above it. */
export function numbering(limit: number): {
  numberOf: (name: string) => number;
  nameOf: (number: number) => string | number;
} {
  const numbers = new Map<string, number>();
  const names: string[] = [];
  return {
    numberOf: (name) => {
      if (/^(0|[1-9]\d{0,9})$/.test(name) && Number(name) < limit) return Number(name);
      const known = numbers.get(name);
      if (known !== undefined) return known;
      numbers.set(name, limit + names.length);
      return limit + names.push(name) - 1;
    },
    nameOf: (number) => (number < limit ? number : (names[number - limit] ?? number)),
  };
}
