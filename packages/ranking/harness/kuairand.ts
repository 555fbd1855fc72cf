/** Reads the KuaiRand-Pure extract: warm-up watches, timed events, posts. "KuaiRand, Gao et al., CIKM 2022", CC BY-SA 4.0. */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { PostFacts } from '@vitrine/ranking';

/** One impression. */
export interface Watch {
  atMs: number;
  user: number;
  post: number;
  /** A long view or a like. */
  isPositive: boolean;
  /** Line of events.tsv counted from 0; -1 for warm-up. */
  row: number;
  playMs: number;
}

/** The log as the harness walks it. */
export interface Log {
  /** Positives before the first event, in time order. */
  warmUp: Watch[];
  /** Posts seen before it, by user. */
  seenBefore: Map<number, number[]>;
  events: Watch[];
  facts: PostFacts[];
}

const LIKE_OR_LONG_VIEW = 2 | 64;
/** 2022-04-08T00:00+08:00: where a user's earlier positives are spread from. */
const SPREAD_FROM_MS = Date.UTC(2022, 3, 7, 16);

/** Whether the folder holds the log. */
export function hasLog(folder: string): boolean {
  return ['events', 'hist', 'items'].every((name) => existsSync(join(folder, 'kuairand', `${name}.tsv.xz`)));
}

/** The whole log. */
export function readLog(folder: string): Log {
  const { warmUp, seenBefore } = readHistory(linesOf(folder, 'hist'));
  return {
    warmUp,
    seenBefore,
    events: readEvents(linesOf(folder, 'events')),
    facts: readFacts(linesOf(folder, 'items')),
  };
}

/** Lines without the trailing empty one; `xz -dc` is a tool of the machine, the package itself reads no files. */
function linesOf(folder: string, name: string): string[] {
  const path = join(folder, 'kuairand', `${name}.tsv.xz`);
  const text = execFileSync('xz', ['-dc', path], { encoding: 'utf8', maxBuffer: 2 ** 30 });
  return text.trimEnd().split('\n');
}

function readEvents(lines: string[]): Watch[] {
  const startMs = Number(/^#t0_ms=(\d+)/.exec(lines[0] ?? '')?.[1]);
  if (!Number.isFinite(startMs)) throw new Error('events.tsv does not begin with #t0_ms=');
  return lines.slice(2).map((line, row) => {
    const [offset, user, post, playMs, , flags] = line.split('\t').map(Number) as [
      number,
      number,
      number,
      number,
      number,
      number,
    ];
    return { atMs: startMs + offset, user, post, isPositive: (flags & LIKE_OR_LONG_VIEW) !== 0, row, playMs };
  });
}

function readHistory(lines: string[]): Pick<Log, 'warmUp' | 'seenBefore'> {
  const warmUp: Watch[] = [];
  const seenBefore = new Map<number, number[]>();
  for (const line of lines.slice(1)) {
    const [user, , last, watched, liked, finished] = line.split('\t');
    const positives = [...new Set([...idsIn(finished), ...idsIn(liked)])];
    seenBefore.set(Number(user), idsIn(watched));
    const spanMs = Number(last) - SPREAD_FROM_MS;
    for (const [i, post] of positives.entries()) {
      const atMs = SPREAD_FROM_MS + Math.floor((spanMs * (i + 1)) / positives.length);
      warmUp.push({ atMs, user: Number(user), post, isPositive: true, row: -1, playMs: 0 });
    }
  }
  warmUp.sort((a, b) => a.atMs - b.atMs || a.user - b.user);
  return { warmUp, seenBefore };
}

function idsIn(list: string | undefined): number[] {
  return list === undefined || list === '' ? [] : list.split(',').map(Number);
}

function readFacts(lines: string[]): PostFacts[] {
  const facts: PostFacts[] = [];
  const sounds = new Map<string, number>();
  for (const line of lines.slice(1)) {
    const [post, author, , published, , durationMs, music, , tags] = line.split('\t');
    const sound = music ?? '';
    if (!sounds.has(sound)) sounds.set(sound, sounds.size + 1);
    facts[Number(post)] = {
      post: Number(post),
      creator: Number(author),
      sound: sounds.get(sound) ?? 0,
      // Keys begin at 1: 0 means none.
      tags: idsIn(tags).map((tag) => tag + 1),
      durationMs: Math.round(Number(durationMs) || 0),
      publishedMinute: Math.floor(Date.parse(`${published}T00:00:00+08:00`) / 60_000) || 0,
      language: 0,
      flags: 0,
      restriction: 0,
    };
  }
  return facts;
}
