import { randomFrom } from '../picture/random.ts';
import { fade } from './composer.ts';
import { master } from './loudness.ts';
import { tapeOf, type Tape } from './voices.ts';

const TARGET_LUFS = -20;

/** Sounds of places, made from filtered noise. */
export const AMBIENCES = ['rain', 'sea', 'wind', 'embers', 'water'] as const;

/** The name of a place's sound. */
export type Ambience = (typeof AMBIENCES)[number];

/** Makes the sound of a place for a length of time. */
export function ambience(place: Ambience, take: { seed: number; durationS: number; samplesPerS: number }): Tape {
  const tape = tapeOf(take.durationS, take.samplesPerS);
  fill(tape.left, place, take.seed);
  fill(tape.right, place, take.seed + 1);
  fade(tape);
  master(tape, TARGET_LUFS);
  return tape;
}

/** How each place sounds: openness of the low filter, share of the hiss, depth and pace of its swell. */
const MAKE = {
  rain: { low: 0.2, hiss: 0.25, swell: 0.2, paceHz: 0.11, drops: 0.0016, dropFall: 0.985 },
  sea: { low: 0.045, hiss: 0.07, swell: 0.85, paceHz: 0.16, drops: 0, dropFall: 0 },
  wind: { low: 0.012, hiss: 0.004, swell: 0.6, paceHz: 0.21, drops: 0, dropFall: 0 },
  embers: { low: 0.006, hiss: 0.006, swell: 0.3, paceHz: 0.3, drops: 0.0003, dropFall: 0.96 },
  water: { low: 0.03, hiss: 0.02, swell: 0.4, paceHz: 0.45, drops: 0.00008, dropFall: 0.9985 },
} as const;

function fill(channel: Float32Array, place: Ambience, seed: number): void {
  const random = randomFrom(seed);
  const make = MAKE[place];
  const phase = random.between(0, 6);
  let low = 0;
  let lower = 0;
  let drop = 0;
  let tone = 0.1;
  for (let at = 0; at < channel.length; at += 1) {
    const t = at / 48_000;
    const white = random.next() * 2 - 1;
    const wave = 0.5 + 0.5 * Math.sin(2 * Math.PI * make.paceHz * t + phase + 0.8 * Math.sin(t * 0.7));
    const swell = 1 - make.swell + make.swell * wave * wave;
    const open = make.low * (0.6 + 0.8 * wave);
    low += open * (white - low);
    lower += open * (low - lower);
    if (random.next() < make.drops) {
      drop = random.between(0.2, 1);
      tone = random.between(0.05, 0.16);
    }
    drop *= make.dropFall;
    const click =
      place === 'water' ? Math.sin(at * tone) * drop * 0.25 : white * drop * (place === 'embers' ? 0.9 : 0.3);
    channel[at] = (lower / Math.sqrt(make.low)) * swell + white * make.hiss * swell + click;
  }
}
