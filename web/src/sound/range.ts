/** The chosen stretch of a sound: begun on a beat, no longer than the video. Pure. */

/** Beats of a sound; null where no steady beat was found. */
interface BeatGrid {
  tempoBpm: number | null;
  firstBeatMs: number | null;
}

/** A stretch of a sound. */
export interface SoundRange {
  fromMs: number;
  toMs: number;
}

/** Shorter than this is no stretch. */
const SHORTEST_RANGE_MS = 500;

/** All beats of a sound. */
export function beatsOf({ tempoBpm, firstBeatMs }: BeatGrid, durationMs: number): number[] {
  if (tempoBpm === null || tempoBpm < 20) return [];
  const stepMs = 60_000 / tempoBpm;
  const firstMs = (firstBeatMs ?? 0) % stepMs;
  return Array.from(
    { length: Math.max(0, Math.floor((durationMs - firstMs) / stepMs) + 1) },
    (_, place) => firstMs + place * stepMs,
  );
}

/** A moment on its nearest beat; as it is where there is none. */
export function onBeat(atMs: number, beats: readonly number[]): number {
  return beats.reduce((best, beat) => (Math.abs(beat - atMs) < Math.abs(best - atMs) ? beat : best), beats[0] ?? atMs);
}

/** The stretch that a video of this length takes at first: from the first beat on. */
export function firstRange(durationMs: number, videoMs: number, beats: readonly number[]): SoundRange {
  const lengthMs = Math.min(durationMs, videoMs === 0 ? 15_000 : videoMs);
  const fromMs = durationMs - (beats[0] ?? 0) >= lengthMs ? (beats[0] ?? 0) : 0;
  return { fromMs: Math.round(fromMs), toMs: Math.round(fromMs + lengthMs) };
}

/** The whole stretch elsewhere: its start on a beat, all of it within the sound. */
export function movedRange(
  range: SoundRange,
  fromMs: number,
  { durationMs, beats }: { durationMs: number; beats: readonly number[] },
): SoundRange {
  const lengthMs = range.toMs - range.fromMs;
  const latestMs = Math.max(0, durationMs - lengthMs);
  const wanted = Math.min(latestMs, Math.max(0, fromMs));
  const beat = onBeat(
    wanted,
    beats.filter((at) => at <= latestMs),
  );
  const start = Math.round(Math.min(latestMs, beat));
  return { fromMs: start, toMs: start + lengthMs };
}

/** One end elsewhere: not longer than the video, not shorter than can be heard. */
export function stretchedRange(
  range: SoundRange,
  end: { edge: 'from' | 'to'; atMs: number },
  { durationMs, videoMs, beats }: { durationMs: number; videoMs: number; beats: readonly number[] },
): SoundRange {
  const mostMs = videoMs === 0 ? durationMs : videoMs;
  if (end.edge === 'from') {
    const beat = onBeat(end.atMs, beats);
    const fromMs = Math.min(range.toMs - SHORTEST_RANGE_MS, Math.max(0, range.toMs - mostMs, beat));
    return { fromMs: Math.round(fromMs), toMs: range.toMs };
  }
  const beat = onBeat(end.atMs, beats);
  const toMs = Math.max(range.fromMs + SHORTEST_RANGE_MS, Math.min(durationMs, range.fromMs + mostMs, beat));
  return { fromMs: range.fromMs, toMs: Math.round(toMs) };
}
