/**
 * Canonical bytes: one JSON value has one text (RFC 8785), so that whoever holds the value can hash it and get what everyone gets.
 */

/** A value that JSON can carry. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/**
 * The canonical text of a value: members sorted by UTF-16 units, no spaces, numbers and strings as ECMAScript writes them.
 * @throws if the value holds NaN, an infinity, a lone surrogate or something that JSON has no form for
 */
export function canonicalText(value: JsonValue): string {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') return canonicalNumber(value);
  if (typeof value === 'string') return canonicalString(value);
  if (typeof value !== 'object') throw new TypeError(`canonical JSON has no form for a ${typeof value}`);
  if (isList(value)) return `[${value.map(canonicalText).join(',')}]`;
  const members = Object.keys(value)
    .sort(byUtf16Units)
    .map((name) => `${canonicalString(name)}:${canonicalText(memberOf(value, name))}`);
  return `{${members.join(',')}}`;
}

/** The canonical text in UTF-8. */
export function canonicalBytes(value: JsonValue): Uint8Array {
  return new TextEncoder().encode(canonicalText(value));
}

function canonicalNumber(value: number): string {
  if (!Number.isFinite(value)) throw new TypeError('canonical JSON has no form for NaN or an infinity');
  return JSON.stringify(value);
}

function canonicalString(value: string): string {
  if (!value.isWellFormed()) throw new TypeError('canonical JSON has no form for a lone surrogate');
  return JSON.stringify(value);
}

function isList(value: object): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function memberOf(value: { readonly [name: string]: JsonValue }, name: string): JsonValue {
  const member = value[name];
  if (member === undefined) throw new TypeError(`canonical JSON has no form for undefined (member ${name})`);
  return member;
}

function byUtf16Units(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
