/** One video per swipe: the native snap scroller, and the moment at which a gesture has decided where it goes. */
import { useEffect, useRef, type RefObject } from 'react';

const COMMIT_PX_PER_MS = 0.25;
const COMMIT_PX = 30;
/** How long a released page is watched for turning away. */
const WATCHED_FRAMES = 20;

/** Moves by one. */
interface Snap {
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
  /** Where the movement under way must end: what it passes is no choice, and where it rests short of it, we carry on. */
  aim: number | undefined;
  touch: { y: number; atMs: number; from: number } | undefined;
}

function nearest(element: HTMLElement): number {
  return Math.round(element.scrollTop / Math.max(1, element.clientHeight));
}

function isAt(element: HTMLElement, place: number): boolean {
  return Math.abs(element.scrollTop - place * element.clientHeight) < 2;
}

function moveTo(element: HTMLElement, place: number): void {
  const isCalm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  element.scrollTo({ top: place * element.clientHeight, behavior: isCalm ? 'instant' : 'smooth' });
}

/** The browser tells where it will come to rest, as soon as it knows (Chromium). */
function onSnapChanging(course: Course, event: Event): void {
  const target = (event as Event & { snapTargetBlock?: Element | null }).snapTargetBlock;
  const next = Number((target as HTMLElement | null | undefined)?.dataset['place']);
  if (Number.isInteger(next) && course.aim === undefined && course.touch === undefined && next !== course.place())
    course.commit(next);
}

function onScroll(course: Course): void {
  const { element } = course;
  if (course.aim !== undefined) {
    if (isAt(element, course.aim)) course.aim = undefined;
    return;
  }
  const hasSnapEvents = 'onscrollsnapchanging' in element;
  if (!hasSnapEvents && course.touch === undefined && nearest(element) !== course.place())
    course.commit(nearest(element));
}

function onScrollEnd(course: Course): void {
  if (course.touch !== undefined) return;
  if (course.aim !== undefined && !isAt(course.element, course.aim)) {
    carryOn(course);
    return;
  }
  course.aim = undefined;
  if (nearest(course.element) !== course.place()) course.commit(nearest(course.element));
}

function onTouchStart(course: Course, event: TouchEvent): void {
  const finger = event.touches[0];
  course.aim = undefined;
  course.touch =
    finger === undefined || event.touches.length > 1
      ? undefined
      : { y: finger.clientY, atMs: event.timeStamp, from: course.place() };
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
  const isScrolling = !isAt(course.element, began.from);
  if (!isScrolling) return;
  if (isFling || isFar) course.commit(began.from + Math.sign(movedPx));
  course.aim = course.place();
  insist(course);
}

/** A movement ended short of its aim: we carry on, unless another one is already under way. */
function carryOn(course: Course): void {
  const { element, aim } = course;
  const beforePx = element.scrollTop;
  const look = (): void => {
    const isResting = element.scrollTop === beforePx && course.aim === aim && course.touch === undefined;
    if (isResting && aim !== undefined && !isAt(element, aim)) moveTo(element, aim);
  };
  requestAnimationFrame(() => requestAnimationFrame(look));
}

/**
 * The browser rests at the page nearest to where a fling would have ended, which for a short quick swipe is the old one.
 * If it turns away from what the finger decided, we take the movement over.
 */
function insist(course: Course): void {
  const { element, aim } = course;
  let lastPx = Infinity;
  let frames = 0;
  const look = (): void => {
    if (aim === undefined || course.aim !== aim || course.touch !== undefined) return;
    const leftPx = Math.abs(element.scrollTop - aim * element.clientHeight);
    if (leftPx > lastPx + 0.5) {
      moveTo(element, aim);
      return;
    }
    lastPx = leftPx;
    frames += 1;
    if (frames < WATCHED_FRAMES) requestAnimationFrame(look);
  };
  look();
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
    moveTo(now.element, next);
  };
  return { go };
}
