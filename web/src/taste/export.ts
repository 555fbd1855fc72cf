/** The taste as a text: to keep, to carry to another device, to look into; and what one device takes in from another. */
import { SEEN_BLOCK_WORDS } from '@vitrine/ranking';
import { areWishes, isCount, isListOf, isWatch } from './fits.ts';
import { FIRST_WISHES, type Memory, MOST_WATCHES, type Watch, type Wishes } from './memory.ts';

const FORMAT = 'vitrine-taste-1';

interface Exported {
  format: typeof FORMAT;
  watches: Watch[];
  /** Pairs of a post's public number and the UTC day up to which its watches are forgotten. */
  forgotten: [number, number][];
  wishes: Wishes;
  wishesChanged: number;
  startedOver: number;
  /** Blocks of the seen-set as numbers, with the day each was last written. */
  seen: { block: number; day: number; words: number[] }[];
}

/** The file's text. */
export function writeExport({ watches, forgotten, wishes, wishesChanged, startedOver, ...memory }: Memory): string {
  const exported: Exported = {
    format: FORMAT,
    watches,
    forgotten: [...forgotten],
    wishes,
    wishesChanged,
    startedOver,
    seen: [...memory.seen].map(([block, words]) => ({
      block,
      day: memory.seenDays.get(block) ?? 0,
      words: [...words],
    })),
  };
  return JSON.stringify(exported, null, 1);
}

/** A file's memory. @throws Error when it is no such file */
function read(text: string): Omit<Memory, 'nonce' | 'counter'> {
  const given = JSON.parse(text) as Partial<Exported>;
  if (
    given.format !== FORMAT ||
    !isListOf(given.watches, isWatch) ||
    !isListOf(given.seen, isSeenBlock) ||
    !isListOf(given.forgotten ?? [], isForgotten) ||
    !areWishes(given.wishes) ||
    ![given.wishesChanged ?? 0, given.startedOver ?? 0].every(isCount)
  ) {
    throw new Error('This is no file of a taste.');
  }
  return {
    watches: given.watches,
    forgotten: new Map(given.forgotten),
    seen: new Map(given.seen.map(({ block, words }) => [block, Uint32Array.from(words)])),
    seenDays: new Map(given.seen.map(({ block, day }) => [block, day])),
    wishes: { ...FIRST_WISHES, ...given.wishes },
    wishesChanged: given.wishesChanged ?? 0,
    startedOver: given.startedOver ?? 0,
  };
}

function isSeenBlock(value: unknown): value is Exported['seen'][number] {
  const { block, day, words } = (value ?? {}) as Partial<Exported['seen'][number]>;
  return isCount(block) && isCount(day) && isListOf(words, isCount) && words.length === SEEN_BLOCK_WORDS;
}

function isForgotten(value: unknown): value is [number, number] {
  return isListOf(value, isCount) && value.length === 2;
}

/**
 * Takes a file in: the union of its events and those that are here; wishes of the file win.
 * @throws Error when it is no such file
 */
export function readExport(text: string, memory: Memory): Memory {
  const given = read(text);
  return { ...memory, ...eventsOf(memory, given), wishes: given.wishes, wishesChanged: memory.wishesChanged + 1 };
}

/**
 * Joins other devices: their events and those that are here, under their wishes; from now on counted as they count.
 * @throws Error when it is no taste
 */
export function joinTaste(text: string, memory: Memory): Memory {
  const { wishes, wishesChanged, startedOver, ...given } = read(text);
  return { ...memory, ...eventsOf(memory, given), wishes, wishesChanged, startedOver };
}

/**
 * Takes in what the other devices have sealed since: the union of events, the later wishes. Where one side has started over since, nothing
 * of the other's is left.
 * @throws Error when it is no taste
 */
export function mergeTaste(text: string, memory: Memory): Memory {
  const given = read(text);
  if (given.startedOver < memory.startedOver) return memory;
  if (given.startedOver > memory.startedOver) return { ...memory, ...given };
  const { wishes, wishesChanged } = given.wishesChanged > memory.wishesChanged ? given : memory;
  return { ...memory, ...eventsOf(memory, given), wishes, wishesChanged };
}

type Events = Pick<Memory, 'watches' | 'forgotten' | 'seen' | 'seenDays'>;

/** The union: of a post the last watch, unless it is forgotten on either side. */
function eventsOf(here: Events, given: Events): Events {
  const seen = new Map([...here.seen].map(([block, words]) => [block, words.slice()]));
  const seenDays = new Map(here.seenDays);
  for (const [block, words] of given.seen) {
    const known = seen.get(block) ?? new Uint32Array(words.length);
    seen.set(
      block,
      known.map((word, i) => word | (words[i] ?? 0)),
    );
    seenDays.set(block, Math.max(given.seenDays.get(block) ?? 0, seenDays.get(block) ?? 0));
  }
  const forgotten = new Map(here.forgotten);
  for (const [post, day] of given.forgotten) forgotten.set(post, Math.max(day, forgotten.get(post) ?? 0));
  const byPost = new Map<number, Watch>();
  for (const watch of [...here.watches, ...given.watches]) {
    const known = byPost.get(watch.post);
    if (known === undefined || known.day <= watch.day) byPost.set(watch.post, watch);
  }
  const watches = [...byPost.values()].filter(({ post, day }) => day > (forgotten.get(post) ?? -1));
  return {
    watches: watches.sort((a, b) => a.day - b.day).slice(-MOST_WATCHES),
    forgotten: new Map([...forgotten].slice(-MOST_WATCHES)),
    seen,
    seenDays,
  };
}
