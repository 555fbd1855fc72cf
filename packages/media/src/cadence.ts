/** Frame rates: what a source has, what a rendition gets, and which frame goes where. Pure. */

/** Frames a second as a fraction. */
export type FrameRate = { num: number; den: number };

/** Most frames a second of an encoded rendition. */
const MAX_ENCODED_FPS = 30;
/** At this rate and above the times are a mistake. */
export const MAX_SANE_FPS = 1000;
/** Frames may stray this far from an even beat and still count as constant. */
const JITTER_US = 1_600;

/** What the frames' times say. `isConstant`: all at one beat. */
type SourceRate = { rate: FrameRate; isConstant: boolean };

/** From the presentation times of all frames, in any order. */
export function measureRate(timesUs: readonly number[]): SourceRate {
  const sorted = [...timesUs].sort((a, b) => a - b);
  const first = sorted[0];
  const last = sorted.at(-1);
  if (first === undefined || last === undefined || sorted.length < 2 || last <= first)
    return { rate: { num: MAX_ENCODED_FPS, den: 1 }, isConstant: true };
  const beatUs = (last - first) / (sorted.length - 1);
  const isConstant = sorted.every((timeUs, n) => Math.abs(timeUs - first - n * beatUs) <= JITTER_US);
  return { rate: nearestRate(Math.min(1e6 / beatUs, MAX_SANE_FPS)), isConstant };
}

/** Relative distance within which a measured rate is taken for a usual one. */
const RATE_TOLERANCE = 0.0004;

/** A whole rate, one of n/1.001, or else thousandths. */
function nearestRate(fps: number): FrameRate {
  const whole = Math.max(1, Math.round(fps));
  const usual: FrameRate[] = [
    { num: whole, den: 1 },
    { num: whole * 1000, den: 1001 },
  ];
  const near = usual.find(({ num, den }) => Math.abs(fps - num / den) <= RATE_TOLERANCE * whole);
  return near ?? { num: Math.max(1, Math.round(fps * 1000)), den: 1000 };
}

/** The even rate that a rendition gets: the source's own, or the nearest whole part of it below the cap. */
export function renditionRate({ rate, isConstant }: SourceRate): FrameRate {
  if (!isConstant) return { num: MAX_ENCODED_FPS, den: 1 };
  const parts = Math.ceil(rate.num / rate.den / (MAX_ENCODED_FPS + 0.5));
  return { num: rate.num, den: rate.den * Math.max(1, parts) };
}

/** Seconds in microseconds at frame `index`. */
export function frameTimeUs(index: number, rate: FrameRate): number {
  return (index * rate.den * 1e6) / rate.num;
}

/**
 * Puts frames of any times onto an even beat. Give it each frame's time in order; it answers which beats the frame
 * before it fills ([from, to), empty if that frame falls out). `end` fills up to the end. The first frame also fills
 * the beats before it, so that sound that starts earlier keeps its place.
 */
export function createCadence(
  rate: FrameRate,
  maxBeats: number,
): { next: (timeUs: number) => { from: number; to: number }; end: (endUs: number) => { from: number; to: number } } {
  let filled = 0;
  let heldBeat: number | undefined;
  const beatOf = (timeUs: number): number =>
    Math.min(maxBeats, Math.max(0, Math.round((timeUs * rate.num) / (rate.den * 1e6))));
  const fillTo = (beat: number): { from: number; to: number } => {
    const from = filled;
    filled = Math.max(filled, beat);
    return { from, to: filled };
  };
  return {
    next(timeUs) {
      const beat = beatOf(timeUs);
      const isFirst = heldBeat === undefined;
      heldBeat = Math.max(heldBeat ?? 0, beat);
      return isFirst ? { from: 0, to: 0 } : fillTo(heldBeat);
    },
    end: (endUs) => fillTo(Math.max(beatOf(endUs), (heldBeat ?? -1) + 1)),
  };
}
