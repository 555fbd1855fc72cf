/** Weights from a stranger: only what the ranking knows, within bounds, and no word that could name a person or a post. */
import {
  checkWeights,
  NUMBERS,
  type Reasoned,
  type Term,
  TERMS,
  type TermWeight,
  type WeightNumber,
  type Weights,
} from './weights.ts';

const VERSION_CHARS = 40;
const REASON_CHARS = 200;
/** Ids, handles, addresses: a reason is about taste, not about anybody. */
const NAMES_SOMEBODY = /[0-9a-f]{8}-[0-9a-f]{4}|@\w|https?:|www\.|\/post\//i;
/** Bounds of single numbers beyond the kernel's own. */
const MOST: Partial<Record<WeightNumber, number>> = {
  tasteWindow: 100,
  nearWindow: 30,
  pagesTaken: 32,
  shelvesTaken: 16,
  similarityWindow: 10,
};

/**
 * Reads a weights file made by anyone.
 * @throws Error that says what is wrong, in words for its maker
 */
export function readWeights(file: unknown): Weights {
  const { version, terms, numbers } = membersOf(file, ['version', 'terms', 'numbers'], 'The file');
  const givenTerms = membersOf(terms, TERMS, 'terms');
  const givenNumbers = membersOf(numbers, NUMBERS, 'numbers');
  const read: Weights = {
    version: textOf(version, VERSION_CHARS, 'version'),
    terms: Object.fromEntries(TERMS.map((term) => [term, termOf(givenTerms[term], term)])) as Record<Term, TermWeight>,
    numbers: Object.fromEntries(NUMBERS.map((name) => [name, numberOf(givenNumbers[name], name)])) as Record<
      WeightNumber,
      Reasoned
    >,
  };
  for (const name of NUMBERS) {
    const most = MOST[name];
    if (most !== undefined && read.numbers[name].value > most) throw new Error(`${name} is at most ${most}`);
  }
  return checkWeights(read);
}

function membersOf<Name extends string>(value: unknown, names: readonly Name[], where: string): Record<Name, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new Error(`${where} is no object`);
  const given = value as Record<string, unknown>;
  for (const name of names) if (!Object.hasOwn(given, name)) throw new Error(`${where} lacks ${name}`);
  const extra = Object.keys(given).find((name) => !(names as readonly string[]).includes(name));
  if (extra !== undefined)
    throw new Error(`${where} holds ${extra.slice(0, VERSION_CHARS)}, which the ranking does not know`);
  return given as Record<Name, unknown>;
}

function termOf(value: unknown, term: Term): TermWeight {
  const { weight, under5, under20, reason } = membersOf(value, ['weight', 'under5', 'under20', 'reason'], term);
  return {
    weight: wholeOf(weight, term),
    under5: wholeOf(under5, term),
    under20: wholeOf(under20, term),
    reason: textOf(reason, REASON_CHARS, term),
  };
}

function numberOf(value: unknown, name: WeightNumber): Reasoned {
  const given = membersOf(value, ['value', 'reason'], name);
  return { value: wholeOf(given.value, name), reason: textOf(given.reason, REASON_CHARS, name) };
}

function wholeOf(value: unknown, where: string): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value)) throw new Error(`${where} holds no whole number`);
  return value;
}

function textOf(value: unknown, most: number, where: string): string {
  if (typeof value !== 'string' || value.length === 0) throw new Error(`${where} has no words`);
  if (value.length > most) throw new Error(`the words of ${where} are longer than ${most}`);
  if (NAMES_SOMEBODY.test(value)) throw new Error(`the words of ${where} name a person, a post or a page`);
  return value;
}
