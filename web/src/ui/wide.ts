/** Whether the page is wide enough for sidebar, panels and the rail outside the player. */
import { useSyncExternalStore } from 'react';

const WIDE = matchMedia('(min-width: 1024px)');

/** True from 1024 px, and kept up to date. */
export function useIsWide(): boolean {
  return useSyncExternalStore(
    (listener) => {
      WIDE.addEventListener('change', listener);
      return () => WIDE.removeEventListener('change', listener);
    },
    () => WIDE.matches,
  );
}
