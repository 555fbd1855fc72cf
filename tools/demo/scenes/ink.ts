import { fallInto, fallOf, smooth } from '../picture/colour.ts';
import { enlargeInto, pictureOf, shade } from '../picture/picture.ts';
import { SCENE_HEIGHT_PX, SCENE_WIDTH_PX, type Generator, type Scene, type SceneSeed } from '../picture/scene.ts';

const INKS: readonly (readonly string[])[] = [
  ['#0a2f3d', '#14606e', '#4fa0a0', '#e9dcc4', '#f8f1e3', '#d9814f', '#7a2f2a'],
  ['#1a1038', '#4a2a80', '#b050a0', '#ffb08a', '#fff0d8', '#4aa0c0', '#14406a'],
  ['#20140c', '#6a3318', '#c8752c', '#f4d08a', '#fbf3df', '#8aa878', '#2c4a3c'],
  ['#0c1624', '#26405f', '#7f9fb8', '#f2efe8', '#fbe3d3', '#ea8f7a', '#a03a4a'],
];

const SMALL_WIDTH_PX = 300;
const SMALL_HEIGHT_PX = 534;

/** Ink that folds into milk: a noise bent by a noise bent by a noise, slowly. */
export const ink: Generator = { name: 'ink', widthPx: SCENE_WIDTH_PX, heightPx: SCENE_HEIGHT_PX, isCalm: true, open };

function open(seed: SceneSeed): Scene {
  const fall = fallOf(INKS[seed.variant % INKS.length] as readonly string[]);
  const small = pictureOf(SMALL_WIDTH_PX, SMALL_HEIGHT_PX);
  const { noise } = seed;
  const heights = new Float32Array(SMALL_WIDTH_PX * SMALL_HEIGHT_PX);
  const hues = new Float32Array(heights.length);
  const from = seed.random.between(0, 30);
  return (timeS, picture) => {
    const t = timeS * 0.16 + from;
    for (let y = 0, at = 0; y < SMALL_HEIGHT_PX; y += 1) {
      for (let x = 0; x < SMALL_WIDTH_PX; x += 1, at += 1) {
        const u = x * 0.0068 + from;
        const v = y * 0.0068;
        const ax = noise.cloud(u, v, t, 2);
        const ay = noise.cloud(u + 5.2, v + 1.3, t * 0.9, 2);
        const bx = noise.cloud(u + 3.4 * ax + 1.7, v + 3.4 * ay + 9.2, t * 0.7, 2);
        const by = noise.in(u + 3.4 * ax + 8.3, v + 3.4 * ay + 2.8, t * 0.6);
        heights[at] = noise.fbm(u + 3.2 * bx, v + 3.2 * by + t * 0.3, 4);
        hues[at] = bx * 0.62 + by * 0.38;
      }
    }
    shade(small, (px, py, out) => {
      const at = (py | 0) * SMALL_WIDTH_PX + (px | 0);
      const height = heights[at] as number;
      // Lit from above left: thick ink stands out like paint.
      const slope = height - (heights[Math.max(0, at - SMALL_WIDTH_PX - 1)] as number);
      const share = smooth(0.18, 0.82, height) * 0.62 + ((hues[at] as number) - 0.5) * 0.95 + 0.19;
      fallInto(fall, share, out, 0.96 + Math.max(-0.3, Math.min(0.4, slope * 8)));
    });
    enlargeInto(picture, small);
  };
}
