/** Figures of days and tenths as bars. Pure. */
import type { DayFigures } from '@vitrine/schema';

/** Days that fit on a phone. */
const MOST_DAYS = 60;
const DAY_MS = 86_400_000;

/** A bar; `value` null: too few to be told. */
export interface Bar {
  key: string;
  value: number | null;
}

/** One bar for every day from the first to the last that was published; what did not change goes on. */
export function viewBars(days: readonly DayFigures[]): Bar[] {
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined || last === undefined) return [];
  const known = new Map(days.map(({ day, views }) => [day, views]));
  const bars: Bar[] = [];
  let value: number | null = null;
  for (let at = Date.parse(first.day); at <= Date.parse(last.day); at += DAY_MS) {
    const key = new Date(at).toISOString().slice(0, 10);
    value = known.get(key) ?? value;
    bars.push({ key, value });
  }
  return bars.slice(-MOST_DAYS);
}

/** What share of those who began saw each tenth, in percent. */
export function retentionBars(retention: readonly (number | null)[]): Bar[] {
  const all = retention[0] ?? null;
  return retention.map((count, tenth) => ({
    key: String(tenth),
    value: all === null || count === null ? null : Math.round((100 * count) / all),
  }));
}
