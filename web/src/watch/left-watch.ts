/**
 * The watch that a page was left in. A page that closes has no time to tell of it: it is written down at once, on this device, and
 * the next page tells of it. Nothing is sent at closing.
 */
import type { Watched } from './watched.ts';

const STORED = 'left-watches';
/** Pages that were left and never came back; more are not kept. */
const MOST = 8;

/** As long as reports wait. */
const KEPT_MS = 7 * 86_400_000;

type Left = Record<string, { watched: Watched; atMs: number }>;
/** This page among others that are open. */
const own = crypto.getRandomValues(new Uint32Array(2)).join('-');

function read(): Left {
  try {
    return JSON.parse(localStorage.getItem(STORED) ?? '{}') as Left;
  } catch {
    return {};
  }
}

/** A browser that keeps nothing loses this watch. */
function write(left: Left): void {
  const entries = Object.entries(left).slice(-MOST);
  try {
    if (entries.length === 0) localStorage.removeItem(STORED);
    else localStorage.setItem(STORED, JSON.stringify(Object.fromEntries(entries)));
  } catch {
    return;
  }
}

/** The page is hidden or closes, in the middle of this watch. */
export function leaveWatch(watched: Watched): void {
  write({ ...read(), [own]: { watched, atMs: Date.now() } });
}

/** The page is in view again. False: another page has told of the watch meanwhile. */
export function comeBack(): boolean {
  const { [own]: mine, ...others } = read();
  write(others);
  return mine !== undefined;
}

/** The watches that pages were left in; they are forgotten here. */
export function takeLeft(): Watched[] {
  const left = Object.values(read()).filter(({ atMs }) => atMs > Date.now() - KEPT_MS);
  write({});
  return left.map(({ watched }) => watched);
}
