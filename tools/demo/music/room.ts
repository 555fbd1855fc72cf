import type { Tape } from './voices.ts';

/* Delays in samples at 48 kHz after Schroeder and Moorer: no two share a factor, so no pitch stands out. */
const COMBS = [1557, 1617, 1491, 1422, 1277, 1356];
const PASSES = [225, 556, 441];
const SPREAD = 23;

/** Adds the sound of a room: `wet` 0 to 1 is how much, `lengthS` how long it takes to fade by 60 dB. */
export function addRoom(tape: Tape, room: { wet: number; lengthS: number }): void {
  const left = reverberated(tape, 0, room.lengthS);
  const right = reverberated(tape, SPREAD, room.lengthS);
  for (let at = 0; at < tape.left.length; at += 1) {
    tape.left[at] = (tape.left[at] as number) + (left[at] as number) * room.wet;
    tape.right[at] = (tape.right[at] as number) + (right[at] as number) * room.wet;
  }
}

function reverberated(tape: Tape, shift: number, lengthS: number): Float32Array {
  const out = new Float32Array(tape.left.length);
  for (const comb of COMBS) {
    const delay = new Float32Array(comb + shift);
    const back = 10 ** ((-3 * delay.length) / tape.samplesPerS / lengthS);
    let place = 0;
    let damp = 0;
    for (let at = 0; at < out.length; at += 1) {
      const heard = delay[place] as number;
      damp += 0.62 * (heard - damp);
      delay[place] = ((tape.left[at] as number) + (tape.right[at] as number)) * 0.5 + damp * back;
      out[at] = (out[at] as number) + heard / COMBS.length;
      place = place + 1 === delay.length ? 0 : place + 1;
    }
  }
  for (const pass of PASSES) {
    const delay = new Float32Array(pass + shift);
    let place = 0;
    for (let at = 0; at < out.length; at += 1) {
      const heard = delay[place] as number;
      const value = out[at] as number;
      delay[place] = value + heard * 0.5;
      out[at] = heard - value * 0.5;
      place = place + 1 === delay.length ? 0 : place + 1;
    }
  }
  return out;
}
