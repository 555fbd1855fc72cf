import { noiseFrom } from './picture/noise.ts';
import { randomFrom } from './picture/random.ts';
import type { Generator, Scene } from './picture/scene.ts';
import { aurora } from './scenes/aurora.ts';
import { dancer } from './scenes/dancer.ts';
import { dunes } from './scenes/dunes.ts';
import { fireworks } from './scenes/fireworks.ts';
import { fruit } from './scenes/fruit.ts';
import { ink } from './scenes/ink.ts';
import { jellyfish } from './scenes/jellyfish.ts';
import { koi } from './scenes/koi.ts';
import { latte } from './scenes/latte.ts';
import { papercut } from './scenes/papercut.ts';
import { pool } from './scenes/pool.ts';
import { rain } from './scenes/rain.ts';
import { snow } from './scenes/snow.ts';
import { train } from './scenes/train.ts';
import { vase } from './scenes/vase.ts';
import { vinyl } from './scenes/vinyl.ts';

/** Every generator of pictures, by name. */
export const GENERATORS: Readonly<Record<string, Generator>> = {
  aurora,
  dancer,
  dunes,
  fireworks,
  fruit,
  ink,
  jellyfish,
  koi,
  latte,
  papercut,
  pool,
  rain,
  snow,
  train,
  vase,
  vinyl,
};

/** Opens the scene of a generator and a seed; `variant` picks the palette or the make-up within it. */
export async function openScene(
  name: string,
  seed: { seed: number; variant: number; durationS: number },
): Promise<{ generator: Generator; scene: Scene }> {
  const generator = GENERATORS[name];
  if (!generator) throw new RangeError(`no generator of pictures is called ${name}`);
  const scene = await generator.open({
    random: randomFrom(seed.seed),
    noise: noiseFrom(seed.seed ^ 0x5eed),
    durationS: seed.durationS,
    variant: seed.variant,
  });
  return { generator, scene };
}
