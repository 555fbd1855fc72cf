/** What this device remembers of its viewer. It stays here: nothing of it is sent anywhere. */
import {
  type Controls,
  keyOf,
  languageKey,
  markSeen,
  OPEN_CONTROLS,
  type Positive,
  type Taste,
} from '@vitrine/ranking';
import { createStore, get, getMany, set, setMany } from 'idb-keyval';

/** One watch, kept on the device. */
export interface Watch {
  /** Public number and id of the post. */
  post: number;
  id: string;
  /** Key of its creator, 0 as long as it stood on no shelf at hand. */
  creator: number;
  sound: number;
  tags: string[];
  handle: string;
  durationMs: number;
  outcomeBucket: number;
  loops: number;
  isSkip: boolean;
  /** Watched to its end or for long, or liked. */
  isPositive: boolean;
  /** UTC day since 1970: no time of day is kept. */
  day: number;
}

/** How the feed is made. */
export type FeedMode = 'forYou' | 'following' | 'newest' | 'noProfile';

/** What the viewer has set; names, not keys, so that it can be shown. */
export interface Wishes {
  mode: FeedMode;
  /** false: watches are not remembered any more. */
  isLearning: boolean;
  showsChip: boolean;
  sliders: Record<string, number>;
  length: number;
  novelty: number;
  blockedCreators: { key: number; handle: string }[];
  blockedSounds: { key: number; title: string }[];
  mutedTags: string[];
  hidesMadeByAi: boolean;
  showsSensitive: boolean;
  languages: string[];
}

/** Wishes before anyone has touched them. */
export const FIRST_WISHES: Wishes = {
  mode: 'forYou',
  isLearning: true,
  showsChip: true,
  sliders: {},
  length: 0,
  novelty: 0,
  blockedCreators: [],
  blockedSounds: [],
  mutedTags: [],
  hidesMadeByAi: false,
  showsSensitive: true,
  languages: [],
};

/** Whom the viewer follows and blocks, as the account has it. Empty when signed out. */
export interface Ties {
  followedCreators: number[];
  followedSounds: number[];
  blockedCreators: number[];
  isAdult: boolean;
  /** false for people under 16: the feed has no profile then, whatever was set. */
  mayHaveProfile: boolean;
}

/** Everything remembered. */
export interface Memory {
  watches: Watch[];
  seen: Map<number, Uint32Array>;
  /** UTC day on which each block of the seen-set was last written. */
  seenDays: Map<number, number>;
  wishes: Wishes;
  /** 16 random bytes of this device, in no report and no request. */
  nonce: Uint8Array;
  counter: number;
}

const store = createStore('vitrine-taste', 'taste');
/** Watches kept; older ones change nothing that the kernel reads. */
const MOST_WATCHES = 2000;
/** Seen posts may come again after so many days. */
const SEEN_DAYS = 180;
const NONCE_BYTES = 16;

/** Reads what is remembered; a browser that keeps nothing starts anew each time. */
export async function readMemory(today: number): Promise<Memory> {
  const [watches, seen, seenDays, wishes, nonce, counter] = await getMany(
    ['watches', 'seen', 'seenDays', 'wishes', 'nonce', 'counter'],
    store,
  ).catch(() => []);
  const memory: Memory = {
    watches: watches ?? [],
    seen: seen ?? new Map(),
    seenDays: seenDays ?? new Map(),
    wishes: { ...FIRST_WISHES, ...wishes },
    nonce: nonce ?? crypto.getRandomValues(new Uint8Array(NONCE_BYTES)),
    counter: counter ?? 0,
  };
  for (const [block, day] of memory.seenDays) {
    if (day >= today - SEEN_DAYS) continue;
    memory.seen.delete(block);
    memory.seenDays.delete(block);
  }
  return memory;
}

/** Writes all of it. */
export async function writeMemory(memory: Memory): Promise<void> {
  await setMany(Object.entries(memory), store).catch(() => undefined);
}

/** Remembers a watch: the post was seen, and what it came to if the viewer lets the device learn. */
export function rememberWatch(memory: Memory, watch: Watch, mayLearn: boolean): void {
  markSeen(memory.seen, watch.post);
  memory.seenDays.set(watch.post >>> 12, watch.day);
  if (!mayLearn || !memory.wishes.isLearning || memory.wishes.mode === 'noProfile') return;
  memory.watches = [...memory.watches.filter(({ post }) => post !== watch.post), watch].slice(-MOST_WATCHES);
}

/** The taste as the kernel reads it; without profile nobody in particular, who has seen nothing twice. */
export function tasteOf(memory: Memory, ties: Ties): Taste {
  const { watches, seen, wishes } = memory;
  const hasProfile = wishes.mode !== 'noProfile' && ties.mayHaveProfile;
  return {
    positives: hasProfile ? watches.filter(({ isPositive }) => isPositive).map(toPositive) : [],
    seen,
    followedCreators: new Set(hasProfile ? ties.followedCreators : []),
    followedSounds: new Set(hasProfile ? ties.followedSounds : []),
  };
}

function toPositive({ post, creator, tags, durationMs }: Watch): Positive {
  return { post, creator, tags: tags.map((tag) => keyOf('tag', tag)), durationMs };
}

/** The controls as the kernel reads them. */
export function controlsOf({ wishes }: Memory, ties: Ties, count: number): Controls {
  return {
    ...OPEN_CONTROLS,
    count,
    blockedCreators: new Set([...ties.blockedCreators, ...wishes.blockedCreators.map(({ key }) => key)]),
    blockedSounds: new Set(wishes.blockedSounds.map(({ key }) => key)),
    mutedTags: new Set(wishes.mutedTags.map((tag) => keyOf('tag', tag))),
    showsSensitive: wishes.showsSensitive,
    showsAdult: ties.isAdult,
    hidesMadeByAi: wishes.hidesMadeByAi,
    languages: new Set(wishes.languages.map(languageKey)),
    sliders: new Map(
      Object.entries(wishes.sliders)
        .filter(([, value]) => value !== 0)
        .map(([tag, value]) => [keyOf('tag', tag), value]),
    ),
    length: wishes.length,
    novelty: wishes.novelty,
  };
}

/** Forgets watches; seen posts stay seen, so that they do not come back at once. */
export function forget(memory: Memory, which: { post: number } | { day: number } | 'all'): void {
  if (which === 'all') {
    memory.watches = [];
    memory.seen.clear();
    memory.seenDays.clear();
    memory.wishes = { ...FIRST_WISHES };
  } else if ('post' in which) memory.watches = memory.watches.filter(({ post }) => post !== which.post);
  else memory.watches = memory.watches.filter(({ day }) => day !== which.day);
}

/** Kept beside the memory: the region's key as first met, receipts, the bytes of files that receipts need. */
export const kept = {
  read: <Value>(name: string): Promise<Value | undefined> => get<Value>(name, store).catch(() => undefined),
  write: (name: string, value: unknown): Promise<void> => set(name, value, store).catch(() => undefined),
};
