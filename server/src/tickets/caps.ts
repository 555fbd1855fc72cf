/**
 * How much of what is reported of one post may teach the region. Published, and good although published: whoever knows the
 * limits still cannot pass them, whatever accounts they have. Each weight of tickets has room of its own: else whoever wants a post
 * unheard would fill its hour with tickets that cost nothing. Pure.
 */

/** Reports of one post with tickets of one weight are looked at by the hour. */
export const WINDOW_MS = 3_600_000;
/** So many of them an hour are let in without question: fewer could not lift a post far. */
const FREE = 30;
/** Of what goes beyond, at most so many percent: a crowd is heard, and heard less the more suddenly it comes. */
const SHARE_PERCENT = 50;
/** An hour may hold at most so many times what the hour before let in. */
const GROWTH = 2;

/** One post and one weight in one hour, so far. */
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

/** More than the heaviest ticket's thousandths. */
const WEIGHTS = 1024;
const EMPTY: Window = { seen: 0, accepted: 0 };

/** A post under tickets of one weight. */
export interface Watched {
  post: number;
  weightMillis: number;
}

/** Windows by post and weight. */
export interface Windows {
  /** Counts one report of each of these posts as seen; true, and counted as accepted, when every one may be. */
  take(posts: readonly number[], weightMillis: number): boolean;
  /** What there is to store. */
  entries(): (Watched & Window)[];
}

/** Windows as they fill: of this hour up to here, and of the hour before. */
export function windowsOf(now: readonly (Watched & Window)[], before: readonly (Watched & Window)[]): Windows {
  const keyOf = ({ post, weightMillis }: Watched): number => post * WEIGHTS + weightMillis;
  const filling = new Map(now.map((window) => [keyOf(window), { ...window }]));
  const earlier = new Map(before.map((window) => [keyOf(window), window]));
  const windowOf = (watched: Watched): Watched & Window => {
    const known = filling.get(keyOf(watched)) ?? { ...watched, ...EMPTY };
    filling.set(keyOf(watched), known);
    return known;
  };
  return {
    take: (posts, weightMillis) => {
      const windows = posts.map((post) => windowOf({ post, weightMillis }));
      const isAccepted = windows.every((window) => mayAccept(window, earlier.get(keyOf(window)) ?? EMPTY));
      for (const window of windows) {
        window.seen += 1;
        if (isAccepted) window.accepted += 1;
      }
      return isAccepted;
    },
    entries: () => [...filling.values()],
  };
}
