/** The player's state in a component. */
import { useSyncExternalStore } from 'react';
import type { Player, PlayerState } from './player.ts';

/** Renders anew on each change. */
export function usePlayerState(player: Player): PlayerState {
  return useSyncExternalStore(player.subscribe, player.state);
}
