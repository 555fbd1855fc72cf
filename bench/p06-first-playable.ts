/** P6: from the last byte of an upload to the first playable copy of a 15 s phone clip, against 40 lines of node-av without our code. */
import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeClip, PHONE_CLIP } from '@vitrine/e2e';
import { takeRounds, tell } from './figure.ts';
import { startBenchRegion, type BenchRegion } from './region.ts';

const ROUNDS = 5;
const RIVAL = join(import.meta.dirname, 'rival-encode.ts');

/** Wall milliseconds of the rival. */
async function rivalMs(mode: 'remux' | 'first', path: string, folder: string): Promise<number> {
  const { stdout } = await promisify(execFile)(process.execPath, [RIVAL, mode, path, folder]);
  return (JSON.parse(stdout) as { wallMs: number }).wallMs;
}

/** Milliseconds from the acknowledged last byte until the post plays. */
async function oursMs(region: BenchRegion, path: string): Promise<number> {
  const uploadId = await region.upload(path);
  const startedMs = performance.now();
  const postId = await region.publish(uploadId);
  await region.untilPlayable(postId);
  const tookMs = performance.now() - startedMs;
  await region.untilPlayable(postId, 'all');
  return tookMs;
}

const folder = await mkdtemp(join(tmpdir(), 'vitrine-first-'));
const region = await startBenchRegion();
const encoded = await makeClip({ ...PHONE_CLIP, codec: 'hevc' });
const first = await takeRounds(ROUNDS, {
  ours: () => oursMs(region, encoded),
  rival: () => rivalMs('first', encoded, folder),
});
const copied = await makeClip(PHONE_CLIP);
const remux = await takeRounds(ROUNDS, {
  ours: () => oursMs(region, copied),
  rival: () => rivalMs('remux', copied, folder),
});
await region.close();
await rm(folder, { recursive: true, force: true });

tell({
  id: 'P6',
  what: 'upload complete to first playable, encoded',
  value: first.ratio,
  unit: 'of the rival',
  limit: { atMost: 1.3 },
  ratio: `${Math.round(first.ours)} ms against ${Math.round(first.rival)} ms, ${first.kept} rounds`,
});
tell({
  id: 'P6',
  what: 'upload complete to first playable, repacked',
  value: (remux.ours - remux.rival) / 1000,
  unit: 's over the rival',
  limit: { atMost: 1 },
  ratio: `${Math.round(remux.ours)} ms against ${Math.round(remux.rival)} ms, ${remux.kept} rounds`,
});
