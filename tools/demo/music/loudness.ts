import type { Tape } from './voices.ts';

/* The two filters of ITU-R BS.1770-5 at 48 kHz: b0 b1 b2 a1 a2. */
const SHELF = [1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585] as const;
const HIGH_PASS = [1, -2, 1, -1.99004745483398, 0.99007225036621] as const;
const BLOCK_S = 0.4;
const SILENCE_LUFS = -70;

/** Loudness of a tape in LUFS: gated blocks of 400 ms as in BS.1770 (each block a quarter further on). */
export function loudnessOf(tape: Tape): number {
  const left = weighted(tape.left);
  const right = weighted(tape.right);
  const block = Math.round(BLOCK_S * tape.samplesPerS);
  const powers: number[] = [];
  for (let from = 0; from + block <= left.length; from += block >> 2) {
    let sum = 0;
    for (let at = from; at < from + block; at += 1) sum += (left[at] as number) ** 2 + (right[at] as number) ** 2;
    powers.push(sum / block);
  }
  const heard = powers.filter((power) => lufs(power) > SILENCE_LUFS);
  const gate = lufs(mean(heard)) - 10;
  return lufs(mean(heard.filter((power) => lufs(power) > gate)));
}

function lufs(power: number): number {
  return -0.691 + 10 * Math.log10(Math.max(power, 1e-12));
}

function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function weighted(samples: Float32Array): Float32Array {
  return filtered(filtered(samples, SHELF), HIGH_PASS);
}

function filtered(samples: Float32Array, filter: readonly [number, number, number, number, number]): Float32Array {
  const [b0, b1, b2, a1, a2] = filter;
  const out = new Float32Array(samples.length);
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  for (let at = 0; at < samples.length; at += 1) {
    const x = samples[at] as number;
    const y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2;
    [x2, x1, y2, y1] = [x1, x, y1, y];
    out[at] = y;
  }
  return out;
}

const KNEE = 0.6;
const CEILING = 0.84;

/** Brings a tape to a loudness and rounds off peaks, which stay under -1.5 dBFS. */
export function master(tape: Tape, targetLufs: number): void {
  // Rounding peaks costs a little loudness: the second pass gives it back.
  for (let pass = 0; pass < 2; pass += 1) {
    const gain = 10 ** ((targetLufs - loudnessOf(tape)) / 20);
    for (const channel of [tape.left, tape.right]) {
      for (let at = 0; at < channel.length; at += 1) channel[at] = rounded((channel[at] as number) * gain);
    }
  }
}

function rounded(value: number): number {
  const size = Math.abs(value);
  if (size <= KNEE) return value;
  return Math.sign(value) * (KNEE + (CEILING - KNEE) * Math.tanh((size - KNEE) / (CEILING - KNEE)));
}
