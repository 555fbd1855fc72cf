/** A tune for journeys: a WAV file of our own with a beat, so that loudness, tempo and length are known. */
import { existsSync } from 'node:fs';
import { mkdir, rename, writeFile } from 'node:fs/promises';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

const SAMPLES_PER_SECOND = 44_100;
const HEADER_BYTES = 44;
const BEAT_DECAY = 18;

/** What the tune is like: a falling beat over a held chord. */
export interface TuneOrder {
  durationMs: number;
  tempoBpm: number;
  /** Of the chord's ground, in hertz: tells tunes apart. */
  groundHz: number;
}

function sampleAt(seconds: number, { tempoBpm, groundHz }: TuneOrder): number {
  const sinceBeat = seconds % (60 / tempoBpm);
  const beat = 0.5 * Math.exp(-sinceBeat * BEAT_DECAY) * Math.sin(2 * Math.PI * 90 * sinceBeat);
  const chord = [1, 1.25, 1.5].reduce((sum, ratio) => sum + Math.sin(2 * Math.PI * groundHz * ratio * seconds), 0);
  return beat + 0.08 * chord;
}

/** Makes the tune, or finds the same one made before; gives its path. */
export async function makeTune(wanted: Partial<TuneOrder> = {}): Promise<string> {
  const order = { durationMs: 12_000, tempoBpm: 120, groundHz: 220, ...wanted };
  const folder = join(tmpdir(), `vitrine-clips-${userInfo().uid}`);
  const path = join(folder, `tune-${order.durationMs}-${order.tempoBpm}-${order.groundHz}.wav`);
  if (existsSync(path)) return path;
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const count = Math.round((order.durationMs * SAMPLES_PER_SECOND) / 1000);
  const wav = Buffer.alloc(HEADER_BYTES + count * 2);
  wav.write('RIFF', 0, 'latin1');
  wav.writeUInt32LE(wav.length - 8, 4);
  wav.write('WAVEfmt ', 8, 'latin1');
  wav.writeUInt32LE(16, 16);
  wav.writeUInt16LE(1, 20);
  wav.writeUInt16LE(1, 22);
  wav.writeUInt32LE(SAMPLES_PER_SECOND, 24);
  wav.writeUInt32LE(SAMPLES_PER_SECOND * 2, 28);
  wav.writeUInt16LE(2, 32);
  wav.writeUInt16LE(16, 34);
  wav.write('data', 36, 'latin1');
  wav.writeUInt32LE(count * 2, 40);
  for (let at = 0; at < count; at += 1) {
    const value = Math.max(-1, Math.min(1, sampleAt(at / SAMPLES_PER_SECOND, order)));
    wav.writeInt16LE(Math.round(value * 32_000), HEADER_BYTES + at * 2);
  }
  const draft = `${path}.${process.pid}`;
  await writeFile(draft, wav);
  await rename(draft, path);
  return path;
}
