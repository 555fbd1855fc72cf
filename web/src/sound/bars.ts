/** A waveform drawn with another number of bars than it has. Pure. */

/** Heights from 0 to 1; each bar is the largest of its part. */
export function barsOf(waveform: readonly number[], count: number): number[] {
  return Array.from({ length: count }, (_, place) => {
    const from = Math.floor((place * waveform.length) / count);
    const to = Math.max(from + 1, Math.floor(((place + 1) * waveform.length) / count));
    return Math.max(0, ...waveform.slice(from, to)) / 255;
  });
}
