import assert from 'node:assert/strict';
import { test } from 'node:test';
import { developerOf, pictureOf } from './picture/picture.ts';
import { GENERATORS, openScene } from './scenes.ts';

const LEAST_GENERATORS = 12;
/** Standard deviation of brightness (0 to 255) under which a picture would look flat. */
const LEAST_CONTRAST = 14;
/** Mean change of a byte between two moments two seconds apart: something must move. */
const LEAST_MOTION = 0.3;

async function frame(name: string, seed: number, timeS: number): Promise<Uint8Array> {
  const { generator, scene } = await openScene(name, { seed, variant: 0, durationS: 8 });
  const picture = pictureOf(generator.widthPx, generator.heightPx);
  await scene(timeS, picture);
  const bytes = new Uint8Array(picture.rgb.length);
  developerOf(generator.widthPx, generator.heightPx)(picture, 0, bytes);
  return bytes;
}

function contrast(bytes: Uint8Array): number {
  const mean = bytes.reduce((sum, byte) => sum + byte, 0) / bytes.length;
  return Math.sqrt(bytes.reduce((sum, byte) => sum + (byte - mean) ** 2, 0) / bytes.length);
}

function change(a: Uint8Array, b: Uint8Array): number {
  return a.reduce((sum, byte, at) => sum + Math.abs(byte - (b[at] ?? 0)), 0) / a.length;
}

test('there are at least twelve different generators of pictures, each portrait', () => {
  const all = Object.values(GENERATORS);
  assert.ok(all.length >= LEAST_GENERATORS, `${all.length} generators`);
  for (const generator of all) assert.equal(generator.widthPx * 16, generator.heightPx * 9, generator.name);
});

for (const name of Object.keys(GENERATORS)) {
  test(`${name} paints the same picture for the same seed, another for another, is not flat, and moves`, async () => {
    const first = await frame(name, 11, 2);
    assert.equal(Buffer.compare(first, await frame(name, 11, 2)), 0, 'the same seed gave another picture');
    assert.notEqual(Buffer.compare(first, await frame(name, 12, 2)), 0, 'another seed gave the same picture');
    assert.ok(contrast(first) > LEAST_CONTRAST, `contrast ${contrast(first)}`);
    const motion = change(first, await frame(name, 11, 4));
    assert.ok(motion > LEAST_MOTION, `motion ${motion}`);
  });
}
