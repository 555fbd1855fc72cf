/** How the first tab is made, as the taste page set it; kept where the first screen can read it at once. */
import type { FeedMode } from '../taste/memory.ts';

const STORED = 'feed-mode';
const MODES: readonly FeedMode[] = ['forYou', 'following', 'newest', 'noProfile'];

/** The mode in force. */
export function feedMode(): FeedMode {
  const stored = localStorage.getItem(STORED);
  return MODES.find((mode) => mode === stored) ?? 'forYou';
}

/** Sets it for this browser. */
export function setFeedMode(mode: FeedMode): void {
  localStorage.setItem(STORED, mode);
}
