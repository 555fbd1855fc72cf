/** The beat of a sound: how fast, and where it falls. Pure. */
import { HOP_SAMPLES, ONSET_AT_SAMPLES, onsetCurve } from './onsets.ts';

/** A steady beat. */
type Tempo = {
  /** Beats a minute, to a hundredth. */
  bpm: number;
  /** The first beat, from the start of the sound; less than one beat. */
  firstBeatMs: number;
};

const MIN_BPM = 60;
const MAX_BPM = 200;
/** People tap at about this speed; half and double fit a beat just as well. */
const USUAL_BPM = 120;
/** Octaves to both sides of the usual speed at which it is half as likely. */
const SPREAD_OCTAVES = 1.1;
/** Longest stretch that is looked at. */
const MAX_SECONDS = 180;
/** Shorter sounds have too few beats to tell. */
const MIN_SECONDS = 5;
/** Multiples of a beat that are compared. */
const MULTIPLES = 4;
/** What falls between two beats speaks against them, but songs do play there too. */
const HALF_WEIGHT = 0.25;
/** So much more must begin on the beats than elsewhere, and more where there are few: noise of 5 s reaches 2.8, of 60 s 1.5; songs 3.6 to 15. */
const MIN_CONTRAST = 2.4;
const SPARE_FOR_FEW_BEATS = 12;

/** The tempo and the first beat; undefined where no steady beat goes through the whole sound. */
export function tempoOf(mono: Int16Array, rateHz: number): Tempo | undefined {
  const curve = onsetCurve(mono.subarray(0, MAX_SECONDS * rateHz));
  const perSecond = rateHz / HOP_SAMPLES;
  if (curve.length < MIN_SECONDS * perSecond || !curve.some((value) => value > 0)) return undefined;
  const rough = likelyPeriod(curve, perSecond);
  const grid = bestGrid(curve, rough);
  const beats = curve.length / grid.period;
  if (contrastOf(curve, grid) < MIN_CONTRAST + SPARE_FOR_FEW_BEATS / beats) return undefined;
  const beatMs = (1000 * grid.period) / perSecond;
  const firstMs = (1000 * grid.phase) / perSecond + (1000 * ONSET_AT_SAMPLES) / rateHz;
  return { bpm: Math.round(6_000_000 / beatMs) / 100, firstBeatMs: Math.round(firstMs % beatMs) };
}

/** The distance of beats, in values of the curve, by which the curve is most like itself, and half of which it is not. */
function likelyPeriod(curve: Float64Array, perSecond: number): number {
  const longest = Math.ceil((60 * perSecond * MULTIPLES) / MIN_BPM) + 2;
  const likeness = Float64Array.from({ length: longest }, (_, lag) => likenessAt(curve, lag));
  let best = { score: -Infinity, period: 0 };
  for (let bpm = MIN_BPM; bpm <= MAX_BPM; bpm += 0.25) {
    const period = (60 * perSecond) / bpm;
    let score = 0;
    for (let n = 1; n <= MULTIPLES; n += 1)
      score += between(likeness, n * period) - HALF_WEIGHT * between(likeness, (n - 0.5) * period);
    score *= 2 ** -((Math.log2(bpm / USUAL_BPM) / SPREAD_OCTAVES) ** 2);
    if (score > best.score) best = { score, period };
  }
  return best.period;
}

function likenessAt(curve: Float64Array, lag: number): number {
  const count = curve.length - lag;
  let sum = 0;
  for (let n = 0; n < count; n += 1) sum += (curve[n] ?? 0) * (curve[n + lag] ?? 0);
  return count > 0 ? sum / count : 0;
}

function between(list: Float64Array, at: number): number {
  const low = Math.floor(at);
  const part = at - low;
  return (list[low] ?? 0) * (1 - part) + (list[low + 1] ?? 0) * part;
}

type Grid = { period: number; phase: number };

/** How far the first guess may be off, and in what steps beats are tried. */
const REACH_PART = 0.02;
const STEPS = 240;

/** The even grid on which most begins, over the whole length: with many beats a small difference of speed counts much. */
function bestGrid(curve: Float64Array, rough: number): Grid {
  let best = { sum: -Infinity, period: rough, phase: 0 };
  for (let step = -STEPS; step <= STEPS; step += 1) {
    const period = rough * (1 + (REACH_PART * step) / STEPS);
    for (let phase = 0; phase < period; phase += 0.5) {
      const sum = meanOnGrid(curve, { period, phase });
      if (sum > best.sum) best = { sum, period, phase };
    }
  }
  return best;
}

function meanOnGrid(curve: Float64Array, { period, phase }: Grid): number {
  let sum = 0;
  let beats = 0;
  for (let at = phase; at < curve.length - 1; at += period) {
    sum += between(curve, at);
    beats += 1;
  }
  return beats === 0 ? 0 : sum / beats;
}

/** What begins on the beats against what begins anywhere. */
function contrastOf(curve: Float64Array, grid: Grid): number {
  const mean = curve.reduce((sum, value) => sum + value, 0) / curve.length;
  return meanOnGrid(curve, grid) / mean;
}
