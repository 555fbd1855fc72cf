import { renameSync } from 'node:fs';
import { setPriority } from 'node:os';
import { encodeClip, FRAMES_PER_S, SAMPLES_PER_S } from './encode.ts';
import { performSound } from './music.ts';
import { developerOf, pictureOf } from './picture/picture.ts';
import { openScene } from './scenes.ts';

/** One clip to make: what is seen, what is heard, how long. It travels as JSON in the first argument. */
export type ClipOrder = {
  path: string;
  scene: string;
  variant: number;
  seed: number;
  durationS: number;
  sound: string;
  isUrgent: boolean;
};

/** Paints, composes and encodes one clip; the file appears under its name only when it is whole. */
export async function makeClip(order: ClipOrder): Promise<void> {
  const { generator, scene } = await openScene(order.scene, order);
  const picture = pictureOf(generator.widthPx, generator.heightPx);
  const develop = developerOf(generator.widthPx, generator.heightPx);
  const bytes = new Uint8Array(picture.rgb.length);
  const partial = `${order.path}.partial.mp4`;
  await encodeClip(partial, {
    widthPx: generator.widthPx,
    heightPx: generator.heightPx,
    frameCount: Math.round(order.durationS * FRAMES_PER_S),
    frameAt: async (index) => {
      await scene(index / FRAMES_PER_S, picture);
      develop(picture, index, bytes);
      return bytes;
    },
    samples: performSound(order.sound, { seed: order.seed, durationS: order.durationS, samplesPerS: SAMPLES_PER_S }),
  });
  renameSync(partial, order.path);
}

if (import.meta.main) {
  const order: ClipOrder = JSON.parse(process.argv[2] ?? '{}');
  // Clips that nobody waits for leave the processor to the server.
  if (!order.isUrgent) setPriority(10);
  await makeClip(order);
  // Leaving at once: the native libraries crash while they are taken down, after the file is whole.
  process.exit(0);
}
