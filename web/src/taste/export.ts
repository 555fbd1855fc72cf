/** The taste as a file: to keep, to carry to another device, to look into. */
import { type Memory, type Watch, type Wishes, FIRST_WISHES } from './memory.ts';

const FORMAT = 'vitrine-taste-1';

interface Exported {
  format: typeof FORMAT;
  watches: Watch[];
  wishes: Wishes;
  /** Blocks of the seen-set as numbers, with the day each was last written. */
  seen: { block: number; day: number; words: number[] }[];
}

/** The file's text. */
export function writeExport({ watches, wishes, seen, seenDays }: Memory): string {
  const exported: Exported = {
    format: FORMAT,
    watches,
    wishes,
    seen: [...seen].map(([block, words]) => ({ block, day: seenDays.get(block) ?? 0, words: [...words] })),
  };
  return JSON.stringify(exported, null, 1);
}

/**
 * Takes a file in: the union of its events and those that are here; wishes of the file win.
 * @throws Error when it is no such file
 */
export function readExport(text: string, memory: Memory): Memory {
  const given = JSON.parse(text) as Partial<Exported>;
  if (given.format !== FORMAT || !Array.isArray(given.watches) || !Array.isArray(given.seen)) {
    throw new Error('This is no file of a taste.');
  }
  const seen = new Map([...memory.seen].map(([block, words]) => [block, words.slice()]));
  const seenDays = new Map(memory.seenDays);
  for (const { block, day, words } of given.seen) {
    const here = seen.get(block) ?? new Uint32Array(words.length);
    for (const [i, word] of words.entries()) here[i] = (here[i] ?? 0) | word;
    seen.set(block, here);
    seenDays.set(block, Math.max(day, seenDays.get(block) ?? 0));
  }
  const byPost = new Map<number, Watch>();
  for (const watch of [...memory.watches, ...given.watches]) {
    const known = byPost.get(watch.post);
    if (known === undefined || known.day <= watch.day) byPost.set(watch.post, watch);
  }
  const watches = [...byPost.values()].sort((a, b) => a.day - b.day);
  return { ...memory, watches, seen, seenDays, wishes: { ...FIRST_WISHES, ...memory.wishes, ...given.wishes } };
}
