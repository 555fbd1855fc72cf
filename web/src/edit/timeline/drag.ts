/** Pulling with mouse, finger or pen: the way from where it began, in pixels. A mere press is told apart. */
import type { PointerEvent as ReactPointerEvent } from 'react';

const PRESS_PX = 5;
/** A finger must rest this long before it picks up what also scrolls. */
const PICK_UP_MS = 300;

/** What happens while something is pulled. */
export interface Pull {
  onBegin?: () => void;
  onMove: (dx: number, dy: number) => void;
  /** `hasMoved`: it was more than a press. */
  onEnd: (hasMoved: boolean) => void;
  /** Fingers scroll here unless they rest first. */
  waitsForRest?: boolean;
}

/** Follows the pointer that has just gone down until it leaves. */
export function followPull(event: ReactPointerEvent<HTMLElement>, pull: Pull): void {
  if (event.button !== 0) return;
  const element = event.currentTarget;
  const { pointerId, clientX, clientY } = event;
  const needsRest = pull.waitsForRest === true && event.pointerType === 'touch';
  let isHeld = !needsRest;
  let hasMoved = false;
  const stopping = new AbortController();
  const { signal } = stopping;
  const rest = setTimeout(() => {
    isHeld = true;
    if (needsRest) begin();
  }, PICK_UP_MS);
  const begin = (): void => {
    hasMoved = true;
    element.setPointerCapture(pointerId);
    pull.onBegin?.();
  };
  const end = (isPress: boolean): void => {
    clearTimeout(rest);
    stopping.abort();
    if (hasMoved || isPress) pull.onEnd(hasMoved);
  };
  const move = (moved: PointerEvent): void => {
    if (moved.pointerId !== pointerId) return;
    const dx = moved.clientX - clientX;
    const dy = moved.clientY - clientY;
    const isFar = Math.hypot(dx, dy) > PRESS_PX;
    if (!isHeld && isFar) return end(false);
    if (!hasMoved && isFar) begin();
    if (hasMoved) pull.onMove(dx, dy);
  };
  element.addEventListener('pointermove', move, { signal });
  element.addEventListener('pointerup', () => end(true), { signal });
  element.addEventListener('pointercancel', () => end(false), { signal });
  // Once picked up, the page must not scroll away under the finger.
  element.addEventListener('touchmove', (touch) => hasMoved && touch.preventDefault(), { signal, passive: false });
}
