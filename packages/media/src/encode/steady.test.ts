import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { test } from 'node:test';
import { AV_PIX_FMT_YUV420P, Frame } from 'node-av';
import type { Packet } from 'node-av';
import { VideoEncoder } from './video-encoder.ts';

const SIZE = { widthPx: 540, heightPx: 960 };
const PICTURES = 24;
/** x264's own arithmetic gave other bytes in one run of ten. */
const RUNS = 12;

/** A pattern that moves under grain: much for the encoder to weigh. */
function paint(n: number): Buffer {
  const { widthPx, heightPx } = SIZE;
  const picture = Buffer.alloc((widthPx * heightPx * 3) / 2, 128);
  let seed = 12_345 + n;
  for (let at = 0; at < widthPx * heightPx; at += 1) {
    seed = (seed * 1_103_515_245 + 12_345) & 0x7fffffff;
    picture[at] = 60 + (((at % widthPx) + Math.floor(at / widthPx) + n * 4) & 127) + ((seed >> 16) & 7);
  }
  return picture;
}

function encode(pictures: readonly Buffer[]): string {
  const hash = createHash('sha256');
  const take = (packets: Iterable<Packet>): void => {
    for (const packet of packets) {
      hash.update(packet.data ?? '');
      packet.free();
    }
  };
  const encoder = new VideoEncoder({
    rung: { shortSidePx: SIZE.widthPx, ...SIZE },
    rate: { num: 30, den: 1 },
    colour: { matrix: 1, primaries: 1, transfer: 1 },
    crf: 23,
  });
  pictures.forEach((picture, n) => {
    const { widthPx: width, heightPx: height } = SIZE;
    using frame = Frame.fromVideoBuffer(picture, { width, height, format: AV_PIX_FMT_YUV420P });
    take(encoder.encode(frame, n, n + 1));
  });
  take(encoder.flush());
  encoder.close();
  return hash.digest('hex');
}

test('the same pictures give the same bytes, however often', () => {
  const pictures = Array.from({ length: PICTURES }, (_, n) => paint(n));
  const seen = new Set(Array.from({ length: RUNS }, () => encode(pictures)));
  assert.equal(seen.size, 1);
});
