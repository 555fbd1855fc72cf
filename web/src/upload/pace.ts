/** Speed and time left of an upload, from what arrived in the last seconds: steady enough to be read, quick enough to be true. */

const WINDOW_MS = 5000;

/** Bytes sent so far at a moment. */
export interface Mark {
  atMs: number;
  sentBytes: number;
}

/** Adds a mark and forgets those older than the window, but always keeps one to measure from. */
export function withMark(marks: readonly Mark[], mark: Mark): Mark[] {
  const inside = marks.filter((old) => old.atMs >= mark.atMs - WINDOW_MS);
  return [...(inside.length > 0 ? inside : marks.slice(-1)), mark];
}

/** Bytes a second over the window; 0 while nothing can be said. */
export function paceOf(marks: readonly Mark[]): number {
  const first = marks[0];
  const last = marks.at(-1);
  if (!first || !last || last.atMs - first.atMs < 200) return 0;
  return Math.max(0, ((last.sentBytes - first.sentBytes) * 1000) / (last.atMs - first.atMs));
}

/** Whole seconds left, at least 1; undefined while the pace is not known. */
export function secondsLeft(restBytes: number, bytesPerSecond: number): number | undefined {
  return bytesPerSecond > 0 ? Math.max(1, Math.ceil(restBytes / bytesPerSecond)) : undefined;
}
