import sharp, { type OverlayOptions } from 'sharp';
import { developerOf, pictureOf } from './picture/picture.ts';
import { openScene } from './scenes.ts';

/*
 * For whoever works on a generator: `node tools/demo/contact-sheet.ts OUT.png NAME[:variant[:seed]]…`
 * draws a row of four moments for each name, and prints the time a frame took.
 */
const MOMENTS = [0.05, 0.35, 0.65, 0.95];
const THUMB_WIDTH_PX = 270;
const THUMB_HEIGHT_PX = 480;
const DURATION_S = 10;

const [out, ...wanted] = process.argv.slice(2);
if (!out || wanted.length === 0) throw new Error('usage: contact-sheet.ts OUT.png NAME[:variant[:seed]]…');

const tiles: OverlayOptions[] = [];
for (const [row, text] of wanted.entries()) {
  const [name = '', variant = '0', seed = '1'] = text.split(':');
  const { generator, scene } = await openScene(name, {
    seed: Number(seed),
    variant: Number(variant),
    durationS: DURATION_S,
  });
  const picture = pictureOf(generator.widthPx, generator.heightPx);
  const develop = developerOf(generator.widthPx, generator.heightPx);
  const bytes = new Uint8Array(picture.rgb.length);
  const startedAt = performance.now();
  for (const [column, moment] of MOMENTS.entries()) {
    await scene(moment * DURATION_S, picture);
    develop(picture, column, bytes);
    const input = await sharp(bytes, { raw: { width: generator.widthPx, height: generator.heightPx, channels: 3 } })
      .resize(THUMB_WIDTH_PX, THUMB_HEIGHT_PX)
      .png()
      .toBuffer();
    tiles.push({
      input,
      left: (row % 2) * MOMENTS.length * THUMB_WIDTH_PX + column * THUMB_WIDTH_PX,
      top: Math.floor(row / 2) * THUMB_HEIGHT_PX,
    });
  }
  process.stdout.write(`${text}: ${((performance.now() - startedAt) / MOMENTS.length).toFixed(0)} ms a frame\n`);
}
const columns = Math.min(2, wanted.length) * MOMENTS.length;
await sharp({
  create: {
    width: columns * THUMB_WIDTH_PX,
    height: Math.ceil(wanted.length / 2) * THUMB_HEIGHT_PX,
    channels: 3,
    background: '#000',
  },
})
  .composite(tiles)
  .png()
  .toFile(out);
