/** A seeded source of chance: the same seed gives the same numbers on every machine. */
export type Random = {
  /** The next number in [0, 1). */
  next: () => number;
  /** The next number in [low, high). */
  between: (low: number, high: number) => number;
  /** The next whole number in [low, high]. */
  whole: (low: number, high: number) => number;
  /** One member of a list. */
  pick: <T>(list: readonly T[]) => T;
};

/** Starts a mulberry32 sequence from a 32-bit seed. */
export function randomFrom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  const pick = <T>(list: readonly T[]): T => {
    const chosen = list[Math.floor(next() * list.length)];
    if (chosen === undefined) throw new RangeError('cannot pick from an empty list');
    return chosen;
  };
  return {
    next,
    between: (low, high) => low + (high - low) * next(),
    whole: (low, high) => low + Math.floor(next() * (high - low + 1)),
    pick,
  };
}
