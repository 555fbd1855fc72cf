/** The tunes of the demo as sounds that everyone may use: composed at length, named, lent by the people who play them. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { soundSchema } from '@vitrine/schema';
import { drawCover } from './cover.ts';
import { performSound } from './music.ts';
import { TUNES } from './music/tunes.ts';
import type { OnRefusal, Town } from './town.ts';

/** Tunes by name, each with the id of its sound once it is online; undefined for one that was not taken. */
export type SoundIds = ReadonlyMap<string, Promise<string | undefined>>;

type TuneOrder = { path: string; tune: string };

const SAMPLES_PER_S = 48_000;
const TUNE_S = 48;
const TUNE_SEED = 11;
const POLL_MS = 300;
/** Over these the later posts are laid; putting a post together costs more than publishing a clip as it is. */
export const SHARED_TUNES: ReadonlySet<string> = new Set(['kiln-song', 'second-cup', 'salt-road', 'night-bus']);
const LICENCE = 'CC0-1.0';
const CREDIT = "Composed and played by the demo's own script: nobody else holds rights in it.";

/** Brings all tunes online `after` that, one after another; those that are not taken are told of and left out. */
export function lendTunes(
  town: Town,
  place: { folder: string; signal: AbortSignal; onRefusal: OnRefusal; after: Promise<void> },
): SoundIds {
  let before: Promise<unknown> = place.after;
  return new Map(
    Object.keys(TUNES).map((tune) => {
      const online = before.then(async () => {
        if (place.signal.aborted) return undefined;
        return lend(town, tune, place).catch((cause: unknown) => {
          place.onRefusal(`tune ${tune}`, cause);
          return undefined;
        });
      });
      before = online;
      return [tune, online];
    }),
  );
}

async function lend(town: Town, name: string, place: { folder: string; signal: AbortSignal }): Promise<string> {
  const tune = TUNES[name];
  const player = town.get(tune?.artist ?? '');
  if (!tune || !player) throw new RangeError(`nobody plays ${name}`);
  const path = await composed(place.folder, name);
  const id = await player.upload(path);
  await untilReady(async () => soundSchema.parse(await player.send('GET', `/sounds/${id}`)).state, place.signal);
  await player.send('PATCH', `/sounds/${id}`, {
    title: tune.title,
    licence: LICENCE,
    creditLine: CREDIT,
    allowUse: true,
  });
  await player.sendBytes('PUT', `/sounds/${id}/cover`, { bytes: await drawCover(name), type: 'image/png' });
  return id;
}

/** The sound exists once its upload was looked at. */
async function untilReady(ask: () => Promise<string>, signal: AbortSignal): Promise<void> {
  const endAt = performance.now() + 120_000;
  for (;;) {
    const state = await ask().catch(() => 'processing');
    if (state === 'ready') return;
    if (performance.now() > endAt) throw new Error('The tune was not taken.');
    await sleep(POLL_MS, undefined, { signal });
  }
}

/** The tune's file, composed once in a process of its own and kept for the next start. */
async function composed(folder: string, tune: string): Promise<string> {
  const hash = createHash('sha256')
    .update(readFileSync(fileURLToPath(new URL('music/tunes.ts', import.meta.url))))
    .update(`${tune} ${TUNE_S} ${TUNE_SEED}`)
    .digest('hex')
    .slice(0, 16);
  const path = join(folder, `${tune}-${hash}.wav`);
  if (!existsSync(path)) {
    const order: TuneOrder = { path, tune };
    await promisify(execFile)(process.execPath, [fileURLToPath(import.meta.url), JSON.stringify(order)]);
  }
  return path;
}

/** Stereo WAV of 16 bits. */
function wavOf(samples: Float32Array): Buffer {
  const bytes = Buffer.alloc(44 + samples.length * 2);
  bytes.write('RIFF', 0, 'latin1');
  bytes.writeUInt32LE(bytes.length - 8, 4);
  bytes.write('WAVEfmt ', 8, 'latin1');
  bytes.set([16, 0, 0, 0, 1, 0, 2, 0], 16);
  bytes.writeUInt32LE(SAMPLES_PER_S, 24);
  bytes.writeUInt32LE(SAMPLES_PER_S * 4, 28);
  bytes.set([4, 0, 16, 0], 32);
  bytes.write('data', 36, 'latin1');
  bytes.writeUInt32LE(samples.length * 2, 40);
  samples.forEach((sample, n) =>
    bytes.writeInt16LE(Math.round(Math.max(-1, Math.min(1, sample)) * 32_767), 44 + n * 2),
  );
  return bytes;
}

if (import.meta.main) {
  const { path, tune }: TuneOrder = JSON.parse(process.argv[2] ?? '{}');
  const partial = `${path}.${process.pid}.partial`;
  writeFileSync(partial, wavOf(performSound(tune, { seed: TUNE_SEED, durationS: TUNE_S, samplesPerS: SAMPLES_PER_S })));
  renameSync(partial, path);
}
