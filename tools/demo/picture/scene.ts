import type { Noise } from './noise.ts';
import type { Picture } from './picture.ts';
import type { Random } from './random.ts';

/** What a generator gets to build its scene from. */
export type SceneSeed = { random: Random; noise: Noise; durationS: number; variant: number };

/** Paints the moment `timeS` into the picture; frames may be asked for in any order. */
export type Scene = (timeS: number, picture: Picture) => void | Promise<void>;

/** A generator of pictures: a name, the size it paints at, and how a seed becomes a scene. */
export type Generator = {
  name: string;
  widthPx: number;
  heightPx: number;
  /** Moves so slowly that every second picture may be the blend of its neighbours: half the work. */
  isCalm: boolean;
  open: (seed: SceneSeed) => Scene | Promise<Scene>;
};

/** The size most scenes paint at: half of 1080x1920 each way, enlarged when encoded. */
export const SCENE_WIDTH_PX = 540;
export const SCENE_HEIGHT_PX = 960;
