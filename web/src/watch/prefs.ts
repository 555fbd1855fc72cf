/** What a person chose for watching, kept in this browser only. */
import { useSyncExternalStore } from 'react';

/** Sizes of the captions box. */
type CaptionSize = 'S' | 'M' | 'L';
/** What happens when a video ends. */
export type AfterEnd = 'loop' | 'advance' | 'stop';

/** The choices and their first values. */
export interface WatchPrefs {
  /** The person chose sound (true) or silence (false); null: never chose, which is silence in a browser tab. */
  hasSound: boolean | null;
  /** 0 to 1. */
  volume: number;
  afterEnd: AfterEnd;
  /** null: on while muted, off with sound. */
  captions: boolean | null;
  captionSize: CaptionSize;
  /** 0.5 to 2. */
  speed: number;
  autoplay: boolean;
  /** Lowest rendition, nothing fetched ahead, no ambient. */
  saveData: boolean;
  /** One-letter keys (WCAG 2.1.4: can be switched off). */
  keys: boolean;
  /** What is watched is reported without saying by whom, some time later. */
  helpsLearn: boolean;
}
const FIRST: WatchPrefs = {
  hasSound: null,
  volume: 1,
  afterEnd: 'loop',
  captions: null,
  captionSize: 'M',
  speed: 1,
  autoplay: true,
  saveData: false,
  keys: true,
  helpsLearn: true,
};
const STORED = 'watch';

function read(): WatchPrefs {
  try {
    return { ...FIRST, ...(JSON.parse(localStorage.getItem(STORED) ?? '{}') as Partial<WatchPrefs>) };
  } catch {
    return { ...FIRST };
  }
}

let prefs = read();
const listeners = new Set<() => void>();

/** The choices now. */
export function watchPrefs(): WatchPrefs {
  return prefs;
}

/** Changes some of them, here and for next time. */
export function setWatchPrefs(change: Partial<WatchPrefs>): void {
  prefs = { ...prefs, ...change };
  localStorage.setItem(STORED, JSON.stringify(prefs));
  for (const listener of listeners) listener();
}

/** Hears of each change; gives the way to stop. */
export function onWatchPrefs(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The choices, in a component. */
export function useWatchPrefs(): WatchPrefs {
  return useSyncExternalStore(onWatchPrefs, watchPrefs);
}

interface Connection {
  saveData?: boolean;
}

/** What the browser knows of the connection, where it tells. */
function connection(): Connection {
  return (navigator as { connection?: Connection }).connection ?? {};
}

/** The person or the browser asks to save data. */
export function savesData(): boolean {
  return prefs.saveData || connection().saveData === true;
}

/** Videos start with sound: chosen, or never chosen in the installed app. */
export function wantsSound(): boolean {
  return prefs.hasSound ?? matchMedia('(display-mode: standalone)').matches;
}

/** Videos may start by themselves: not with reduced motion, data saver or the setting off. */
export function mayAutoplay(): boolean {
  return prefs.autoplay && !savesData() && !matchMedia('(prefers-reduced-motion: reduce)').matches;
}
