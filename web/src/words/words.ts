/**
 * Every text that people read comes from one JSON file per language, here by key: `t('feed.empty')`.
 * A message is a text with `{holes}`, or an object of plural forms chosen by `{n}` (CLDR categories).
 */
import type en from './en.json';
import arUrl from './ar.json?url';
import enUrl from './en.json?url';
import esUrl from './es.json?url';

type Messages = typeof en;
/** `section.name` of every message of the English file. */
export type Word = {
  [Section in keyof Messages & string]: `${Section}.${keyof Messages[Section] & string}`;
}[keyof Messages & string];
type Message = string | Partial<Record<Intl.LDMLPluralRule, string>>;

/** A language of the interface: its BCP 47 tag, its own name, its file and direction. */
export interface Language {
  tag: string;
  name: string;
  url: string;
  direction: 'ltr' | 'rtl';
}
/** The languages there are. A new one is one JSON file and one line here. */
export const LANGUAGES: readonly Language[] = [
  { tag: 'en', name: 'English', url: enUrl, direction: 'ltr' },
  { tag: 'es', name: 'Español', url: esUrl, direction: 'ltr' },
  { tag: 'ar', name: 'العربية', url: arUrl, direction: 'rtl' },
];
const STORED = 'language';

let messages: Record<string, Record<string, Message>> = {};
let tag = 'en';
let plural = new Intl.PluralRules('en');

/** The language in use, as a BCP 47 tag for `Intl`. */
export function languageTag(): string {
  return tag;
}

/** The person's choice, else the first of the browser's languages that we have, else English. */
export function preferredLanguage(): Language {
  const wishes = [localStorage.getItem(STORED) ?? '', ...navigator.languages];
  for (const wish of wishes) {
    const found = LANGUAGES.find((language) => wish.toLowerCase().split('-')[0] === language.tag);
    if (found !== undefined) return found;
  }
  return LANGUAGES[0] as Language;
}

/** Loads a language's messages and turns the page's direction. */
export async function loadLanguage(language: Language): Promise<void> {
  const response = await fetch(language.url);
  if (!response.ok) throw new Error(`messages of ${language.tag}: ${response.status}`);
  messages = (await response.json()) as typeof messages;
  tag = navigator.languages.find((wish) => wish.toLowerCase().startsWith(language.tag) && isTag(wish)) ?? language.tag;
  plural = new Intl.PluralRules(tag);
  document.documentElement.lang = language.tag;
  document.documentElement.dir = language.direction;
}

/** Some systems hand out names such as `en-US@posix`, which Intl refuses. */
function isTag(wish: string): boolean {
  try {
    return Intl.getCanonicalLocales(wish).length > 0;
  } catch {
    return false;
  }
}

/** Remembers the choice and shows the page anew in that language. */
export function chooseLanguage(language: Language): void {
  localStorage.setItem(STORED, language.tag);
  location.reload();
}

/** The message of a key, its `{holes}` filled; numbers are written as the language does. A missing key shows itself. */
export function t(word: Word, holes: Record<string, string | number> = {}): string {
  const [section = '', name = ''] = word.split('.', 2);
  const message = messages[section]?.[name];
  if (message === undefined) return word;
  const text =
    typeof message === 'string' ? message : (message[plural.select(Number(holes['n'] ?? 0))] ?? message.other ?? word);
  return text.replace(/\{(\w+)\}/g, (whole, hole: string) => {
    const value = holes[hole];
    if (value === undefined) return whole;
    return typeof value === 'number' ? fullNumber(value) : value;
  });
}

/** 12,345 as the language writes it. */
export function fullNumber(value: number): string {
  return new Intl.NumberFormat(tag).format(value);
}
