/** The list of a folder of sounds: what each file is called, who made it, under which licence. CSV (RFC 4180) or JSON. Pure. */
import { SOUND_LIMITS } from '@vitrine/schema';
import { z } from 'zod';

const lineSchema = z.object({
  /** Below the list's folder. */
  file: z.string().min(1),
  title: z.string().trim().min(1).max(SOUND_LIMITS.titleChars),
  artist: z.string().trim().max(SOUND_LIMITS.artistChars).default(''),
  licence: z.string().trim().min(1).max(SOUND_LIMITS.licenceChars),
  /** What must be said where it is used. */
  credit: z.string().trim().max(SOUND_LIMITS.creditChars).default(''),
  /** A picture below the list's folder; without it the file's own. */
  cover: z.string().trim().default(''),
});
/** One sound of the list. */
export type ListedSound = z.infer<typeof lineSchema>;

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
  return rows.map((row, n) => {
    const line = lineSchema.safeParse(row);
    if (line.success) return line.data;
    const [issue] = line.error.issues;
    throw new ListProblem(
      `Sound ${n + 1} of the list: ${issue?.path.join('.') ?? ''}: ${issue?.message ?? 'is not right'}`,
    );
  });
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
