/** Loudness by ITU-R BS.1770: the sound of a rendered video is brought to -14 LUFS, as the server does it. Pure. */
import { SOUND_RATE_HZ, type Sound } from './work.ts';

const TARGET_LUFS = -14;
/** Samples may reach this; between them lies a little more. */
const PEAK = 10 ** (-1.5 / 20);
const MAX_RAISE = 10 ** (24 / 20);
const BLOCK = Math.round(0.4 * SOUND_RATE_HZ);
const STEP = Math.round(0.1 * SOUND_RATE_HZ);
const ABSOLUTE_GATE_LUFS = -70;
const RELATIVE_GATE_LU = -10;

type Biquad = readonly [number, number, number, number, number];
/** The standard's two filters at 48 kHz: the head's shelf, and a high pass. */
const SHELF: Biquad = [1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585];
const HIGH_PASS: Biquad = [1, -2, 1, -1.99004745483398, 0.99007225036621];

function filtered(samples: Float32Array, [b0, b1, b2, a1, a2]: Biquad): Float32Array {
  const out = new Float32Array(samples.length);
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  for (let n = 0; n < samples.length; n += 1) {
    const x = samples[n] ?? 0;
    const y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2;
    [x2, x1, y2, y1] = [x1, x, y1, y];
    out[n] = y;
  }
  return out;
}

const toLufs = (power: number): number => -0.691 + 10 * Math.log10(power);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** Integrated loudness; -Infinity for silence. */
export function loudnessOf({ left, right }: Sound): number {
  const channels = [left, right].map((channel) => filtered(filtered(channel, SHELF), HIGH_PASS));
  const powers: number[] = [];
  for (let from = 0; from === 0 || from + BLOCK <= left.length; from += STEP) {
    const to = Math.min(left.length, from + BLOCK);
    let sum = 0;
    for (const channel of channels) for (let n = from; n < to; n += 1) sum += (channel[n] ?? 0) ** 2;
    powers.push(sum / Math.max(1, to - from));
  }
  const loud = powers.filter((power) => toLufs(power) > ABSOLUTE_GATE_LUFS);
  if (loud.length === 0) return -Infinity;
  const gate = toLufs(mean(loud)) + RELATIVE_GATE_LU;
  return toLufs(mean(loud.filter((power) => toLufs(power) > gate)));
}

/** The same sound at the target, as far as its peaks allow. */
export function levelled(sound: Sound): Sound {
  const loudness = loudnessOf(sound);
  if (loudness === -Infinity) return sound;
  const peak = [sound.left, sound.right].reduce(
    (most, channel) => channel.reduce((high, sample) => Math.max(high, Math.abs(sample)), most),
    0,
  );
  const gain = Math.min(MAX_RAISE, 10 ** ((TARGET_LUFS - loudness) / 20), PEAK / peak);
  return { left: sound.left.map((sample) => sample * gain), right: sound.right.map((sample) => sample * gain) };
}
