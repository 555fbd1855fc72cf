/** All pieces of a sound plan in one track. Runs in the worker only. */
import { gainAt, type SoundPiece, type SourceKey } from '@vitrine/edit';
import type { SourceLimits } from '../types.ts';
import { normalise } from './loudness.ts';
import { samplesIn, silence, throughFilters, type Pcm } from './pcm.ts';
import { readSound } from './read-sound.ts';
import type { ComposeSource } from './types.ts';

type MixOrder = {
  pieces: readonly SoundPiece[];
  sources: ReadonlyMap<SourceKey, ComposeSource>;
  durationMs: number;
  limits: SourceLimits;
};

/** The finished sound, as long as the video, at the usual loudness; undefined if nothing is heard. */
export async function mixSound({ pieces, sources, durationMs, limits }: MixOrder): Promise<Pcm | undefined> {
  if (pieces.length === 0) return undefined;
  const mix = silence(samplesIn(durationMs));
  for (const piece of pieces) {
    const source = sources.get(piece.key);
    if (source === undefined) throw new Error(`no file for ${piece.key}`);
    const lengthMs = (piece.toMs - piece.fromMs) * piece.speed;
    const read = await readSound({ ...source, limits, fromMs: piece.sourceFromMs, lengthMs });
    add(mix, piece.speed === 1 ? read : throughFilters(read, tempo(piece.speed)), piece);
  }
  return normalise(mix);
}

/** One filter takes half to double speed without passing over sound. */
function tempo(speed: number): string {
  const steps = speed < 0.5 || speed > 2 ? 2 : 1;
  return Array.from({ length: steps }, () => `atempo=${(speed ** (1 / steps)).toFixed(6)}`).join(',');
}

/** Samples between two looks at the gain: a millisecond. */
const STEP_SAMPLES = 48;

function add(mix: Pcm, pcm: Pcm, piece: SoundPiece): void {
  const from = samplesIn(piece.fromMs);
  const length = Math.min(pcm.left.length, samplesIn(piece.toMs) - from, mix.left.length - from);
  for (let start = 0; start < length; start += STEP_SAMPLES) {
    const end = Math.min(length, start + STEP_SAMPLES);
    const gain = gainAt(piece, piece.fromMs + start / STEP_SAMPLES);
    for (let n = start; n < end; n += 1) {
      mix.left[from + n] = (mix.left[from + n] ?? 0) + gain * (pcm.left[n] ?? 0);
      mix.right[from + n] = (mix.right[from + n] ?? 0) + gain * (pcm.right[n] ?? 0);
    }
  }
}
