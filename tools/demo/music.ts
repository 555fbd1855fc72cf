import { AMBIENCES, ambience, type Ambience } from './music/ambience.ts';
import { perform } from './music/composer.ts';
import { TUNES } from './music/tunes.ts';
import type { Tape } from './music/voices.ts';

/** How long and from which seed a sound is played. */
export type Take = { seed: number; durationS: number; samplesPerS: number };

/** Plays a tune or an ambience by its name; answers left and right alternating, each within -1 to 1. */
export function performSound(name: string, take: Take): Float32Array {
  const tape = tapeFor(name, take);
  const out = new Float32Array(tape.left.length * 2);
  for (let at = 0; at < tape.left.length; at += 1) {
    out[at * 2] = tape.left[at] as number;
    out[at * 2 + 1] = tape.right[at] as number;
  }
  return out;
}

/** Plays a tune or an ambience onto a tape. */
export function tapeFor(name: string, take: Take): Tape {
  const tune = TUNES[name];
  if (tune) return perform(tune, take);
  const place = AMBIENCES.find((known) => known === name);
  if (!place) throw new RangeError(`no tune and no ambience is called ${name}`);
  return ambience(place satisfies Ambience, take);
}
