/** Red, green and blue, each 0 to 1 in sRGB. */
export type Colour = readonly [number, number, number];

/** Reads `#rrggbb`. */
export function hex(text: string): Colour {
  const value = Number.parseInt(text.slice(1), 16);
  return [((value >> 16) & 255) / 255, ((value >> 8) & 255) / 255, (value & 255) / 255];
}

/** Writes `rgb(…)` for SVG. */
export function css(colour: Colour): string {
  return `rgb(${colour.map((part) => Math.round(255 * clamp(part))).join(',')})`;
}

/** Limits a number to 0..1. */
export function clamp(value: number): number {
  return value < 0 ? 0 : value > 1 ? 1 : value;
}

/** Linear blend: a at 0, b at 1. */
export function mix(a: number, b: number, share: number): number {
  return a + (b - a) * share;
}

/** Blend of two colours: a at 0, b at 1. */
export function mixColour(a: Colour, b: Colour, share: number): Colour {
  return [mix(a[0], b[0], share), mix(a[1], b[1], share), mix(a[2], b[2], share)];
}

/** Smooth step from 0 (at `from`) to 1 (at `to`); also falls when from > to. */
export function smooth(from: number, to: number, value: number): number {
  const share = clamp((value - from) / (to - from));
  return share * share * (3 - 2 * share);
}

/** A fall of colours: `at(0)` is the first, `at(1)` the last. Built once as a table of 1024. */
export type Fall = { table: Float32Array };

const FALL_STEPS = 1024;

/** Makes a fall from `#rrggbb` stops that are evenly spaced. */
export function fallOf(stops: readonly string[]): Fall {
  const colours = stops.map(hex);
  const table = new Float32Array((FALL_STEPS + 1) * 3);
  for (let step = 0; step <= FALL_STEPS; step += 1) {
    const place = (step / FALL_STEPS) * (colours.length - 1);
    const index = Math.min(Math.floor(place), colours.length - 2);
    const a = colours[index] ?? [0, 0, 0];
    const b = colours[index + 1] ?? a;
    table.set(mixColour(a, b, place - index), step * 3);
  }
  return { table };
}

/** Writes the fall's colour at 0..1 into `out`, multiplied by `gain`. */
export function fallInto(fall: Fall, share: number, out: Float32Array, gain = 1): void {
  const at = ((clamp(share) * FALL_STEPS) | 0) * 3;
  out[0] = (fall.table[at] ?? 0) * gain;
  out[1] = (fall.table[at + 1] ?? 0) * gain;
  out[2] = (fall.table[at + 2] ?? 0) * gain;
}
