/** Each whitelist and limit has to bite: FFmpeg says nothing about options that it does not know. */
import assert from 'node:assert/strict';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { CodecContext } from 'node-av';
import { probeSource } from './index.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { RefusalError } from './refusal.ts';
import { openDecoder, openSource, setOptions } from './source.ts';
import { makeClip } from './testing/make-clip.ts';
import type { SourceLimits } from './types.ts';

let folder = '';
let clip = '';

before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'vitrine-limits-'));
  clip = join(folder, 'clip.mp4');
  await makeClip(clip, { widthPx: 320, heightPx: 240, frames: 30, fps: 30, hasAudio: true });
});
after(() => rmSync(folder, { recursive: true, force: true }));

async function codeWith(limits: Partial<SourceLimits>): Promise<string> {
  const outcome = await probeSource({ path: clip, limits });
  return outcome.kind === 'refused' ? outcome.code : outcome.kind;
}

test('the clip that the limits are tried on is a good one', async () => {
  assert.equal(await codeWith({}), 'video');
});

test('more pixels than allowed are refused', async () => {
  assert.equal(await codeWith({ maxPixels: 320 * 240 - 1 }), 'too_large_pixels');
});

test('more streams than allowed are refused', async () => {
  assert.equal(await codeWith({ maxStreams: 1 }), 'too_many_streams');
});

test('a file that its shop bound to the buyer is refused as encrypted', async () => {
  const bound = join(folder, 'bound.m4v');
  const bytes = readFileSync(clip);
  bytes.write('drmi', bytes.indexOf('avc1', bytes.indexOf('stsd')), 'latin1');
  bytes.write('drms', bytes.indexOf('mp4a'), 'latin1');
  writeFileSync(bound, bytes);
  const outcome = await probeSource({ path: bound });
  assert.equal(outcome.kind === 'refused' && outcome.code, 'encrypted');
});

test('a longer video than allowed is refused', async () => {
  assert.equal(await codeWith({ maxDurationMs: 500 }), 'too_long');
});

test('a larger file than allowed is refused', async () => {
  assert.equal(await codeWith({ maxSizeBytes: 1000 }), 'too_large');
});

test('the decoder itself refuses more pixels than allowed', () => {
  const source = openSource(clip, 'mov', DEFAULT_LIMITS);
  const track = source.tracks.find(({ type }) => type === 'video')!;
  openDecoder(track, { ...DEFAULT_LIMITS, maxPixels: 320 * 240 }, 1).freeContext();
  assert.throws(() => openDecoder(track, { ...DEFAULT_LIMITS, maxPixels: 100 }, 1), RefusalError);
  source.close();
});

test('a source is opened by the named demuxer and by no other', () => {
  assert.throws(() => openSource(clip, 'matroska', DEFAULT_LIMITS), RefusalError);
});

test('a list that names another local file opens nothing', async () => {
  const list = join(folder, 'list.mp4');
  writeFileSync(list, `#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\n${clip}\n#EXT-X-ENDLIST\n`);
  const outcome = await probeSource({ path: list });
  assert.equal(outcome.kind === 'refused' && outcome.code, 'not_media');
  for (const demuxer of ['mov', 'avi', 'matroska', 'mpegts']) {
    let tracks = 0;
    try {
      const source = openSource(list, demuxer, DEFAULT_LIMITS);
      tracks = source.tracks.length;
      source.close();
    } catch (error) {
      assert.ok(error instanceof RefusalError);
    }
    assert.equal(tracks, 0, demuxer);
  }
});

test('a misspelt option is told, not swallowed', () => {
  const context = new CodecContext();
  context.allocContext3(null);
  assert.throws(() => setOptions(context, { max_pixles: 100 }), /max_pixles/);
});
