import assert from 'node:assert/strict';
import { test } from 'node:test';
import { AV_PIX_FMT_YUV420P, Frame } from 'node-av';
import { outputColour, PictureFilter } from './picture-filter.ts';

const SIDE_PX = 32;
const UPRIGHT = { isMirrored: false, quarterTurns: 0 } as const;
/** One green, as BT.2020 writes it and as BT.709 does (of a screen with gamma 2.4): Y, Cb, Cr. */
const GREEN_2020 = [132, 94, 108] as const;
const GREEN_709 = [122, 85, 77] as const;
const BT709 = { matrix: 1, primaries: 1, transfer: 1 };

test('wide colours of a picture that is not HDR come out as BT.709 shows them, not pale', () => {
  const planes = GREEN_2020.map((value, n) => Buffer.alloc(SIDE_PX ** 2 / (n === 0 ? 1 : 4), value));
  using frame = Frame.fromVideoBuffer(Buffer.concat(planes), {
    width: SIDE_PX,
    height: SIDE_PX,
    format: AV_PIX_FMT_YUV420P,
  });
  Object.assign(frame, { colorSpace: 9, colorPrimaries: 9, colorTrc: 14, colorRange: 1 });
  const filter = new PictureFilter({ widthPx: SIDE_PX, heightPx: SIDE_PX }, UPRIGHT);
  using out = filter.apply(frame)!;
  const [luma, cb, cr] = [0, SIDE_PX ** 2, (SIDE_PX ** 2 * 5) / 4].map((at) => out.toBuffer()[at]!);
  filter.close();
  for (const [n, value] of [luma, cb, cr].entries())
    assert.ok(Math.abs(value! - GREEN_709[n]!) <= 5, `${luma} ${cb} ${cr}, not ${GREEN_709.join(' ')}`);
});

test('what is converted is marked as BT.709, however small', () => {
  const look = {
    widthPx: 320,
    heightPx: 180,
    pixelFormat: AV_PIX_FMT_YUV420P,
    matrix: 2,
    range: 1,
    isInterlaced: false,
  };
  assert.deepEqual(outputColour({ ...look, primaries: 2, transfer: 16 }), BT709);
  assert.deepEqual(outputColour({ ...look, primaries: 12, transfer: 1 }), BT709);
});

test('the two moments of an interlaced picture become one without a comb', () => {
  const luma = Buffer.alloc(SIDE_PX ** 2, 128);
  for (let line = 1; line < SIDE_PX; line += 2) luma.fill(200, line * SIDE_PX, (line + 1) * SIDE_PX);
  using frame = Frame.fromVideoBuffer(Buffer.concat([luma, Buffer.alloc(SIDE_PX ** 2 / 2, 128)]), {
    width: SIDE_PX,
    height: SIDE_PX,
    format: AV_PIX_FMT_YUV420P,
  });
  Object.assign(frame, { colorSpace: 1, colorPrimaries: 1, colorTrc: 1, colorRange: 1 });
  frame.flags = 8;
  const filter = new PictureFilter({ widthPx: SIDE_PX, heightPx: SIDE_PX }, UPRIGHT);
  using out = filter.apply(frame)!;
  const lines = [8, 9, 10].map((line) => out.toBuffer()[line * SIDE_PX + 8]);
  filter.close();
  assert.deepEqual(lines, [164, 164, 164]);
});
