/**
 * Reads a log in the form of the KuaiRand-Pure extract: warm-up watches, timed events, posts. "KuaiRand, Gao et al., CIKM 2022",
 * CC BY-SA 4.0. Any other log in the same form will do: only the events are needed, ids may be words, columns may stand in any order.
 */
import { join } from 'node:path';
import type { PostFacts } from '@vitrine/ranking';
import { DataError, numberIn, numbering, readTable, type Table, tablePath } from './tables.ts';

/** One impression. */
export interface Watch {
  atMs: number;
  user: number;
  post: number;
  /** A long view or a like. */
  isPositive: boolean;
  /** Line of events.tsv counted from 0; -1 for warm-up. */
  row: number;
}

/** The log as the harness walks it. */
export interface Log {
  /** Positives before the first event, in time order. */
  warmUp: Watch[];
  /** Posts seen before it, by user. */
  seenBefore: Map<number, number[]>;
  events: Watch[];
  /** By post number; every post of the log has some. */
  facts: PostFacts[];
  /** The post's id in the log. */
  nameOf: (post: number) => string | number;
}

const LIKE_OR_LONG_VIEW = 2 | 64;
const DAY_MS = 86_400_000;
/** 2022-04-08T00:00+08:00: where a user's earlier positives are spread from, in a log that begins within two months of it. */
const SPREAD_FROM_MS = Date.UTC(2022, 3, 7, 16);
const SPREAD_DAYS = 17;
const SPREAD_HOLDS_MS = 60 * DAY_MS;
/** The kernel's partners have 24 bits for a post, keys 32: the upper halves are for ids that are no such numbers. */
const POSTS_BELOW = 2 ** 23;
const KEYS_BELOW = 2 ** 31;
const USERS_BELOW = 2 ** 40;

const needed = (name: string) => ({ name, isNeeded: true });
const useful = (name: string) => ({ name, isNeeded: false });
const EVENT_COLUMNS = [
  needed('dt_ms'),
  needed('user'),
  needed('video'),
  useful('play_ms'),
  useful('dur_ms'),
  needed('flags'),
];
const HISTORY_COLUMNS = [
  needed('user'),
  useful('n'),
  needed('last_ms'),
  useful('watch'),
  useful('like'),
  useful('long'),
];
const POST_COLUMNS = ['author', 'type', 'upload_dt', 'upload_type', 'dur_ms', 'music', 'music_type', 'tags'].map(
  useful,
);

/** The folder that holds the log: `DIR/kuairand`, or DIR itself; undefined if neither has events. */
export function folderOf(data: string): string | undefined {
  return [join(data, 'kuairand'), data].find((folder) => tablePath(folder, 'events') !== undefined);
}

type Numbers = Record<'posts' | 'users' | 'keys', ReturnType<typeof numbering>>;

/**
 * The whole log.
 * @throws DataError for what cannot be read, in words
 */
export function readLog(folder: string): Log {
  const numbers: Numbers = {
    posts: numbering(POSTS_BELOW),
    users: numbering(USERS_BELOW),
    keys: numbering(KEYS_BELOW),
  };
  const path = tablePath(folder, 'events');
  if (path === undefined) throw new DataError(`no events.tsv, events.tsv.gz or events.tsv.xz in ${folder}`);
  const table = readTable(path, EVENT_COLUMNS);
  const start = table.notes.get('t0_ms') ?? '';
  if (!/^\d+$/.test(start)) throw new DataError(`${table.file} does not begin with #t0_ms= and a time in milliseconds`);
  if (table.rows.length === 0) throw new DataError(`${table.file} holds no events`);
  // The order of numbering is that of the files, so that a log cut short numbers what is left as the whole one does.
  const { warmUp, seenBefore } = readHistory(optional(folder, 'hist', HISTORY_COLUMNS), Number(start), numbers);
  const facts = readFacts(optional(folder, 'items', [needed('video'), ...POST_COLUMNS]), numbers);
  const events = readEvents(table, Number(start), numbers);
  for (const { post } of warmUp) facts[post] ??= unknownPost(post);
  for (const { post } of events) facts[post] ??= unknownPost(post);
  return { warmUp, seenBefore, events, facts, nameOf: numbers.posts.nameOf };
}

function optional(folder: string, name: string, columns: Parameters<typeof readTable>[1]): Table | undefined {
  const path = tablePath(folder, name);
  return path === undefined ? undefined : readTable(path, columns);
}

/** In order of time; equal times keep the order of the file. */
function readEvents(table: Table, startMs: number, { posts, users }: Numbers): Watch[] {
  const events = table.rows.map(([offset = '', user = '', post = '', , , flags = ''], row) => ({
    atMs: startMs + numberIn(offset, { table, row, column: 'dt_ms' }),
    user: users.numberOf(user),
    post: posts.numberOf(post),
    isPositive: (numberIn(flags, { table, row, column: 'flags' }) & LIKE_OR_LONG_VIEW) !== 0,
    row,
  }));
  return events.sort((a, b) => a.atMs - b.atMs || a.row - b.row);
}

function readHistory(table: Table | undefined, startMs: number, numbers: Numbers): Pick<Log, 'warmUp' | 'seenBefore'> {
  const { posts, users } = numbers;
  const isNearby = startMs >= SPREAD_FROM_MS && startMs <= SPREAD_FROM_MS + SPREAD_HOLDS_MS;
  const fromMs = isNearby ? SPREAD_FROM_MS : startMs - SPREAD_DAYS * DAY_MS;
  const warmUp: Watch[] = [];
  const seenBefore = new Map<number, number[]>();
  const idsIn = (list: string) => partsOf(list).map((id) => posts.numberOf(id));
  for (const [row, [name = '', , last = '', watched = '', liked = '', finished = '']] of (
    table?.rows ?? []
  ).entries()) {
    const user = users.numberOf(name);
    const positives = [...new Set([...idsIn(finished), ...idsIn(liked)])];
    seenBefore.set(user, idsIn(watched));
    if (table === undefined || positives.length === 0) continue;
    const spanMs = Math.max(0, numberIn(last, { table, row, column: 'last_ms' }) - fromMs);
    for (const [i, post] of positives.entries()) {
      const atMs = fromMs + Math.floor((spanMs * (i + 1)) / positives.length);
      warmUp.push({ atMs, user, post, isPositive: true, row: -1 });
    }
  }
  warmUp.sort((a, b) => a.atMs - b.atMs || a.user - b.user);
  return { warmUp, seenBefore };
}

/** How tables write that there is nothing. */
const NOTHING = /^(|unknown|nan|null|none|\\N)$/i;

function partsOf(list: string): string[] {
  return list.split(',').filter((part) => !NOTHING.test(part));
}

function readFacts(table: Table | undefined, { posts, keys }: Numbers): PostFacts[] {
  const facts: PostFacts[] = [];
  const sounds = new Map<string, number>();
  for (const row of table?.rows ?? []) {
    const [video = '', author = '', , published = '', , durationMs = '', sound = '', , tags = ''] = row;
    if (!sounds.has(sound)) sounds.set(sound, sounds.size + 1);
    const post = posts.numberOf(video);
    facts[post] = {
      ...unknownPost(post),
      creator: NOTHING.test(author) ? 0 : keys.numberOf(author),
      sound: sounds.get(sound) ?? 0,
      // Keys begin at 1: 0 means none.
      tags: partsOf(tags).map((tag) => keys.numberOf(tag) + 1),
      durationMs: Math.max(0, Math.min(KEYS_BELOW - 1, Math.round(Number(durationMs) || 0))),
      publishedMinute: Math.max(0, Math.floor(Date.parse(`${published}T00:00:00+08:00`) / 60_000) || 0),
    };
  }
  return facts;
}

/** A post of which nothing is told. */
function unknownPost(post: number): PostFacts {
  return {
    post,
    creator: 0,
    sound: 0,
    tags: [],
    durationMs: 0,
    publishedMinute: 0,
    language: 0,
    flags: 0,
    restriction: 0,
  };
}
