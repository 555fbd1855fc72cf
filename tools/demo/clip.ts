import { renameSync } from 'node:fs';
import { setPriority } from 'node:os';
import { encodeClip, FRAMES_PER_S, SAMPLES_PER_S } from './encode.ts';
import { performSound } from './music.ts';
import { developerOf, pictureOf } from './picture/picture.ts';
import type { Generator, Scene } from './picture/scene.ts';
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

/** Where a process writes a clip until it is whole: its own name, as two demos may share a cache. */
export function partialPath(path: string, pid: number): string {
  return `${path}.${pid}.partial.mp4`;
}

/** Paints, composes and encodes one clip; the file appears under its name only when it is whole. */
export async function makeClip(order: ClipOrder): Promise<void> {
  const { generator, scene } = await openScene(order.scene, order);
  const frameCount = Math.round(order.durationS * FRAMES_PER_S);
  const partial = partialPath(order.path, process.pid);
  await encodeClip(partial, {
    widthPx: generator.widthPx,
    heightPx: generator.heightPx,
    frameCount,
    frameAt: filmOf(generator, scene, frameCount),
    samples: performSound(order.sound, { seed: order.seed, durationS: order.durationS, samplesPerS: SAMPLES_PER_S }),
  });
  renameSync(partial, order.path);
}

/** Paints the frames in order; of a calm scene only every second one, and blends those between. */
function filmOf(generator: Generator, scene: Scene, frameCount: number): (index: number) => Promise<Uint8Array> {
  const picture = pictureOf(generator.widthPx, generator.heightPx);
  const develop = developerOf(generator.widthPx, generator.heightPx);
  const paint = async (index: number): Promise<Uint8Array> => {
    await scene(index / FRAMES_PER_S, picture);
    const bytes = new Uint8Array(picture.rgb.length);
    develop(picture, index, bytes);
    return bytes;
  };
  if (!generator.isCalm) return paint;
  let before = new Uint8Array(0);
  let after: Uint8Array | undefined;
  return async (index) => {
    if (index % 2 === 0) {
      before = new Uint8Array(after ?? (await paint(index)));
      return before;
    }
    after = index + 1 < frameCount ? await paint(index + 1) : before;
    return blend(before, after);
  };
}

function blend(a: Uint8Array, b: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(a.length);
  for (let at = 0; at < bytes.length; at += 1) bytes[at] = ((a[at] as number) + (b[at] as number) + 1) >> 1;
  return bytes;
}

if (import.meta.main) {
  const order: ClipOrder = JSON.parse(process.argv[2] ?? '{}');
  // Clips that nobody waits for leave the processor to the server.
  if (!order.isUrgent) setPriority(10);
  await makeClip(order);
  // Leaving at once: the native libraries crash while they are taken down, after the file is whole.
  process.exit(0);
}
