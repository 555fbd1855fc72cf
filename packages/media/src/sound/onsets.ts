/** Where something begins in a sound: a curve, a hundred values a second, high where energy appears. Pure. */

/** Samples between two values, at the rate of measure.ts. */
export const HOP_SAMPLES = 110;
const WINDOW_SAMPLES = 512;
/** The curve is compared with its own mean over so many values to both sides: half a second in all. */
const MEAN_REACH = 25;
/** A value tells of the moment at which its window is just reached: so many samples after the window's start. */
export const ONSET_AT_SAMPLES = 390;

/** Spectral flux of logarithmic magnitudes (Böck, Krebs, Schedl 2012), without what is there all the time. */
export function onsetCurve(mono: Int16Array): Float64Array {
  const count = Math.max(0, Math.floor((mono.length - WINDOW_SAMPLES) / HOP_SAMPLES) + 1);
  const flux = new Float64Array(count);
  let before: Float64Array = new Float64Array(WINDOW_SAMPLES / 2);
  for (let n = 0; n < count; n += 1) {
    const now = logSpectrum(mono, n * HOP_SAMPLES);
    if (n > 0) flux[n] = now.reduce((sum, value, bin) => sum + Math.max(0, value - (before[bin] ?? 0)), 0);
    before = now;
  }
  return aboveOwnMean(flux);
}

const HANN = Float64Array.from(
  { length: WINDOW_SAMPLES },
  (_, n) => 0.5 - 0.5 * Math.cos((2 * Math.PI * n) / WINDOW_SAMPLES),
);
/** Full scale of 16 bits. */
const FULL_SCALE = 32_768;
/** How strongly small magnitudes are lifted: as in the paper. */
const LOG_GAIN = 10;

function logSpectrum(mono: Int16Array, at: number): Float64Array {
  const real = Float64Array.from(HANN, (weight, n) => (weight * (mono[at + n] ?? 0)) / FULL_SCALE);
  const imaginary = new Float64Array(WINDOW_SAMPLES);
  transform(real, imaginary);
  return Float64Array.from({ length: WINDOW_SAMPLES / 2 }, (_, bin) =>
    Math.log1p(LOG_GAIN * Math.hypot(real[bin] ?? 0, imaginary[bin] ?? 0)),
  );
}

/** Fourier transform in place (Cooley and Tukey, radix 2). */
function transform(real: Float64Array, imaginary: Float64Array): void {
  const size = real.length;
  for (let at = 1, turned = 0; at < size; at += 1) {
    let bit = size >> 1;
    for (; turned & bit; bit >>= 1) turned ^= bit;
    turned ^= bit;
    if (at < turned) {
      swap(real, at, turned);
      swap(imaginary, at, turned);
    }
  }
  for (let span = 2; span <= size; span *= 2) {
    for (let offset = 0; offset < span / 2; offset += 1) {
      const angle = (-2 * Math.PI * offset) / span;
      const [cosine, sine] = [Math.cos(angle), Math.sin(angle)];
      for (let at = offset; at < size; at += span) butterfly({ real, imaginary, at, to: at + span / 2, cosine, sine });
    }
  }
}

type Butterfly = { real: Float64Array; imaginary: Float64Array; at: number; to: number; cosine: number; sine: number };

function butterfly({ real, imaginary, at, to, cosine, sine }: Butterfly): void {
  const [a, b, c, d] = [real[at] ?? 0, imaginary[at] ?? 0, real[to] ?? 0, imaginary[to] ?? 0];
  const [x, y] = [c * cosine - d * sine, c * sine + d * cosine];
  real[at] = a + x;
  imaginary[at] = b + y;
  real[to] = a - x;
  imaginary[to] = b - y;
}

function swap(list: Float64Array, a: number, b: number): void {
  const kept = list[a] ?? 0;
  list[a] = list[b] ?? 0;
  list[b] = kept;
}

function aboveOwnMean(curve: Float64Array): Float64Array {
  const sums = new Float64Array(curve.length + 1);
  curve.forEach((value, n) => {
    sums[n + 1] = (sums[n] ?? 0) + value;
  });
  return curve.map((value, n) => {
    const from = Math.max(0, n - MEAN_REACH);
    const to = Math.min(curve.length, n + MEAN_REACH + 1);
    return Math.max(0, value - ((sums[to] ?? 0) - (sums[from] ?? 0)) / (to - from));
  });
}
