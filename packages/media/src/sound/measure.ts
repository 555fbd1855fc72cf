/** How loud a sound is (EBU R 128) and what it looks like as one channel. Runs in the worker only. */
import type { Frame } from 'node-av';
import { readSound } from './sound-source.ts';
import type { SoundInput } from './sound-source.ts';
import { SoundTap } from './tap.ts';

/** Rate at which fingerprint, tempo and waveform are read. */
export const MONO_RATE_HZ = 11_025;
const LOUDNESS_RATE_HZ = 48_000;
/** Under the absolute gate of EBU R 128 nothing counts as sound. */
const GATE_LUFS = -70;

export type Loudness = {
  /** Undefined for silence, and for less than the 400 ms that one block of the measure lasts. */
  integratedLufs: number | undefined;
  /** Undefined for digital silence. */
  truePeakDb: number | undefined;
};

/** What one reading of the whole file gives. */
export type Measured = Loudness & { mono: Int16Array; channels: number; sampleRateHz: number };

/** Reads the file once. */
export async function measureSound(input: SoundInput): Promise<Measured> {
  const loudness = loudnessMeter();
  const blocks: Int16Array[] = [];
  const toMono = new SoundTap(MONO_RATE_HZ, [['aformat', 'sample_fmts=s16:channel_layouts=mono']], (frame) =>
    blocks.push(samplesOf(frame)),
  );
  let form = { channels: 0, sampleRateHz: 0 };
  await readSound(input, (frame, timeUs) => {
    if (form.channels === 0) form = { channels: frame.channels, sampleRateHz: frame.sampleRate };
    loudness.feed(frame, timeUs);
    toMono.feed(frame, timeUs);
  });
  toMono.end();
  return { ...loudness.end(), ...form, mono: joined(blocks) };
}

/** Measures loudness alone. */
export async function measureLoudness(input: SoundInput): Promise<Loudness> {
  const loudness = loudnessMeter();
  await readSound(input, (frame, timeUs) => loudness.feed(frame, timeUs));
  return loudness.end();
}

function loudnessMeter(): { feed: SoundTap['feed']; end: () => Loudness } {
  let lufs = -Infinity;
  let peak = 0;
  const tap = new SoundTap(LOUDNESS_RATE_HZ, [['ebur128', 'metadata=1:peak=true']], (frame) => {
    for (const [name, value] of Object.entries(frame.getMetadata().getAll())) {
      if (name === 'lavfi.r128.I') lufs = Number(value);
      else if (name.startsWith('lavfi.r128.true_peaks_ch')) peak = Math.max(peak, Number(value));
    }
  });
  return {
    feed: (frame, timeUs) => tap.feed(frame, timeUs),
    end: () => {
      tap.end();
      return {
        integratedLufs: lufs > GATE_LUFS ? lufs : undefined,
        truePeakDb: peak > 0 ? 20 * Math.log10(peak) : undefined,
      };
    },
  };
}

function samplesOf(frame: Frame): Int16Array {
  const bytes = frame.data?.[0];
  if (bytes === undefined) throw new Error('a frame without samples');
  const copy = Uint8Array.from(bytes.subarray(0, frame.nbSamples * 2));
  return new Int16Array(copy.buffer);
}

function joined(blocks: readonly Int16Array[]): Int16Array {
  const all = new Int16Array(blocks.reduce((sum, block) => sum + block.length, 0));
  let at = 0;
  for (const block of blocks) {
    all.set(block, at);
    at += block.length;
  }
  return all;
}
