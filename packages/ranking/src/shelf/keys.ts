/** Public 32-bit numbers of names, as rows hold them. Two names may share a number; then they count as one. */
import { mix } from '../integer/mix.ts';

const KINDS = ['creator', 'sound', 'tag'] as const;

/** What a key is of: the account's id, the sound's id, or the tag in its canonical spelling. */
type KeyKind = (typeof KINDS)[number];

/** The key of a name, never 0: 0 = none. */
export function keyOf(kind: KeyKind, name: string): number {
  const letters = Array.from(name, (letter) => letter.codePointAt(0) ?? 0);
  return mix(KINDS.indexOf(kind), ...letters) || 1;
}

const LETTERS = 27;

/** Number of a language tag by its first two or three letters (`pt-BR` as `pt`), 0 = none. */
export function languageKey(language: string | null | undefined): number {
  const [code] = (language ?? '').toLowerCase().split('-');
  if (code === undefined || !/^[a-z]{2,3}$/.test(code)) return 0;
  let key = 0;
  for (const letter of code) key = key * LETTERS + (letter.codePointAt(0) ?? 0) - 96;
  return key;
}
