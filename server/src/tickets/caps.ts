/**
 * How much of what is reported of one post may teach the region. Published, and good although published: whoever knows the
 * limits still cannot pass them, whatever accounts they have. Pure.
 */

/** Reports of one post are looked at by the hour. */
export const WINDOW_MS = 3_600_000;
/** So many reports of a post an hour are let in without question: fewer could not lift it far. */
const FREE = 30;
/** Of what goes beyond, at most so many percent: a crowd is heard, and heard less the more suddenly it comes. */
const SHARE_PERCENT = 50;
/** An hour may hold at most so many times what the hour before let in. */
const GROWTH = 2;

/** One post in one hour, so far. */
export interface Window {
  seen: number;
  accepted: number;
}

/** Whether the next report of a post is let into the log. `before` is the hour before; `now` counts what came up to here. */
export function mayAccept(now: Window, before: Window): boolean {
  const bySpeed = Math.max(FREE, GROWTH * before.accepted);
  const byShare = FREE + Math.floor((Math.max(0, now.seen + 1 - FREE) * SHARE_PERCENT) / 100);
  return now.accepted < Math.min(bySpeed, byShare);
}

const EMPTY: Window = { seen: 0, accepted: 0 };

/** The windows of posts, as they fill. */
export interface Windows {
  /** Counts one report of each of these posts as seen; true, and counted as accepted, when every one may be. */
  take(posts: readonly number[]): boolean;
  /** What there is to store. */
  entries(): [number, Window][];
}

/** Windows by post: of this hour up to here, and of the hour before. */
export function windowsOf(now: ReadonlyMap<number, Window>, before: ReadonlyMap<number, Window>): Windows {
  const filling = new Map([...now].map(([post, window]) => [post, { ...window }]));
  const windowOf = (post: number): Window => {
    const known = filling.get(post) ?? { ...EMPTY };
    filling.set(post, known);
    return known;
  };
  return {
    take: (posts) => {
      const isAccepted = posts.every((post) => mayAccept(windowOf(post), before.get(post) ?? EMPTY));
      for (const window of posts.map(windowOf)) {
        window.seen += 1;
        if (isAccepted) window.accepted += 1;
      }
      return isAccepted;
    },
    entries: () => [...filling],
  };
}
