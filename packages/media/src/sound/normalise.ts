/** One sound for all players: AAC in MP4 at the loudness of all others, without metadata. Runs in the worker only. */
import { closeSync, fsyncSync, openSync, readFileSync, renameSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { AudioEncoder } from '../encode/audio-encoder.ts';
import { Mp4Writer } from '../encode/mp4-writer.ts';
import { RefusalError } from '../refusal.ts';
import { measureLoudness } from './measure.ts';
import type { Loudness, Measured } from './measure.ts';
import { readSound } from './sound-source.ts';
import type { SoundInput } from './sound-source.ts';

/** media.md: target of sounds and final mixes. */
export const TARGET_LUFS = -14;
const MAX_TRUE_PEAK_DB = -1;
/** A recording quieter than this much under the target is mostly noise: it is not lifted further. */
const MAX_LIFT_DB = 30;
/** Encoding bends peaks a little: the limiter stands lower than the limit. */
const PEAK_SPARE_DB = 0.5;
/** Peaks between samples are seen at so many times the rate. */
const LIMITER_RATE_HZ = 192_000;
/** Nearer than this nobody hears a difference. */
const CLOSE_LU = 0.3;
const MAX_ROUNDS = 5;
/** A limiter that stands lower than this takes more than it gives. */
const LOWEST_CEILING_DB = -4;
/** What lies lower is not heard, but would make the limiter pump. */
const LOWEST_HEARD_HZ = 25;

export type Normalised = Loudness & { path: string; sizeBytes: number; sha256: string; durationMs: number };

/** How the sound is changed: one gain for all of it, and peaks above the ceiling bent down. */
type Level = { gainDb: number; ceilingDb: number };

/** What a level gave. */
type Try = { level: Level; loudness: Loudness };

/** Encodes until the result measures right: a limiter takes away loudness, an encoder adds peaks, neither says how much. */
export async function normalise(input: SoundInput, measured: Measured, path: string): Promise<Normalised> {
  const attempt = async (level: Level): Promise<Normalised> => ({
    ...(await encodeAt(input, { measured, level, path })),
    ...(await measureLoudness({ path, demuxer: 'mov', limits: input.limits })),
  });
  const tries: Try[] = [];
  let level = firstLevel(measured);
  for (let round = 1; round <= MAX_ROUNDS; round += 1) {
    const made = await attempt(level);
    tries.push({ level, loudness: made });
    if (isRight(made)) return made;
    level = nextLevel(level, made);
  }
  return attempt(bestOf(tries)?.level ?? unlimitedLevel(measured));
}

function firstLevel({ integratedLufs, truePeakDb }: Loudness): Level {
  const ceilingDb = MAX_TRUE_PEAK_DB - PEAK_SPARE_DB;
  // Too short to be measured: as it is, but never above the limit.
  if (integratedLufs === undefined) return { gainDb: Math.min(0, ceilingDb - (truePeakDb ?? 0)), ceilingDb };
  return { gainDb: Math.min(MAX_LIFT_DB, TARGET_LUFS - integratedLufs), ceilingDb };
}

/** Its peaks lie under the ceiling without a limiter. */
function unlimitedLevel(measured: Measured): Level {
  const { gainDb, ceilingDb } = firstLevel(measured);
  return { gainDb: Math.min(gainDb, ceilingDb - 2 * PEAK_SPARE_DB - (measured.truePeakDb ?? 0)), ceilingDb };
}

function overDb({ truePeakDb }: Loudness): number {
  return (truePeakDb ?? -Infinity) - MAX_TRUE_PEAK_DB;
}

function missingLu({ integratedLufs }: Loudness): number {
  return integratedLufs === undefined ? 0 : TARGET_LUFS - integratedLufs;
}

function isRight(loudness: Loudness): boolean {
  return overDb(loudness) <= 0 && Math.abs(missingLu(loudness)) <= CLOSE_LU;
}

function nextLevel({ gainDb, ceilingDb }: Level, loudness: Loudness): Level {
  const over = overDb(loudness);
  return {
    gainDb: Math.min(MAX_LIFT_DB, gainDb + missingLu(loudness)),
    ceilingDb: Math.max(LOWEST_CEILING_DB, ceilingDb - (over > 0 ? over + 0.1 : 0)),
  };
}

/** The loudest right one is the nearest to the target among those under the limit. */
function bestOf(tries: readonly Try[]): Try | undefined {
  return tries
    .filter(({ loudness }) => overDb(loudness) <= 0)
    .toSorted((a, b) => Math.abs(missingLu(a.loudness)) - Math.abs(missingLu(b.loudness)))[0];
}

async function encodeAt(
  input: SoundInput,
  { measured, level, path }: { measured: Measured; level: Level; path: string },
): Promise<Omit<Normalised, keyof Loudness>> {
  const encoder = new AudioEncoder(measured, filtersOf(level, measured));
  const rawPath = `${path}.part`;
  const writer = new Mp4Writer(rawPath, 'plain');
  writer.addStream('audio', { encoder: () => encoder.context }, encoder.timeBase);
  try {
    await readSound(input, async (frame, timeUs) => {
      for (const packet of await encoder.encode(frame, timeUs)) writer.push('audio', packet);
    });
    for (const packet of await encoder.flush()) writer.push('audio', packet);
    if (encoder.samples === 0n) throw new RefusalError('corrupt', 'No sound in this file could be decoded.');
    writer.end();
  } finally {
    encoder.close();
  }
  sync(rawPath);
  renameSync(rawPath, path);
  const bytes = readFileSync(path);
  return {
    path,
    sizeBytes: bytes.length,
    sha256: createHash('sha256').update(bytes).digest('hex'),
    durationMs: Math.round((Number(encoder.samples) * 1000) / encoder.timeBase.den),
  };
}

/** The limiter runs only where a peak would pass the ceiling. */
function filtersOf({ gainDb, ceilingDb }: Level, { truePeakDb }: Loudness): [string, string][] {
  const volume: [string, string] = ['volume', `${gainDb.toFixed(3)}dB:precision=double`];
  if (truePeakDb === undefined || truePeakDb + gainDb <= ceilingDb) return [volume];
  const limit = (10 ** (ceilingDb / 20)).toFixed(6);
  return [
    ['highpass', `f=${LOWEST_HEARD_HZ}`],
    volume,
    ['aresample', String(LIMITER_RATE_HZ)],
    ['alimiter', `limit=${limit}:attack=5:release=60:level=false:latency=true`],
  ];
}

function sync(path: string): void {
  const file = openSync(path, 'r+');
  fsyncSync(file);
  closeSync(file);
}
