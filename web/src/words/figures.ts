/** Numbers, sizes, lengths and moments as the language in use writes them. */
import { fullNumber, languageTag, t } from './words.ts';

const SECOND_MS = 1000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
const WHOLE_UP_TO = 9999;

/** 1,204 up to 9,999; from there 12.3K, as counts on the rail. */
export function shortNumber(value: number): string {
  if (value <= WHOLE_UP_TO) return fullNumber(value);
  return new Intl.NumberFormat(languageTag(), { notation: 'compact', maximumFractionDigits: 1 }).format(value);
}

/** `0:34`, `12:05`, `1:02:03`. */
export function clock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / SECOND_MS));
  const two = (value: number): string =>
    new Intl.NumberFormat(languageTag(), { minimumIntegerDigits: 2 }).format(value);
  const parts = [Math.floor(seconds / 60) % 60, seconds % 60];
  const hours = Math.floor(seconds / 3600);
  return hours > 0
    ? `${fullNumber(hours)}:${two(parts[0] ?? 0)}:${two(parts[1] ?? 0)}`
    : `${fullNumber(parts[0] ?? 0)}:${two(parts[1] ?? 0)}`;
}

/** `5 h`, `42 min`, `3 d`; after a week `14 November`, in another year with the year. */
export function sinceThen(time: string, nowMs: number = Date.now()): string {
  const then = new Date(time);
  const agoMs = nowMs - then.getTime();
  const unit = (value: number, name: 'minute' | 'hour' | 'day'): string =>
    new Intl.NumberFormat(languageTag(), {
      style: 'unit',
      unit: name,
      unitDisplay: name === 'minute' ? 'short' : 'narrow',
    }).format(value);
  if (agoMs < MINUTE_MS) return t('ui.justNow');
  if (agoMs < HOUR_MS) return unit(Math.floor(agoMs / MINUTE_MS), 'minute');
  if (agoMs < DAY_MS) return unit(Math.floor(agoMs / HOUR_MS), 'hour');
  if (agoMs < 7 * DAY_MS) return unit(Math.floor(agoMs / DAY_MS), 'day');
  const isThisYear = then.getFullYear() === new Date(nowMs).getFullYear();
  return new Intl.DateTimeFormat(languageTag(), {
    day: 'numeric',
    month: 'long',
    ...(isThisYear ? {} : { year: 'numeric' }),
  }).format(then);
}

/** `14 November 2026, 12:30`. */
export function fullMoment(time: string): string {
  return new Intl.DateTimeFormat(languageTag(), { dateStyle: 'long', timeStyle: 'short' }).format(new Date(time));
}

/** `41.6 MB`, in steps of 1000 as disks and networks count. */
export function sizeOf(bytes: number): string {
  const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte', 'terabyte'] as const;
  let value = bytes;
  let place = 0;
  while (value >= 1000 && place < units.length - 1) {
    value /= 1000;
    place += 1;
  }
  const unit = units[place] ?? 'byte';
  return new Intl.NumberFormat(languageTag(), {
    style: 'unit',
    unit,
    // The short form of a byte knows no plural.
    unitDisplay: place === 0 ? 'long' : 'short',
    maximumFractionDigits: value < 10 && place > 0 ? 1 : place > 1 ? 1 : 0,
  }).format(value);
}

/** A language's name in the language in use: `Spanish`. */
export function languageName(language: string): string {
  try {
    return new Intl.DisplayNames(languageTag(), { type: 'language' }).of(language) ?? language;
  } catch {
    return language;
  }
}

/** `14 November 2026`. */
export function dayOf(time: string): string {
  return new Intl.DateTimeFormat(languageTag(), { dateStyle: 'long' }).format(new Date(time));
}
