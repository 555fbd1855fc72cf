/**
 * Who watched how long before the next swipe. Recorded, where the data folder lies beside the project or VITRINE_DATA names it:
 * KuaiRand-Pure (Gao et al., CIKM 2022, CC BY-SA 4.0), one person's events in their order. Elsewhere made up, of the same shape.
 */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** One video of one person. */
export interface Look {
  /** Longer than the video when it was seen again. */
  dwellMs: number;
  durationMs: number;
}

/** The swipes of several people. */
export interface Trace {
  source: string;
  people: Look[][];
}

/** Longest videos of either trace: the platform's own are shorter than the log's. */
const LONGEST_MS = 180_000;
const LONGEST_DWELL_MS = 120_000;
const FEWEST_LOOKS = 20;
const MOST_PEOPLE = 60;
const MADE_PEOPLE = 60;
const MADE_LOOKS = 30;

/** The recorded trace, or the made-up one. */
export function readTrace(): Trace {
  const folder = process.env['VITRINE_DATA'] ?? join(import.meta.dirname, '..', '..', '..', 'shared', 'data');
  const path = join(folder, 'kuairand', 'events.tsv.xz');
  return existsSync(path) ? recorded(path) : madeUp();
}

/** People with 20 swipes and more, evenly picked. */
function recorded(path: string): Trace {
  const text = execFileSync('xz', ['-dc', path], { encoding: 'utf8', maxBuffer: 2 ** 30 });
  const byPerson = new Map<number, Look[]>();
  for (const line of text.trimEnd().split('\n').slice(2)) {
    const [, person = 0, , playMs = 0, durationMs = 0] = line.split('\t').map(Number);
    if (durationMs <= 0) continue;
    const looks = byPerson.get(person) ?? [];
    looks.push(inBounds({ dwellMs: playMs, durationMs }));
    byPerson.set(person, looks);
  }
  const all = [...byPerson.values()].filter((looks) => looks.length >= FEWEST_LOOKS);
  const step = Math.max(1, Math.floor(all.length / MOST_PEOPLE));
  return { source: 'KuaiRand', people: all.filter((_, index) => index % step === 0).slice(0, MOST_PEOPLE) };
}

/**
 * Of the recorded one's shape, with a seed: a tenth are flung past; the others are watched for a log-normal time with median 5.2 s
 * and sigma 1.5; lengths are log-normal with median 62 s and sigma 1.1.
 */
function madeUp(): Trace {
  const chance = seeded(20_261_122);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - chance())) * Math.cos(2 * Math.PI * chance());
  const look = (): Look =>
    inBounds({
      dwellMs: chance() < 0.1 ? 0 : 5200 * Math.exp(1.5 * normal()),
      durationMs: 62_000 * Math.exp(1.1 * normal()),
    });
  const people = Array.from({ length: MADE_PEOPLE }, () => Array.from({ length: MADE_LOOKS }, look));
  return { source: 'made up', people };
}

function inBounds({ dwellMs, durationMs }: Look): Look {
  return {
    dwellMs: Math.min(Math.max(0, dwellMs), LONGEST_DWELL_MS),
    durationMs: Math.min(Math.max(3000, durationMs), LONGEST_MS),
  };
}

/** Chance that is the same in each run, at least 0 and below 1. */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
