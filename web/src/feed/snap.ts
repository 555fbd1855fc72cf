/** One video per swipe: the native snap scroller, and the moment at which a gesture has decided where it goes. */
import { useEffect, useRef, type RefObject } from 'react';

const COMMIT_PX_PER_MS = 0.25;
const COMMIT_PX = 30;

/** Moves by one. */
export interface Snap {
  go: (direction: -1 | 1) => void;
}
interface SnapOptions {
  scroller: RefObject<HTMLElement | null>;
  count: number;
  startAt: number;
  /** The gesture has decided: this place will be shown (or is shown). */
  onCommit: (place: number) => void;
}
/** What is known of the scroller between its events. */
interface Course {
  element: HTMLElement;
  place: () => number;
  commit: (place: number) => void;
  /** Set while a movement of our own is under way: the places it passes are not choices. */
  aim: number | undefined;
  touch: { y: number; atMs: number; from: number } | undefined;
}

function nearest(element: HTMLElement): number {
  return Math.round(element.scrollTop / Math.max(1, element.clientHeight));
}

/** The browser tells where it will come to rest, as soon as it knows (Chromium). */
function onSnapChanging(course: Course, event: Event): void {
  const target = (event as Event & { snapTargetBlock?: Element | null }).snapTargetBlock;
  const next = Number((target as HTMLElement | null | undefined)?.dataset['place']);
  if (Number.isInteger(next) && course.aim === undefined && course.touch === undefined && next !== course.place()) course.commit(next);
}

function onScroll(course: Course): void {
  const { element } = course;
  if (course.aim !== undefined) {
    if (Math.abs(element.scrollTop - course.aim * element.clientHeight) < 2) course.aim = undefined;
    return;
  }
  const hasSnapEvents = 'onscrollsnapchanging' in element;
  if (!hasSnapEvents && course.touch === undefined && nearest(element) !== course.place()) course.commit(nearest(element));
}

function onScrollEnd(course: Course): void {
  course.aim = undefined;
  if (course.touch === undefined && nearest(course.element) !== course.place()) course.commit(nearest(course.element));
}

function onTouchStart(course: Course, event: TouchEvent): void {
  const finger = event.touches[0];
  course.aim = undefined;
  course.touch = finger === undefined || event.touches.length > 1 ? undefined : { y: finger.clientY, atMs: event.timeStamp, from: nearest(course.element) };
}

/** A finger that leaves while moving fast enough, or far enough, has decided: the video starts under the movement. */
function onTouchEnd(course: Course, event: TouchEvent): void {
  const finger = event.changedTouches[0];
  const began = course.touch;
  course.touch = undefined;
  if (began === undefined || finger === undefined) return;
  const movedPx = began.y - finger.clientY;
  const speed = Math.abs(movedPx) / Math.max(1, event.timeStamp - began.atMs);
  const isFling = Math.abs(movedPx) > COMMIT_PX && speed > COMMIT_PX_PER_MS;
  const isFar = Math.abs(movedPx) > course.element.clientHeight / 2;
  const isScrolling = Math.abs(course.element.scrollTop - began.from * course.element.clientHeight) > 2;
  if (isScrolling && (isFling || isFar)) course.commit(began.from + Math.sign(movedPx));
}

function listen(course: Course): () => void {
  const { element } = course;
  const stop = new AbortController();
  const { signal } = stop;
  element.addEventListener('scrollsnapchanging', (event) => onSnapChanging(course, event), { signal });
  element.addEventListener('scroll', () => onScroll(course), { passive: true, signal });
  element.addEventListener('scrollend', () => onScrollEnd(course), { signal });
  element.addEventListener('touchstart', (event) => onTouchStart(course, event), { passive: true, signal });
  element.addEventListener('touchend', (event) => onTouchEnd(course, event), { passive: true, signal });
  element.addEventListener('touchcancel', (event) => onTouchEnd(course, event), { passive: true, signal });
  const resized = new ResizeObserver(() => {
    element.scrollTop = course.place() * element.clientHeight;
  });
  resized.observe(element);
  return () => {
    stop.abort();
    resized.disconnect();
  };
}

/** Wires touch and the browser's snap events; `go` is for keys, wheel and buttons. */
export function useSnap({ scroller, count, startAt, onCommit }: SnapOptions): Snap {
  const latest = useRef({ count, onCommit });
  latest.current = { count, onCommit };
  const place = useRef(startAt);
  const course = useRef<Course | undefined>(undefined);
  const inside = (next: number): number => Math.max(0, Math.min(latest.current.count - 1, next));
  const commit = (next: number): void => {
    place.current = inside(next);
    latest.current.onCommit(place.current);
  };
  useEffect(() => {
    const element = scroller.current;
    if (element === null) return undefined;
    element.scrollTop = place.current * element.clientHeight;
    course.current = { element, place: () => place.current, commit, aim: undefined, touch: undefined };
    return listen(course.current);
  }, []);
  const go = (direction: -1 | 1): void => {
    const now = course.current;
    if (now === undefined) return;
    const next = inside((now.aim ?? place.current) + direction);
    if (next === place.current) return;
    now.aim = next;
    commit(next);
    const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
    now.element.scrollTo({ top: next * now.element.clientHeight, behavior: isCalm ? 'instant' : 'smooth' });
  };
  return { go };
}
