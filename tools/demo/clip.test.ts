import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Demuxer } from 'node-av/api';
import { AV_CODEC_ID_AAC, AV_CODEC_ID_H264, AV_PIX_FMT_YUV420P } from 'node-av/constants';

const CLIP = fileURLToPath(new URL('clip.ts', import.meta.url));
const DURATION_S = 2;

test('a clip is H.264 1080x1920 with AAC stereo at 48 kHz, of the ordered length and under 2.5 Mbit/s', async () => {
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
    assert.ok(((await stat(path)).size * 8) / DURATION_S < 2_500_000);
    const demuxer = await Demuxer.open(path);
    const video = demuxer.video();
    const audio = demuxer.audio();
    assert.ok(video && audio);
    assert.deepEqual(
      [video.codecpar.codecId, video.codecpar.width, video.codecpar.height, video.codecpar.format],
      [AV_CODEC_ID_H264, 1080, 1920, AV_PIX_FMT_YUV420P],
    );
    assert.deepEqual(
      [audio.codecpar.codecId, audio.codecpar.sampleRate, audio.codecpar.channels],
      [AV_CODEC_ID_AAC, 48_000, 2],
    );
    assert.equal(Number(video.nbFrames), DURATION_S * 30);
    await demuxer.close();
  } finally {
    await rm(folder, { recursive: true });
  }
});
