import assert from 'node:assert/strict';
import { test } from 'node:test';
import { peakBitrateBps, writeMasterPlaylist, writeMediaPlaylist } from './hls.ts';

const INDEX = {
  initBytes: 1000,
  durationMs: 3500,
  fragments: [
    { offsetBytes: 1100, sizeBytes: 500, durationMs: 1000, startsWithKey: true },
    { offsetBytes: 1600, sizeBytes: 700, durationMs: 2000, startsWithKey: true },
    { offsetBytes: 2300, sizeBytes: 100, durationMs: 500, startsWithKey: false },
  ],
};

test('a media playlist names the header and every segment by its bytes', () => {
  const text = writeMediaPlaylist(INDEX, 'v.mp4');
  assert.match(text, /#EXT-X-MAP:URI="v\.mp4",BYTERANGE="1000@0"/);
  assert.match(text, /#EXTINF:1\.000,\n#EXT-X-BYTERANGE:500@1100\nv\.mp4/);
  assert.match(text, /#EXT-X-TARGETDURATION:3\n/);
  assert.ok(text.endsWith('#EXT-X-ENDLIST\n'));
});

test('a fragment without a key frame belongs to the segment before it', () => {
  assert.match(writeMediaPlaylist(INDEX, 'v.mp4'), /#EXTINF:2\.500,\n#EXT-X-BYTERANGE:800@1600/);
});

test('the master playlist lists the largest first, with what players choose by', () => {
  const rendition = {
    codec: 'avc1.64001f,mp4a.40.2',
    fps: 30,
    bitrateBps: 1_000_000,
    peakBitrateBps: peakBitrateBps(INDEX),
  };
  const text = writeMasterPlaylist([
    { ...rendition, widthPx: 540, heightPx: 960, url: 'a.m3u8' },
    { ...rendition, widthPx: 1080, heightPx: 1920, url: 'b.m3u8' },
  ]);
  assert.ok(text.indexOf('b.m3u8') < text.indexOf('a.m3u8'));
  assert.match(text, /BANDWIDTH=4000,AVERAGE-BANDWIDTH=1000000,RESOLUTION=1080x1920,FRAME-RATE=30\.000,CODECS="avc1/);
});
