/** One video per swipe: the native snap scroller, and the moment at which a gesture has decided where it goes. */
import { useEffect, useRef, type RefObject } from 'react';

const COMMIT_PX_PER_MS = 0.25;
const COMMIT_PX = 30;
const WHEEL_LOCK_MS = 450;
const WHEEL_MIN = 12;

/** Moves by one or to a place. */
export interface Snap {
  go: (direction: -1 | 1) => void;
  jump: (place: number) => void;
}

interface SnapOptions {
  scroller: RefObject<HTMLElement | null>;
  count: number;
  startAt: number;
  /** The gesture has decided: this place will be shown (or is shown). May be called again with the same. */
  onCommit: (place: number) => void;
}

/** Where the scroller stands now. */
function nearest(element: HTMLElement): number {
  return Math.round(element.scrollTop / Math.max(1, element.clientHeight));
}

function isCalm(): boolean {
  return matchMedia('(prefers-reduced-motion: reduce)').matches;
}

/** Wires touch, wheel and the browser's snap events; `go` is for keys and buttons. */
export function useSnap({ scroller, count, startAt, onCommit }: SnapOptions): Snap {
  const latest = useRef({ count, onCommit });
  latest.current = { count, onCommit };
  const place = useRef(startAt);
  /** Set while a movement of our own is under way: the places it passes are not choices. */
  const aim = useRef<number | undefined>(undefined);

  const commit = (next: number): void => {
    const inside = Math.max(0, Math.min(latest.current.count - 1, next));
    place.current = inside;
    latest.current.onCommit(inside);
  };
  const jump = (next: number): void => {
    const element = scroller.current;
    const inside = Math.max(0, Math.min(latest.current.count - 1, next));
    if (element === null || inside === place.current) return;
    aim.current = inside;
    commit(inside);
    element.scrollTo({ top: inside * element.clientHeight, behavior: isCalm() ? 'instant' : 'smooth' });
  };
  const go = (direction: -1 | 1): void => jump((aim.current ?? place.current) + direction);

  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    element.scrollTop = place.current * element.clientHeight;
    let touch: { y: number; atMs: number; from: number } | undefined;

    const onSnapChanging = (event: Event): void => {
      const target = (event as Event & { snapTargetBlock?: Element | null }).snapTargetBlock;
      const next = Number((target as HTMLElement | null | undefined)?.dataset['place']);
      if (Number.isInteger(next) && aim.current === undefined && touch === undefined && next !== place.current) commit(next);
    };
    const hasSnapEvents = 'onscrollsnapchanging' in element;
    const onScroll = (): void => {
      if (aim.current !== undefined) {
        if (Math.abs(element.scrollTop - aim.current * element.clientHeight) < 2) aim.current = undefined;
      } else if (!hasSnapEvents && touch === undefined && nearest(element) !== place.current) commit(nearest(element));
    };
    const onScrollEnd = (): void => {
      aim.current = undefined;
      if (touch === undefined && nearest(element) !== place.current) commit(nearest(element));
    };
    const onTouchStart = (event: TouchEvent): void => {
      const finger = event.touches[0];
      aim.current = undefined;
      touch = finger === undefined || event.touches.length > 1 ? undefined : { y: finger.clientY, atMs: event.timeStamp, from: nearest(element) };
    };
    const onTouchEnd = (event: TouchEvent): void => {
      const finger = event.changedTouches[0];
      const began = touch;
      touch = undefined;
      if (began === undefined || finger === undefined) return;
      const movedPx = began.y - finger.clientY;
      const speed = Math.abs(movedPx) / Math.max(1, event.timeStamp - began.atMs);
      const isFling = Math.abs(movedPx) > COMMIT_PX && speed > COMMIT_PX_PER_MS;
      const isFar = Math.abs(movedPx) > element.clientHeight / 2;
      const isScrolling = Math.abs(element.scrollTop - began.from * element.clientHeight) > 2;
      if (isScrolling && (isFling || isFar)) commit(began.from + Math.sign(movedPx));
    };
    const onResize = new ResizeObserver(() => {
      element.scrollTop = place.current * element.clientHeight;
    });
    element.addEventListener('scrollsnapchanging', onSnapChanging);
    element.addEventListener('scroll', onScroll, { passive: true });
    element.addEventListener('scrollend', onScrollEnd);
    element.addEventListener('touchstart', onTouchStart, { passive: true });
    element.addEventListener('touchend', onTouchEnd, { passive: true });
    element.addEventListener('touchcancel', onTouchEnd, { passive: true });
    onResize.observe(element);
    return () => {
      element.removeEventListener('scrollsnapchanging', onSnapChanging);
      element.removeEventListener('scroll', onScroll);
      element.removeEventListener('scrollend', onScrollEnd);
      element.removeEventListener('touchstart', onTouchStart);
      element.removeEventListener('touchend', onTouchEnd);
      element.removeEventListener('touchcancel', onTouchEnd);
      onResize.disconnect();
    };
  }, []);
  return { go, jump };
}

/** One notch of the wheel, or one push on a trackpad, is one video; what rolls on after a push is ignored. */
export function useWheel(area: RefObject<HTMLElement | null>, go: (direction: -1 | 1) => void): void {
  const latest = useRef(go);
  latest.current = go;
  useEffect(() => {
    const element = area.current;
    if (element === null) return undefined;
    let lockedUntilMs = 0;
    let lastSize = 0;
    const onWheel = (event: WheelEvent): void => {
      const within = (event.target as Element).closest('[data-scrolls]');
      if (within !== null || event.ctrlKey) return;
      event.preventDefault();
      const size = Math.abs(event.deltaY);
      const isRising = size > lastSize * 1.4;
      lastSize = size;
      if (size < WHEEL_MIN && event.deltaMode === 0) return;
      if (event.timeStamp < lockedUntilMs && !(isRising && event.timeStamp > lockedUntilMs - WHEEL_LOCK_MS / 3)) {
        if (event.deltaMode === 0 && size < 60) lockedUntilMs = Math.max(lockedUntilMs, event.timeStamp + 120);
        return;
      }
      lockedUntilMs = event.timeStamp + WHEEL_LOCK_MS;
      latest.current(event.deltaY > 0 ? 1 : -1);
    };
    element.addEventListener('wheel', onWheel, { passive: false });
    return () => element.removeEventListener('wheel', onWheel);
  }, []);
}
