/**
 * The gate before the learner: how much of a report counts, so that no post rises faster than people could have found it. It is public and stays
 * valid when known; what makes an attack dear is the weight of tickets (new accounts weigh little), the gate only bounds its speed.
 */

/** Reports are held against those of the window before. */
export const WINDOW_MS = 3_600_000;
/** A post may have so many times what it had in the window before. */
export const GROWTH = 2;
/** What every post may have in a window without any before: in weights of full tickets. */
export const FREE_WEIGHT = 1;
/**
 * Or so many times the root of all that was accepted in the window before. Honest counts scatter with the root of the region, a
 * share of it would hand attackers of a large one more than any honest post has.
 */
export const FREE_ROOT = 1 / 7;
/** Most of a window's accepted weight that one post may have, in shares of the window before. */
export const SHARE_CAP = 0.02;
/** A creator's posts together pass unthinned up to so many posts' free weight in a window. */
const CREATOR_FREE_POSTS = 2;

interface Window {
  number: number;
  before: number;
  now: number;
}

/** What was accepted lately, by post, by creator and in all. */
export interface Gate {
  posts: Map<number, Window>;
  creators: Map<number, Window>;
  all: Window;
}

/** A gate that nothing has passed. */
export function newGate(): Gate {
  return { posts: new Map(), creators: new Map(), all: { number: 0, before: 0, now: 0 } };
}

/** A report that asks to pass. */
export interface Asking {
  post: number;
  /** Creator key; 0 = not known: then no diminishing. */
  creator: number;
  /** Weight of its ticket. */
  weight: number;
  atMs: number;
}

/** How much of a report's weight may pass; nothing is taken yet. */
export function roomIn(gate: Gate, { post, creator, weight, atMs }: Asking): number {
  const number = Math.floor(atMs / WINDOW_MS);
  const all = moveTo(gate.all, number);
  const own = windowOf(gate.posts, post, number);
  const free = Math.max(FREE_WEIGHT, FREE_ROOT * Math.sqrt(all.before));
  const limit = Math.max(free, Math.min(GROWTH * own.before, Math.max(free, SHARE_CAP * all.before)));
  return Math.min(weight * diminished(gate, { creator, number, free }), Math.max(0, limit - own.now));
}

/** Remembers what has passed. */
export function notePassed(gate: Gate, { post, creator, weight, atMs }: Asking): void {
  const number = Math.floor(atMs / WINDOW_MS);
  moveTo(gate.all, number).now += weight;
  windowOf(gate.posts, post, number).now += weight;
  if (creator !== 0) windowOf(gate.creators, creator, number).now += weight;
}

/** Accepts all, part or nothing of a report's weight, and remembers it. */
export function passGate(gate: Gate, asking: Asking): number {
  const accepted = roomIn(gate, asking);
  if (accepted > 0) notePassed(gate, { ...asking, weight: accepted });
  return accepted;
}

/** 1 while the creator's posts together have less than a few free posts would, then less and less. */
function diminished(gate: Gate, { creator, number, free }: { creator: number; number: number; free: number }): number {
  if (creator === 0) return 1;
  const { now, before } = windowOf(gate.creators, creator, number);
  const fair = Math.max(CREATOR_FREE_POSTS * free, GROWTH * before);
  return now <= fair ? 1 : fair / now;
}

function windowOf(windows: Map<number, Window>, key: number, number: number): Window {
  const known = windows.get(key);
  if (known !== undefined) return moveTo(known, number);
  const fresh = { number, before: 0, now: 0 };
  windows.set(key, fresh);
  return fresh;
}

function moveTo(window: Window, number: number): Window {
  if (number === window.number) return window;
  window.before = number === window.number + 1 ? window.now : 0;
  window.now = 0;
  window.number = number;
  return window;
}
