/** A sound as a row of bars. Pure. */

/** Most bars. */
const MAX_PEAKS = 200;
/** Shorter parts than this are not told apart. */
const MIN_PART_SAMPLES = 64;

/** The largest swing in each of equal parts, 0 to 255; the largest of all is 255. Silence is all 0. */
export function waveformOf(mono: Int16Array): number[] {
  const count = Math.min(MAX_PEAKS, Math.floor(mono.length / MIN_PART_SAMPLES));
  const peaks = Array.from({ length: count }, (_, n) =>
    peakOf(
      mono,
      [n, n + 1].map((part) => Math.floor((part * mono.length) / count)),
    ),
  );
  const largest = peaks.reduce((a, b) => Math.max(a, b), 0);
  return peaks.map((peak) => (largest === 0 ? 0 : Math.round((255 * peak) / largest)));
}

function peakOf(mono: Int16Array, [from = 0, to = 0]: readonly number[]): number {
  let peak = 0;
  for (let at = from; at < to; at += 1) peak = Math.max(peak, Math.abs(mono[at] ?? 0));
  return peak;
}
