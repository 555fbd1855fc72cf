import { randomFrom, type Random } from '../picture/random.ts';
import { master } from './loudness.ts';
import { addRoom } from './room.ts';
import { SCALES, type Tune } from './tunes.ts';
import {
  bass,
  bell,
  brush,
  flute,
  kick,
  pad,
  piano,
  pitchOf,
  pluck,
  tapeOf,
  tine,
  type Note,
  type Tape,
} from './voices.ts';

const BEATS_PER_BAR = 4;
const TARGET_LUFS = -14;
/** Length of fade-in and fade-out in seconds. */
const FADE_IN_S = 0.05;
const FADE_OUT_S = 1.2;

/** One bar of melody: when (in eighths), how long (in eighths), which step above the chord. */
type Phrase = readonly { at: number; length: number; step: number }[];

/** Composes and plays a tune for a length of time; the same seed gives the same samples. */
export function perform(tune: Tune, take: { seed: number; durationS: number; samplesPerS: number }): Tape {
  const random = randomFrom(take.seed);
  const tape = tapeOf(take.durationS, take.samplesPerS);
  const barS = (BEATS_PER_BAR * 60) / tune.tempoBpm;
  const motif = phraseOf(random);
  const answer = phraseOf(random);
  const bars = Math.ceil(take.durationS / barS);
  for (let bar = 0; bar < bars; bar += 1) {
    const chord = tune.chords[bar % tune.chords.length] ?? 0;
    const score = { tape, tune, random, startS: bar * barS, barS, chord, bar };
    playGround(score);
    if (tune.comp !== 'none') playComp(score);
    // The melody waits a bar in long takes and turns to the answer in every fourth.
    if (bars < 5 || bar > 0) playMelody(score, bar % 4 === 3 ? answer : motif);
    playBeat(score);
  }
  addRoom(tape, { wet: tune.beat === 'none' ? 0.55 : 0.34, lengthS: tune.beat === 'none' ? 2.6 : 1.5 });
  fade(tape);
  master(tape, TARGET_LUFS);
  return tape;
}

type Score = { tape: Tape; tune: Tune; random: Random; startS: number; barS: number; chord: number; bar: number };

function pitchAt(tune: Tune, step: number): number {
  const scale = SCALES[tune.scale];
  const octave = Math.floor(step / scale.length);
  return pitchOf(tune.key + 12 * octave + (scale[step - octave * scale.length] ?? 0));
}

/** Eighths, the second of each pair late by the tune's swing. */
function timeOf(score: Score, eighth: number): number {
  const late = eighth % 2 === 1 ? score.tune.swing : 0;
  return score.startS + ((eighth + late) * score.barS) / 8;
}

function playGround(score: Score): void {
  const { tape, tune, chord, barS } = score;
  const low = chord > 3 ? chord - 14 : chord - 7;
  bass(tape, { startS: timeOf(score, 0), lengthS: barS * 0.55, pitchHz: pitchAt(tune, low), gain: 0.34, pan: 0 });
  bass(tape, {
    startS: timeOf(score, score.bar % 2 === 0 ? 5 : 4),
    lengthS: barS * 0.36,
    pitchHz: pitchAt(tune, score.bar % 4 === 3 ? low + 4 : low),
    gain: 0.26,
    pan: 0,
  });
  if (!tune.hasPad) return;
  [0, 2, 4, 6].forEach((third, index) => {
    pad(tape, {
      startS: score.startS - 0.15,
      lengthS: barS + 0.9,
      pitchHz: pitchAt(tune, chord - (chord > 3 ? 7 : 0) + third),
      gain: 0.16,
      pan: index * 0.4 - 0.6,
    });
  });
}

function playComp(score: Score): void {
  const { tune, chord, barS } = score;
  const base = chord > 3 ? chord - 7 : chord;
  const order = [0, 2, 4, 7, 4, 2, 6, 4];
  order.forEach((step, eighth) => {
    if (tune.comp !== 'pluck' && ![0, 3, 6].includes(eighth)) return;
    const steps = tune.comp === 'pluck' ? [step] : [2, 4, 6];
    steps.forEach((third, index) => {
      const note = {
        startS: timeOf(score, eighth) + index * 0.012,
        lengthS: barS * 0.5,
        pitchHz: pitchAt(tune, base + third),
        gain: (tune.comp === 'pluck' ? 0.2 : 0.09) * score.random.between(0.75, 1),
        pan: -0.35 + index * 0.1,
      };
      play(score, tune.comp, note);
    });
  });
}

function phraseOf(random: Random): Phrase {
  const rhythms = [
    [0, 3, 4, 6],
    [0, 2, 3, 6],
    [1, 3, 4, 7],
    [0, 4, 5, 6],
  ];
  const starts = random.pick(rhythms);
  let step = random.pick([2, 4, 4, 7]);
  return starts.map((at, index) => {
    const next = starts[index + 1] ?? 8;
    const note = { at, length: next - at, step };
    step += random.pick([-2, -1, -1, 1, 1, 2, 3]);
    step = Math.max(0, Math.min(9, step));
    return note;
  });
}

function playMelody(score: Score, phrase: Phrase): void {
  const { tune, chord } = score;
  const base = (chord > 3 ? chord - 7 : chord) + 7;
  for (const note of phrase) {
    if (score.random.next() < 0.12) continue;
    // Landing notes sit in the chord; passing ones may be any step.
    const step = note.length >= 2 ? note.step - (note.step % 2) : note.step;
    play(score, tune.lead, {
      startS: timeOf(score, note.at) + score.random.between(0, 0.012),
      lengthS: Math.max(0.5, (note.length * score.barS) / 8 + (tune.lead === 'flute' ? 0.05 : 0.9)),
      pitchHz: pitchAt(tune, base + step),
      gain: { pluck: 0.36, tine: 0.24, bell: 0.22, piano: 0.28, flute: 0.15 }[tune.lead] * score.random.between(0.8, 1),
      pan: 0.22,
    });
  }
}

function play(score: Score, voice: Tune['lead'] | Tune['comp'], note: Note): void {
  if (voice === 'pluck') pluck(score.tape, note, score.random);
  if (voice === 'tine') tine(score.tape, note);
  if (voice === 'bell') bell(score.tape, note);
  if (voice === 'piano') piano(score.tape, note);
  if (voice === 'flute') flute(score.tape, note, score.random);
}

function playBeat(score: Score): void {
  const { tape, tune, random } = score;
  if (tune.beat === 'none') return;
  for (const at of tune.beat === 'steady' ? [0, 2, 4, 6] : [0, 5])
    kick(tape, timeOf(score, at), tune.beat === 'steady' ? 0.42 : 0.46);
  for (const at of [2, 6])
    brush(
      tape,
      { startS: timeOf(score, at), gain: tune.beat === 'soft' ? 0.2 : 0.32, pan: -0.1, isOpen: true },
      random,
    );
  for (let eighth = 0; eighth < 8; eighth += 1) {
    brush(
      tape,
      {
        startS: timeOf(score, eighth),
        gain: (eighth % 2 === 1 ? 0.08 : 0.045) * random.between(0.7, 1.1),
        pan: 0.3,
        isOpen: false,
      },
      random,
    );
  }
}

/** Fades a tape in and out. */
export function fade(tape: Tape): void {
  const inLength = FADE_IN_S * tape.samplesPerS;
  const outLength = FADE_OUT_S * tape.samplesPerS;
  for (const channel of [tape.left, tape.right]) {
    for (let at = 0; at < channel.length; at += 1) {
      channel[at] = (channel[at] as number) * Math.min(1, at / inLength, (channel.length - 1 - at) / outLength);
    }
  }
}
