/** Seeded chance for training: the same seed and log give the same vectors everywhere. */

/** Draws; every value follows from the seed and the number of draws before. */
export interface Chance {
  /** Whole number in [0, bound). */
  below: (bound: number) => number;
  /** In [0, 1), 32 bits. */
  fraction: () => number;
  /** The whole state, to be stored with the vectors. */
  state: () => number;
}

/** A 32-bit counter through a strong mixer (splitmix32, Steele et al. 2014). */
export function chanceFrom(seed: number): Chance {
  let counter = seed >>> 0;
  const next = () => {
    counter = (counter + 0x9e37_79b9) >>> 0;
    let word = counter;
    word = Math.imul(word ^ (word >>> 16), 0x21f0_aaad);
    word = Math.imul(word ^ (word >>> 15), 0x735a_2d97);
    return (word ^ (word >>> 15)) >>> 0;
  };
  const fraction = () => next() / 4_294_967_296;
  return { below: (bound) => Math.floor(fraction() * bound), fraction, state: () => counter };
}

/** Nearly normal, N(0, deviation): the sum of twelve draws; only + and x, so equal on every machine. */
export function normal(chance: Chance, deviation: number): number {
  let sum = -6;
  for (let i = 0; i < 12; i += 1) sum += chance.fraction();
  return sum * deviation;
}
