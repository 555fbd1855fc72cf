/** What the page asks of the ranking worker, and what it gets. */
import type { Reason, Receipt, RemovalCode, WatchShare, Placement, Weights } from '@vitrine/ranking';
import type { Ties, Watch, Wishes } from '../taste/memory.ts';
import type { TastePicture } from '../taste/picture.ts';
import type { ChosenAlgorithm } from '../taste/algorithms.ts';
import type { Comparison } from './comparison.ts';
import type { Checked } from './check-receipt.ts';

/** A page is asked for: how many posts, which are in the list already and not yet watched. */
export interface PageOrder {
  count: number;
  /** Public numbers that must not come again. */
  listed: readonly number[];
  ties: Ties;
  /** Only what everybody reads: the first page of a first visit. */
  isFirst: boolean;
}

/** Why a post stands where it stands, short enough for its chip. */
export interface Chip {
  kind: 'watches' | 'trending' | 'fresh' | 'followed' | 'creator' | 'tag' | 'length' | 'wish' | 'open';
  /** Of `watches`: how many of the viewer's own. */
  n: number;
}

/** A post of a page. */
export interface PagePost {
  id: string;
  post: number;
  chip: Chip;
}

/** Why a post was shown, in full. */
export interface Why {
  /** 1 = first. */
  place: number;
  candidates: number;
  score: number;
  parts: Reason[];
  /** With the ids of the posts, largest share first. */
  watches: (WatchShare & { id: string })[];
  placement: Placement;
  penalty: number;
  passed: readonly { id: string; post: number; rule: string }[];
  sources: readonly string[];
  /** The best that did not get onto the page, and how much was missing. */
  next: { id: string; post: number; missing: number } | undefined;
  epoch: number;
  tags: number[];
  creator: number;
  sound: number;
}

/** How a post would have fared had something been otherwise. */
export interface Change {
  kind: 'noProfile' | 'forget' | 'points';
  /** Points that are missing to the next, of `points`. */
  points: number;
  /** Place by score among all candidates then; 0 = removed. */
  place: number;
}

/** Everything that can be asked; each answer is a promise in the page. */
export interface Calls {
  page: (order: PageOrder) => PagePost[];
  /** `mayLearn` false: the post counts as seen, and nothing else is remembered. */
  watched: (watch: Watch, mayLearn: boolean) => void;
  why: (post: number) => Why | undefined;
  changes: (post: number) => Change[];
  check: (post: number) => Checked | undefined;
  receipt: (post: number) => Receipt | undefined;
  taste: () => TastePicture;
  wish: (change: Partial<Wishes>) => Wishes;
  forget: (which: { post: number } | { day: number } | 'all') => void;
  exportTaste: () => string;
  importTaste: (text: string) => void;
  /** The algorithm in place of the region's. */
  algorithm: () => Pick<ChosenAlgorithm, 'hash' | 'name'> | undefined;
  /** Chooses one; undefined: the region's again. */
  choose: (chosen: ChosenAlgorithm | undefined) => void;
  /** What would be shown now, by the weights in use and by others. */
  compare: (weights: Weights, order: Pick<PageOrder, 'count' | 'ties'>) => Comparison;
  /** The words of the code that own devices share, while they do. */
  syncWords: () => string[] | undefined;
  beginSync: () => void;
  joinSync: (words: string) => void;
  endSync: (forAll: boolean) => void;
  /** true: others' events were taken in. */
  syncIfDue: () => boolean;
  removed: (post: number) => RemovalCode | undefined;
}

/** A call on its way to the worker. */
export interface CallMessage {
  call: number;
  name: keyof Calls;
  args: unknown[];
}

/** Its answer. */
export type AnswerMessage = { call: number; answer: unknown } | { call: number; error: string };
