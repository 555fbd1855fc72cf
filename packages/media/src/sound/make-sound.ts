/** A file in, a sound out: played file, figures, fingerprint, cover. Runs in the worker only. */
import { closeSync, openSync, readSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { refuse, RefusalError } from '../refusal.ts';
import { sniff, SNIFF_BYTES } from '../sniff.ts';
import type { Refusal, SoundOutcome, SourceLimits, StillFile } from '../types.ts';
import { fingerprintOf } from './fingerprint.ts';
import { measureSound, MONO_RATE_HZ } from './measure.ts';
import { normalise } from './normalise.ts';
import { readCover } from './sound-source.ts';
import type { SoundInput } from './sound-source.ts';
import { tempoOf } from './tempo.ts';
import { waveformOf } from './waveform.ts';

type SoundWork = { sourcePath: string; outDir: string; limits: SourceLimits };

/** Makes all that is known of a sound. The same file gives the same bytes and figures. */
export async function makeSound(work: SoundWork): Promise<Omit<Exclude<SoundOutcome, Refusal>, 'cpuMs'> | Refusal> {
  const sniffed = sniffFile(work.sourcePath);
  if (sniffed.kind === 'refused') return sniffed;
  if (sniffed.kind !== 'stream') return refuse('not_media', 'There is no sound in this file.');
  const input: SoundInput = { path: work.sourcePath, demuxer: sniffed.demuxer, limits: work.limits };
  const measured = await measureSound(input);
  if (measured.mono.length === 0) throw new RefusalError('corrupt', 'No sound in this file could be decoded.');
  const { integratedLufs, truePeakDb, ...file } = await normalise(input, measured, join(work.outDir, 'sound.m4a'));
  const cover = await makeCover(input, work.outDir);
  return {
    kind: 'sound-made',
    file,
    loudnessLufs: integratedLufs === undefined ? null : tenths(integratedLufs),
    truePeakDb: truePeakDb === undefined ? null : tenths(truePeakDb),
    sourceLufs: measured.integratedLufs === undefined ? null : tenths(measured.integratedLufs),
    waveform: waveformOf(measured.mono),
    fingerprint: fingerprintOf(measured.mono, join(work.outDir, 'print.part')).toString('base64'),
    tempo: tempoOf(measured.mono, MONO_RATE_HZ) ?? null,
    cover: cover ?? null,
  };
}

function tenths(value: number): number {
  return Math.round(value * 10) / 10;
}

const COVER_PX = 512;
const COVER_QUALITY = 82;
/** Larger covers are left out. */
const MAX_COVER_BYTES = 20 * 1024 * 1024;

/** The file's own picture, cut square; undefined where there is none that can be read. */
async function makeCover(input: SoundInput, outDir: string): Promise<StillFile | undefined> {
  const bytes = await readCover(input);
  if (bytes === undefined || bytes.length > MAX_COVER_BYTES) return undefined;
  const [{ openPhoto }, { writeStill }] = await Promise.all([
    import('../stills/photo.ts'),
    import('../stills/write-still.ts'),
  ]);
  if (sniff(bytes.subarray(0, SNIFF_BYTES), bytes.length).kind !== 'photo') return undefined;
  const path = join(outDir, 'cover.part');
  writeFileSync(path, bytes);
  try {
    const square = await openPhoto(path, input.limits)
      .autoOrient()
      .resize(COVER_PX, COVER_PX, { fit: 'cover' })
      .webp({ quality: COVER_QUALITY })
      .toBuffer();
    const still = { type: 'image/webp', widthPx: COVER_PX, heightPx: COVER_PX } as const;
    return writeStill(join(outDir, 'cover.webp'), square, still);
  } catch {
    // A broken picture does not make a bad sound.
    return undefined;
  } finally {
    rmSync(path);
  }
}

function sniffFile(path: string): ReturnType<typeof sniff> {
  const file = openSync(path, 'r');
  try {
    const head = Buffer.alloc(SNIFF_BYTES);
    return sniff(head.subarray(0, readSync(file, head, 0, SNIFF_BYTES, 0)), statSync(path).size);
  } finally {
    closeSync(file);
  }
}
