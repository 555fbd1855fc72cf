/** What a device knows of its viewer, and what the viewer has asked for. Neither ever leaves it. */
import type { Seen } from './seen.ts';

/** A finished watch: the post and those of its public features that affinities are counted by. */
export interface Positive {
  post: number;
  creator: number;
  /** Tag keys. */
  tags: readonly number[];
  durationMs: number;
}

/** The viewer's taste. */
export interface Taste {
  /** Oldest first; the kernel reads the last `TASTE_WINDOW` for the vector and all of them for affinities. */
  positives: readonly Positive[];
  seen: Seen;
  /** Creator keys. */
  followedCreators: ReadonlySet<number>;
  /** Sound keys. */
  followedSounds: ReadonlySet<number>;
}

/** What the viewer has set. */
export interface Controls {
  /** Posts wanted. */
  count: number;
  blockedCreators: ReadonlySet<number>;
  blockedSounds: ReadonlySet<number>;
  /** Keys of muted words that are tags. */
  mutedTags: ReadonlySet<number>;
  /** Posts whose text holds a muted word: the device reads texts, the kernel does not. */
  mutedPosts: ReadonlySet<number>;
  showsSensitive: boolean;
  showsAdult: boolean;
  hidesMadeByAi: boolean;
  /** Languages wanted; empty = all. Posts without a language (0) are always taken. */
  languages: ReadonlySet<number>;
  /** Tags chosen by hand: may fill the page. */
  chosenTags: ReadonlySet<number>;
  /** Less (-3) to more (+3) of a tag, by its key. */
  sliders: ReadonlyMap<number, number>;
  /** Shorter (-3) to longer (+3) videos. */
  length: number;
  /** Creators whose posts one has finished (-3) to creators new to one (+3). */
  novelty: number;
}

/** Nobody in particular: the start of every taste. */
export const EMPTY_TASTE: Taste = {
  positives: [],
  seen: new Map(),
  followedCreators: new Set(),
  followedSounds: new Set(),
};

/** The controls before anyone has touched them. */
export const OPEN_CONTROLS: Controls = {
  count: 20,
  blockedCreators: new Set(),
  blockedSounds: new Set(),
  mutedTags: new Set(),
  mutedPosts: new Set(),
  showsSensitive: false,
  showsAdult: false,
  hidesMadeByAi: false,
  languages: new Set(),
  chosenTags: new Set(),
  sliders: new Map(),
  length: 0,
  novelty: 0,
};
