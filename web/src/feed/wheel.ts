/** One notch of the wheel, or one push on a trackpad, is one video; what rolls on after a push is ignored. */
import { useEffect, useRef, type RefObject } from 'react';

const LOCK_MS = 450;
const LEAST = 12;
/** Deltas below this come from a trackpad or a rolling wheel. */
const PUSH = 60;
const ROLLS_ON_MS = 120;
/** A delta this many times the one before is a new push. */
const RISE = 1.4;

/** Calls `go` once per push over the area, but not over lists that scroll themselves (`data-scrolls`). */
export function useWheel(area: RefObject<HTMLElement | null>, go: (direction: -1 | 1) => void): void {
  const latest = useRef(go);
  latest.current = go;
  useEffect(() => {
    let lockedUntilMs = 0;
    let lastSize = 0;
    const onWheel = (event: WheelEvent): void => {
      if ((event.target as Element).closest('[data-scrolls]') !== null || event.ctrlKey) return;
      event.preventDefault();
      const size = Math.abs(event.deltaY);
      const isNewPush = size > lastSize * RISE && event.timeStamp > lockedUntilMs - LOCK_MS / 3;
      lastSize = size;
      if (size < LEAST && event.deltaMode === WheelEvent.DOM_DELTA_PIXEL) return;
      if (event.timeStamp < lockedUntilMs && !isNewPush) {
        if (size < PUSH) lockedUntilMs = Math.max(lockedUntilMs, event.timeStamp + ROLLS_ON_MS);
        return;
      }
      lockedUntilMs = event.timeStamp + LOCK_MS;
      latest.current(event.deltaY > 0 ? 1 : -1);
    };
    const element = area.current;
    element?.addEventListener('wheel', onWheel, { passive: false });
    return () => element?.removeEventListener('wheel', onWheel);
  }, []);
}
