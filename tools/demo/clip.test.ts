import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { probeSource } from '@vitrine/media';

const CLIP = fileURLToPath(new URL('clip.ts', import.meta.url));
const DURATION_S = 2;
const HIGHEST_BITRATE_BPS = 2_500_000;

test('a clip is 1080x1920 with sound, of the ordered length, under 2.5 Mbit/s, and is published without a new encode', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-clip-'));
  try {
    const path = join(folder, 'clip.mp4');
    const order = {
      path,
      scene: 'aurora',
      variant: 0,
      seed: 3,
      durationS: DURATION_S,
      sound: 'kiln-song',
      isUrgent: true,
    };
    await promisify(execFile)(process.execPath, [CLIP, JSON.stringify(order)]);
    assert.ok(((await stat(path)).size * 8) / DURATION_S < HIGHEST_BITRATE_BPS);
    const probe = await probeSource({ path });
    assert.equal(probe.kind, 'video');
    assert.deepEqual(
      [probe.widthPx, probe.heightPx, probe.fps, probe.hasAudio, probe.durationMs],
      [1080, 1920, 30, true, DURATION_S * 1000],
    );
    assert.ok(probe.isRemuxable, 'the server would have to encode it again');
  } finally {
    await rm(folder, { recursive: true });
  }
});

test('two processes that make the same clip at once leave one whole file and nothing else', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'vitrine-clip-'));
  try {
    const path = join(folder, 'clip.mp4');
    const order = { path, scene: 'dunes', variant: 0, seed: 3, durationS: 1, sound: 'sea', isUrgent: true };
    const make = (): Promise<unknown> => promisify(execFile)(process.execPath, [CLIP, JSON.stringify(order)]);
    await Promise.all([make(), make()]);
    const probe = await probeSource({ path });
    assert.ok(probe.kind === 'video' && probe.isRemuxable);
    assert.deepEqual(await readdir(folder), ['clip.mp4']);
  } finally {
    await rm(folder, { recursive: true });
  }
});
