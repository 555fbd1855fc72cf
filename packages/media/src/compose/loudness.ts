/** Loudness of a finished mix: measured by EBU R128, brought to the target, peaks held. Runs in the worker only. */
import { eachFiltered, silence, throughFilters, type Pcm } from './pcm.ts';

/** `integratedLufs`: -Infinity for silence. `truePeakDb`: in dBTP. */
export type Loudness = { integratedLufs: number; truePeakDb: number };

/** media.md: sounds and final mixes. */
export const TARGET_LUFS = -14;
const PEAK_DB = -1;
/** Quieter mixes are meant to be quiet, or noise. */
const MAX_RAISE_DB = 24;
/** What EBU R128 calls silence. */
const SILENCE_LUFS = -69;
/** A limiter takes loudness away: this often it is given back. */
const ROUNDS = 3;
const CLOSE_DB = 0.3;

/** Integrated loudness and true peak. */
export function measureLoudness(pcm: Pcm): Loudness {
  let integratedLufs = -Infinity;
  let truePeak = 0;
  eachFiltered(padded(pcm), 'ebur128=metadata=1:peak=true', (frame) => {
    const said = frame.getMetadata();
    integratedLufs = Number(said.get('lavfi.r128.I') ?? Number.NaN);
    truePeak = Math.max(truePeak, Number(said.get('lavfi.r128.true_peak') ?? 0));
    said.free();
  });
  const isSilent = !(integratedLufs > SILENCE_LUFS);
  return { integratedLufs: isSilent ? -Infinity : integratedLufs, truePeakDb: toDb(truePeak) };
}

/** The meter needs 400 ms for its first figure: short sounds are repeated. */
function padded(pcm: Pcm): Pcm {
  const least = 24_000;
  const { length } = pcm.left;
  if (length >= least || length === 0) return pcm;
  const out = silence(least);
  for (let at = 0; at < least; at += length) {
    const part = Math.min(length, least - at);
    out.left.set(pcm.left.subarray(0, part), at);
    out.right.set(pcm.right.subarray(0, part), at);
  }
  return out;
}

/** The same sound at -14 LUFS, with no true peak above -1 dBTP. Silence stays silence. */
export function normalise(pcm: Pcm): Pcm {
  const before = measureLoudness(pcm);
  if (before.integratedLufs === -Infinity) return pcm;
  let raiseDb = Math.min(MAX_RAISE_DB, TARGET_LUFS - before.integratedLufs);
  if (before.truePeakDb + raiseDb <= PEAK_DB) return scaled(pcm, raiseDb);
  let limited = pcm;
  for (let round = 0; round < ROUNDS; round += 1) {
    limited = limitPeaks(scaled(pcm, raiseDb));
    const missingDb = TARGET_LUFS - measureLoudness(limited).integratedLufs;
    if (missingDb < CLOSE_DB || raiseDb >= MAX_RAISE_DB) break;
    raiseDb = Math.min(MAX_RAISE_DB, raiseDb + missingDb);
  }
  const over = measureLoudness(limited).truePeakDb - PEAK_DB;
  return over > 0 ? scaled(limited, -over) : limited;
}

/** True peaks lie between samples: limited at four times the rate, a little below the bound. */
function limitPeaks(pcm: Pcm): Pcm {
  const limit = toFactor(PEAK_DB - 0.2).toFixed(4);
  const out = throughFilters(
    pcm,
    `aresample=192000,alimiter=limit=${limit}:attack=2:release=60:level=0:latency=1,aresample=48000`,
  );
  return { left: out.left.subarray(0, pcm.left.length), right: out.right.subarray(0, pcm.right.length) };
}

function scaled({ left, right }: Pcm, db: number): Pcm {
  const factor = toFactor(db);
  return { left: left.map((sample) => sample * factor), right: right.map((sample) => sample * factor) };
}

function toFactor(db: number): number {
  return 10 ** (db / 20);
}

function toDb(factor: number): number {
  return factor > 0 ? 20 * Math.log10(factor) : -Infinity;
}
