/** Undo and redo of whole states: every step of the session can be walked back and forth, none is forgotten. Pure. */

/** Where a document stands between what was and what was undone. */
export interface History<State> {
  past: readonly State[];
  now: State;
  future: readonly State[];
  /** What the last step changed: steps of the same gesture become one. Undefined: the next step stands alone. */
  gesture: string | undefined;
}

/** A document without a past. */
export function beginHistory<State>(now: State): History<State> {
  return { past: [], now, future: [], gesture: undefined };
}

/**
 * A further state. Steps with the same gesture (one drag of one handle) are one step for Undo.
 * @param gesture undefined for an act that stands alone
 */
export function step<State>(history: History<State>, now: State, gesture?: string): History<State> {
  if (now === history.now) return history;
  const goesOn = gesture !== undefined && gesture === history.gesture;
  return { past: goesOn ? history.past : [...history.past, history.now], now, future: [], gesture };
}

/** The state before; the same history where there is none. */
export function undo<State>(history: History<State>): History<State> {
  const before = history.past.at(-1);
  if (before === undefined) return history;
  return {
    past: history.past.slice(0, -1),
    now: before,
    future: [history.now, ...history.future],
    gesture: undefined,
  };
}

/** The state that was undone last; the same history where there is none. */
export function redo<State>(history: History<State>): History<State> {
  const [after, ...future] = history.future;
  if (after === undefined) return history;
  return { past: [...history.past, history.now], now: after, future, gesture: undefined };
}

/** Ends a gesture: the next step stands alone, even if it changes the same thing. */
export function settle<State>(history: History<State>): History<State> {
  return history.gesture === undefined ? history : { ...history, gesture: undefined };
}
