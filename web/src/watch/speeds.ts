/** How fast a video may play. */
import { setWatchPrefs, watchPrefs } from './prefs.ts';

/** Speeds to choose from. */
export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 2] as const;

/** One step slower or faster, remembered. */
export function stepSpeed(direction: -1 | 1): void {
  const at = SPEEDS.findIndex((speed) => speed >= watchPrefs().speed);
  const speed = SPEEDS[Math.max(0, Math.min(SPEEDS.length - 1, at + direction))];
  if (speed !== undefined) setWatchPrefs({ speed });
}
