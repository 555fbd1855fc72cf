/**
 * Natural logarithms of whole numbers, in whole numbers.
 *
 * x = 2^k (1 + f), so ln x = k ln 2 + ln(1 + f). ln(1 + f) comes from a table of 1,025 places with a straight line
 * between them; the chord's error is at most (1/1024)^2 / 8 = 1.2e-7. The table is derived when the module loads, by the
 * classic squaring method in big integers of 80 bits (Knuth, TAOCP 1, 1.2.2, exercise 25): no `Math.log`, which
 * differs from engine to engine. Results are within 3 of the true value in their unit of 2^-20 for every x < 2^53.
 */
import { floorDiv, roundDiv, whole } from './whole.ts';

/** Units of `lnFine` per 1: 2^20. */
export const LN_FINE = 1_048_576;
/** Units of the kernel's features per 1: 2^8. */
export const FEATURE_ONE = 256;

const PLACES = 1024;
/** round(2^40 ln 2): times k <= 53 it stays below 2^46. */
const LN_2_40 = 762_123_384_786;
/** round(2^80 ln 2), for the derivation of the table. */
const LN_2_BIG = 837_963_523_372_001_241_319_908n;
const PRECISION_BITS = 80n;
const LOG_BITS = 40;
const TABLE = lnTable();
const TWO_32 = 4_294_967_296;

/** round(2^20 ln x), within 3 units; 1 <= x < 2^53. */
export function lnFine(x: number): number {
  whole(x, 'argument of the logarithm');
  if (x < 1) throw new RangeError('the logarithm needs a number of at least 1');
  const high = floorDiv(x, TWO_32);
  const k = high > 0 ? 63 - Math.clz32(high) : 31 - Math.clz32(x);
  const unit = 2 ** k;
  // (x - 2^k) x 1024 < 2^63 would leave the exact range: above 2^42 the low bits go first.
  const cut = k > 42 ? 2 ** (k - 42) : 1;
  const rest = floorDiv(x - unit, cut) * PLACES;
  const step = unit > cut ? floorDiv(unit, cut) : 1;
  const place = floorDiv(rest, step);
  const low = TABLE[place] ?? 0;
  const span = (TABLE[place + 1] ?? low) - low;
  const between = roundDiv(floorDiv((rest - place * step) * 1024, step) * span, 1024);
  return roundDiv(k * LN_2_40, LN_FINE) + low + between;
}

/** round(256 ln(a / b)); whole a, b >= 1. */
export function lnRatio(a: number, b: number): number {
  return roundDiv((lnFine(a) - lnFine(b)) * FEATURE_ONE, LN_FINE);
}

function lnTable(): Int32Array {
  const table = new Int32Array(PLACES + 1);
  for (let place = 1; place <= PLACES; place += 1) table[place] = lnOf(place);
  return table;
}

/** round(2^20 ln(1 + place/1024)): the binary digits of log2 by squaring, times ln 2. */
function lnOf(place: number): number {
  const one = 1n << PRECISION_BITS;
  let mantissa = (one * BigInt(PLACES + place)) >> 10n;
  let log2 = mantissa >= one << 1n ? 1n : 0n;
  if (log2 === 1n) mantissa >>= 1n;
  for (let bit = 0; bit < LOG_BITS; bit += 1) {
    mantissa = (mantissa * mantissa) >> PRECISION_BITS;
    const isSet = mantissa >= one << 1n;
    if (isSet) mantissa >>= 1n;
    log2 = (log2 << 1n) | (isSet ? 1n : 0n);
  }
  const shift = PRECISION_BITS + BigInt(LOG_BITS) - 20n;
  return Number((log2 * LN_2_BIG + (1n << (shift - 1n))) >> shift);
}
