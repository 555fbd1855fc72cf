import type { Random } from '../picture/random.ts';

/** A stereo recording being made: two channels of samples, and the rate they run at. */
export type Tape = { left: Float32Array; right: Float32Array; samplesPerS: number };

/** One note: when and how long in seconds, pitch in hertz, loudness 0 to 1, place -1 (left) to 1 (right). */
export type Note = { startS: number; lengthS: number; pitchHz: number; gain: number; pan: number };

/** Makes an empty tape. */
export function tapeOf(durationS: number, samplesPerS: number): Tape {
  const length = Math.round(durationS * samplesPerS);
  return { left: new Float32Array(length), right: new Float32Array(length), samplesPerS };
}

/** Pitch of a MIDI note number. */
export function pitchOf(midi: number): number {
  return 440 * 2 ** ((midi - 69) / 12);
}

function add(tape: Tape, note: Note, sampleAt: (seconds: number, index: number) => number): void {
  const first = Math.max(0, Math.round(note.startS * tape.samplesPerS));
  const last = Math.min(tape.left.length, first + Math.round(note.lengthS * tape.samplesPerS));
  const toLeft = note.gain * Math.cos(((note.pan + 1) * Math.PI) / 4);
  const toRight = note.gain * Math.sin(((note.pan + 1) * Math.PI) / 4);
  const release = 0.02 * tape.samplesPerS;
  for (let at = first; at < last; at += 1) {
    const value = sampleAt((at - first) / tape.samplesPerS, at - first) * Math.min(1, (last - at) / release);
    tape.left[at] = (tape.left[at] as number) + value * toLeft;
    tape.right[at] = (tape.right[at] as number) + value * toRight;
  }
}

/** A plucked string after Karplus and Strong: noise that runs round a loop and loses its edge. */
export function pluck(tape: Tape, note: Note, random: Random): void {
  const period = Math.max(2, Math.round(tape.samplesPerS / note.pitchHz));
  const loop = new Float32Array(period);
  let soft = 0;
  for (let at = 0; at < period; at += 1) {
    soft += 0.45 * (random.next() * 2 - 1 - soft);
    loop[at] = soft * 1.8;
  }
  let place = 0;
  add(tape, note, () => {
    const next = place + 1 === period ? 0 : place + 1;
    const value = loop[place] as number;
    loop[place] = (value * 0.5 + (loop[next] as number) * 0.5) * 0.9965;
    place = next;
    return value;
  });
}

/** An electric piano: one sine that bends another, both dying away. */
export function tine(tape: Tape, note: Note): void {
  const turn = 2 * Math.PI * note.pitchHz;
  add(tape, note, (t) => {
    const bend = 1.6 * Math.exp(-t * 5) * Math.sin(turn * t) + 0.5 * Math.exp(-t * 22) * Math.sin(turn * 14 * t);
    return Math.sin(turn * t + bend) * Math.exp(-t * 2.1) * Math.min(1, t * 400);
  });
}

/** A bell or music box: overtones that are not whole multiples. */
export function bell(tape: Tape, note: Note): void {
  const turn = 2 * Math.PI * note.pitchHz;
  add(tape, note, (t) => {
    const body =
      Math.sin(turn * t) * Math.exp(-t * 2.6) +
      0.4 * Math.sin(turn * 2.76 * t) * Math.exp(-t * 5) +
      0.18 * Math.sin(turn * 5.4 * t) * Math.exp(-t * 9);
    return body * 0.75 * Math.min(1, t * 900);
  });
}

/** A felted piano: eight overtones, slightly stretched, the high ones short. */
export function piano(tape: Tape, note: Note): void {
  const turn = 2 * Math.PI * note.pitchHz;
  const parts = [1, 0.5, 0.34, 0.2, 0.12, 0.07, 0.04, 0.02];
  add(tape, note, (t) => {
    let value = 0;
    for (let part = 0; part < parts.length; part += 1) {
      const order = part + 1;
      value +=
        (parts[part] as number) *
        Math.sin(turn * order * Math.sqrt(1 + 0.0004 * order * order) * t) *
        Math.exp(-t * (1.3 + 0.8 * part));
    }
    return value * 0.6 * Math.min(1, t * 250);
  });
}

/** A breathy flute with a slow vibrato. */
export function flute(tape: Tape, note: Note, random: Random): void {
  let breath = 0;
  let phase = 0;
  add(tape, note, (t) => {
    phase += (2 * Math.PI * note.pitchHz * (1 + 0.004 * Math.sin(t * 31) * Math.min(1, t * 2))) / tape.samplesPerS;
    breath += 0.2 * (random.next() * 2 - 1 - breath);
    const shape = Math.min(1, t * 12) * Math.min(1, Math.max(0, (note.lengthS - t) * 9));
    return (Math.sin(phase) + 0.22 * Math.sin(2 * phase) + 0.09 * Math.sin(3 * phase) + breath * 0.12) * shape * 0.7;
  });
}

/** A slow pad: three saws a little out of tune, through a low filter that opens and closes. */
export function pad(tape: Tape, note: Note): void {
  let low = 0;
  let lower = 0;
  add(tape, note, (t) => {
    let saw = 0;
    for (const detune of [0.9965, 1, 1.0038]) saw += 2 * ((note.pitchHz * detune * t) % 1) - 1;
    const open = 0.028 + 0.02 * Math.sin(t * 1.1);
    low += open * (saw - low);
    lower += open * (low - lower);
    return lower * Math.min(1, t * 1.4) * Math.min(1, Math.max(0, (note.lengthS - t) * 1.6)) * 0.55;
  });
}

/** A round bass. */
export function bass(tape: Tape, note: Note): void {
  const turn = 2 * Math.PI * note.pitchHz;
  add(tape, note, (t) => {
    const value =
      Math.sin(turn * t) +
      0.35 * Math.sin(2 * turn * t) * Math.exp(-t * 4) +
      0.12 * Math.sin(3 * turn * t) * Math.exp(-t * 7);
    return Math.tanh(value * 1.2) * Math.exp(-t * 1.5) * Math.min(1, t * 160);
  });
}

/** A soft kick drum. */
export function kick(tape: Tape, startS: number, gain: number): void {
  add(
    tape,
    { startS, lengthS: 0.36, pitchHz: 0, gain, pan: 0 },
    (t) => Math.sin(2 * Math.PI * (46 * t + 4.2 * (1 - Math.exp(-t * 28)))) * Math.exp(-t * 11),
  );
}

/** A brush on a snare (`isOpen`) or a small closed hat. */
export function brush(
  tape: Tape,
  hit: { startS: number; gain: number; pan: number; isOpen: boolean },
  random: Random,
): void {
  let low = 0;
  const fall = hit.isOpen ? 17 : 60;
  const tone = hit.isOpen ? 0.45 : 0.12;
  add(tape, { ...hit, lengthS: hit.isOpen ? 0.3 : 0.09, pitchHz: 0 }, (t) => {
    const white = random.next() * 2 - 1;
    low += tone * (white - low);
    const high = hit.isOpen ? low * 0.9 + white * 0.12 : white - low;
    return high * Math.exp(-t * fall) * Math.min(1, t * 600);
  });
}
