/** What a region keeps that names somebody: rows, files and log lines, with the names taken out, so that two people can be compared. */
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { sql } from 'kysely';
import { COLUMN_CLASSES } from '../platform/column-classes.ts';
import type { Db } from '../platform/database.ts';

/** A row, a file's path, or a line of the log. */
export interface Trace {
  /** `row likes`, `file`, `log`. */
  where: string;
  text: string;
  /** Id of the row itself, which names whoever the row names. */
  id?: string;
}

/** Every row of every table. What is secret is chance, and stands as that. */
export async function tracesOfDatabase(db: Db): Promise<Trace[]> {
  const traces: Trace[] = [];
  for (const [table, { columns }] of Object.entries(COLUMN_CLASSES)) {
    const { rows } = await sql<Record<string, unknown>>`select * from ${sql.table(table)}`.execute(db);
    for (const row of rows) {
      const shown = Object.entries(row).map(([column, value]) => [
        column,
        columns[column] === 'secret' && table !== 'region_facts' ? 'secret' : value,
      ]);
      const id = typeof row.id === 'string' ? { id: row.id } : {};
      traces.push({ where: `row ${table}`, text: JSON.stringify(Object.fromEntries(shown)), ...id });
    }
  }
  return traces;
}

/** The path of every file of a data folder but the database's own, whose rows are looked at instead. */
export async function tracesOfFiles(dataDir: string): Promise<Trace[]> {
  const found = await readdir(dataDir, { recursive: true, withFileTypes: true });
  return found
    .map((entry) => join(entry.parentPath, entry.name).slice(dataDir.length + 1))
    .filter((path) => !path.startsWith('database'))
    .map((path) => ({ where: 'file', text: path }));
}

/** Every line that was logged. */
export function tracesOfLog(log: string): Trace[] {
  return log
    .split('\n')
    .filter(Boolean)
    .map((text) => ({ where: 'log', text }));
}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/g;
const TIME = /\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d(\.\d+)?(Z|\+00)?/g;

/**
 * What names somebody, by any of the given names or by the id of a row that does; sorted, names and times replaced, so that
 * two people who did the same leave the same.
 */
export function tracesOf(names: readonly string[], all: readonly Trace[]): string[] {
  const known = new Set(names);
  const mine = new Set<Trace>();
  for (let before = -1; before < mine.size;) {
    before = mine.size;
    for (const trace of all) {
      if (mine.has(trace) || ![...known].some((name) => trace.text.includes(name))) continue;
      mine.add(trace);
      if (trace.id !== undefined && trace.where !== 'row posts') known.add(trace.id);
    }
  }
  const ids = [...known];
  return [...mine]
    .map(({ where, text }) => {
      const nameless = ids.reduce(
        (shown, name, place) => shown.replaceAll(name, place < names.length ? `NAME${place}` : 'OWN'),
        text,
      );
      const timeless = nameless.replace(TIME, 'TIME').replace(/"(time|reqId|responseTime)":("[^"]*"|[\d.]+)/g, '$1');
      return `${where} ${where === 'log' ? timeless.replace(UUID, 'ID') : timeless}`;
    })
    .sort();
}
