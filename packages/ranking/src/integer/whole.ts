/** Whole-number arithmetic. The kernel divides nowhere else, so that no fraction ever exists on the scoring path. */

/** Throws unless the value is a whole number within ±2^53: the guard at every step whose bound is not obvious. */
export function whole(value: number, name: string): number {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${name} is no whole number below 2^53: ${value}`);
  return value;
}

/** Throws unless the value is whole and within ±`bound`. */
export function within(value: number, bound: number, name: string): number {
  if (!Number.isSafeInteger(value) || value > bound || value < -bound) {
    throw new RangeError(`${name} leaves ±${bound}: ${value}`);
  }
  return value;
}

/**
 * Quotient rounded towards zero; `divisor` > 0. Exact. Within 32 bits the processor's own division does it: the rounded quotient of two such
 * numbers never reaches the next whole one. Beyond, the remainder goes before the division.
 */
export function truncDiv(dividend: number, divisor: number): number {
  const low = dividend | 0;
  const by = divisor | 0;
  if (low === dividend && by === divisor) return (low / by) | 0;
  // Adding zero turns the -0 of a small negative dividend into 0.
  return (dividend - (dividend % divisor)) / divisor + 0;
}

/** Quotient rounded down; `divisor` > 0. */
export function floorDiv(dividend: number, divisor: number): number {
  const quotient = truncDiv(dividend, divisor);
  return quotient * divisor > dividend ? quotient - 1 : quotient;
}

/** Quotient rounded to the nearest, halves up; `divisor` > 0, |2 dividend + divisor| < 2^53. */
export function roundDiv(dividend: number, divisor: number): number {
  return floorDiv(2 * dividend + divisor, 2 * divisor);
}

/** The value, or the nearer of the two ends. */
export function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}
