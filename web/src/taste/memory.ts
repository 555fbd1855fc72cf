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
  /** Public number of a post -> UTC day: what was watched of it up to that day is forgotten, whichever device has seen it. */
  forgotten: Map<number, number>;
  seen: Map<number, Uint32Array>;
  /** UTC day on which each block of the seen-set was last written. */
  seenDays: Map<number, number>;
  wishes: Wishes;
  /** How often wishes were changed: of two devices' the later win. */
  wishesChanged: number;
  /** How often everything was forgotten: what another device kept from before counts for nothing. */
  startedOver: number;
  /** 16 random bytes of this device, in no report and no request. */
  nonce: Uint8Array;
  counter: number;
}

const store = createStore('vitrine-taste', 'taste');
/** Watches kept, and forgotten ones known; older ones change nothing that the kernel reads. */
export const MOST_WATCHES = 2000;
/** Seen posts may come again after so many days. */
const SEEN_DAYS = 180;
const NONCE_BYTES = 16;

/** Nothing is remembered yet. */
export function newMemory(): Memory {
  return {
    watches: [],
    forgotten: new Map(),
    seen: new Map(),
    seenDays: new Map(),
    wishes: FIRST_WISHES,
    wishesChanged: 0,
    startedOver: 0,
    nonce: crypto.getRandomValues(new Uint8Array(NONCE_BYTES)),
    counter: 0,
  };
}

/** Reads what is remembered; a browser that keeps nothing starts anew each time. */
export async function readMemory(today: number): Promise<Memory> {
  const memory = newMemory();
  const names = Object.keys(memory);
  const values = await getMany(names, store).catch(() => []);
  Object.assign(memory, Object.fromEntries(names.map((name, i) => [name, values[i]]).filter(([, value]) => value)));
  memory.wishes = { ...FIRST_WISHES, ...memory.wishes };
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
  memory.forgotten.delete(watch.post);
  memory.watches = [...memory.watches.filter(({ post }) => post !== watch.post), watch].slice(-MOST_WATCHES);
}

/** Sets what the viewer wishes. */
export function changeWishes(memory: Memory, change: Partial<Wishes>): void {
  memory.wishes = { ...memory.wishes, ...change };
  memory.wishesChanged += 1;
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

/**
 * Forgets watches, and keeps that they are forgotten, so that no other device brings them back. Seen posts stay seen, so that they do not
 * come back at once; only who forgets everything starts over.
 */
export function forget(memory: Memory, which: { post: number } | { day: number } | 'all'): void {
  if (which === 'all') {
    const { nonce, counter, startedOver } = memory;
    Object.assign(memory, newMemory(), { nonce, counter, startedOver: startedOver + 1 });
    return;
  }
  const isMeant = (watch: Watch): boolean => ('post' in which ? watch.post === which.post : watch.day === which.day);
  for (const { post, day } of memory.watches.filter(isMeant)) memory.forgotten.set(post, day);
  memory.forgotten = new Map([...memory.forgotten].slice(-MOST_WATCHES));
  memory.watches = memory.watches.filter((watch) => !isMeant(watch));
}

/** Kept beside the memory: the region's key as first met, receipts, the bytes of files that receipts need. */
export const kept = {
  read: <Value>(name: string): Promise<Value | undefined> => get<Value>(name, store).catch(() => undefined),
  write: (name: string, value: unknown): Promise<void> => set(name, value, store).catch(() => undefined),
};
