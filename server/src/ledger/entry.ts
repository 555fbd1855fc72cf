/** The form of an entry: canonical JSON of at most 4 KiB, whose words come from closed lists. */
import { canonicalText, type JsonValue } from '@vitrine/schema';

/** Kinds of entry that this version writes. */
type EntryKind =
  | 'region.open'
  | 'decision'
  | 'decision.lift'
  | 'tickets.keys'
  | 'epoch'
  | 'weights.set'
  | 'algorithm.register';

/** What the writer gives; version, minute and region are added here. */
export interface NewEntry {
  t: EntryKind;
  body: { readonly [name: string]: JsonValue };
  /** Index of the entry that this one takes back or continues. */
  prev?: number;
}

/** Longest entry, in bytes. */
const ENTRY_MAX_BYTES = 4096;

/** The UTC minute in which a moment lies. */
export function minuteOf(moment: Date): Date {
  return new Date(Math.floor(moment.getTime() / 60_000) * 60_000);
}

/** `2026-11-22T11:45Z`: times in the log are whole minutes. */
function minuteText(moment: Date): string {
  return `${moment.toISOString().slice(0, 16)}Z`;
}

const FORBIDDEN = [
  { what: 'an id', form: /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/i },
  { what: 'a handle', form: /@/ },
  { what: 'an address', form: /:\/\// },
  { what: 'an exact time', form: /\d\d:\d\d:\d\d/ },
  { what: 'free text', form: /"[^"]*\s[^"]*"/ },
];

/**
 * The canonical text of an entry.
 * @throws when it is too long or holds what must never be in the log
 */
export function entryText(entry: NewEntry, at: Date, region: string): string {
  const text = canonicalText({
    v: 1,
    t: entry.t,
    at: minuteText(at),
    region,
    body: entry.body,
    ...(entry.prev === undefined ? {} : { prev: entry.prev }),
  });
  if (Buffer.byteLength(text) > ENTRY_MAX_BYTES) throw new Error(`a ledger entry may have ${ENTRY_MAX_BYTES} bytes`);
  const body = canonicalText(entry.body);
  for (const rule of FORBIDDEN) if (rule.form.test(body)) throw new Error(`${rule.what} must not be in the ledger`);
  return text;
}
