import { clamp, fallInto, fallOf, hex, mix, smooth, type Fall } from '../picture/colour.ts';
import { glow } from '../picture/light.ts';
import { enlargeInto, pictureOf, shade, type Picture } from '../picture/picture.ts';
import { SCENE_HEIGHT_PX, SCENE_WIDTH_PX, type Generator, type Scene, type SceneSeed } from '../picture/scene.ts';

type Night = { sky: readonly string[]; curtain: readonly string[]; hills: string; hasTent: boolean };

const NIGHTS: readonly Night[] = [
  {
    sky: ['#0a0f2c', '#14204a', '#16405a', '#1b5f63'],
    curtain: ['#0f8a5c', '#35e08c', '#7bf0c0', '#6a7bff', '#7a3fd0'],
    hills: '#081a24',
    hasTent: true,
  },
  {
    sky: ['#12082c', '#2a1350', '#3a2a6a', '#4a4f86'],
    curtain: ['#30d0a0', '#5af0d8', '#b07aff', '#ff6ac0', '#a02a80'],
    hills: '#100a22',
    hasTent: false,
  },
  {
    sky: ['#04141c', '#08303a', '#0f5050', '#2a6f5c'],
    curtain: ['#a0ff70', '#50e890', '#20c0a0', '#2a80c0', '#203080'],
    hills: '#04120f',
    hasTent: true,
  },
];

const SMALL_WIDTH_PX = 270;
const SMALL_HEIGHT_PX = 480;

/** Northern lights over mountains and a still lake, with stars. */
export const aurora: Generator = {
  name: 'aurora',
  widthPx: SCENE_WIDTH_PX,
  heightPx: SCENE_HEIGHT_PX,
  isCalm: true,
  open,
};

function open(seed: SceneSeed): Scene {
  const night = NIGHTS[seed.variant % NIGHTS.length] as Night;
  const small = pictureOf(SMALL_WIDTH_PX, SMALL_HEIGHT_PX);
  const sky = fallOf(night.sky);
  const curtain = fallOf(night.curtain);
  const stars = Array.from({ length: 170 }, () => ({
    x: seed.random.between(0, SCENE_WIDTH_PX),
    y: seed.random.between(0, 600),
    radius: seed.random.between(1.1, 2.4),
    pace: seed.random.between(1, 4),
    light: seed.random.between(0.2, 0.9),
  }));
  const ridges = [0, 1, 2, 3].map((ridge) => ridgeOf(seed, ridge));
  return (timeS, picture) => {
    paintLights(small, { seed, sky, curtain, timeS });
    enlargeInto(picture, small);
    for (const star of stars)
      glow(
        picture,
        { x: star.x + timeS * 0.6, y: star.y, radius: star.radius * 1.6 },
        [1, 0.97, 0.9],
        star.light * (0.6 + 0.4 * Math.sin(timeS * star.pace + star.x)),
      );
    paintLake(picture);
    ridges.forEach((ridge, index) =>
      paintHill(picture, ridge, { index, colour: night.hills, sky: night.sky[3] ?? '#1b5f63' }),
    );
    if (night.hasTent) paintTent(picture, timeS);
  };
}

function paintLights(small: Picture, lights: { seed: SceneSeed; sky: Fall; curtain: Fall; timeS: number }): void {
  const { noise } = lights.seed;
  const t = lights.timeS;
  // For each column: where the hems of three curtains hang, and how bright their folds are.
  const hems = [0, 1, 2].map((band) => {
    const hem = new Float32Array(SMALL_WIDTH_PX);
    const fold = new Float32Array(SMALL_WIDTH_PX);
    for (let x = 0; x < SMALL_WIDTH_PX; x += 1) {
      const bent = x * 0.011 + 0.5 * noise.in(x * 0.012, band * 7, t * 0.12);
      hem[x] =
        250 -
        band * 62 +
        170 * (noise.in(bent + band * 5, 3.3, t * 0.1) - 0.5) +
        14 * Math.sin(bent * 3 + t * 0.35 + band * 2);
      fold[x] =
        0.25 +
        1.1 *
          noise.in(x * 0.07 + band * 11 + 2 * Math.sin(t * 0.2), 1.7, t * 0.5) *
          noise.in(x * 0.018, band * 3 + 8, t * 0.22) *
          1.7;
    }
    return { hem, fold };
  });
  const out = new Float32Array(3);
  shade(small, (px, py, pixel) => {
    fallInto(lights.sky, py / 330, pixel);
    const column = px | 0;
    hems.forEach(({ hem, fold }, band) => {
      const above = (hem[column] as number) - py;
      const height = 190 - band * 30;
      if (above < -14 || above > height) return;
      const rise = above / height;
      const light =
        (above < 0 ? smooth(-14, 0, above) : (1 - rise) ** 1.7) * (fold[column] as number) * (1 - band * 0.22);
      fallInto(lights.curtain, rise * 1.15 + band * 0.05, out);
      for (let part = 0; part < 3; part += 1)
        pixel[part] = (pixel[part] as number) + (out[part] as number) * light * 0.95;
    });
  });
}

function ridgeOf(seed: SceneSeed, index: number): Float32Array {
  const ridge = new Float32Array(SCENE_WIDTH_PX);
  const base = [640, 668, 700, 905][index] ?? 700;
  const swing = [150, 95, 46, 60][index] ?? 50;
  const turn = seed.random.between(0, 50);
  for (let x = 0; x < SCENE_WIDTH_PX; x += 1) {
    const crags = 1 - Math.abs(2 * seed.noise.fbm(x * (0.006 + index * 0.002) + turn, index * 3 + 0.5, 5) - 1);
    const pines =
      index === 2
        ? 26 * Math.abs(((x * 0.085 + seed.noise.at(x * 0.06, 5) * 2) % 1) - 0.5) * seed.noise.at(x * 0.1, 9.5)
        : 0;
    ridge[x] = base - swing * (crags - 0.45) * 1.6 - pines;
  }
  return ridge;
}

const SHORE = 706;

function paintLake(picture: Picture): void {
  const { widthPx, heightPx, rgb } = picture;
  for (let y = SHORE; y < heightPx; y += 1) {
    const mirror = Math.max(0, SHORE - Math.round((y - SHORE) * 1.9));
    const dim = 0.62 - 0.3 * ((y - SHORE) / (heightPx - SHORE));
    for (let x = 0; x < widthPx; x += 1) {
      const from = (mirror * widthPx + x) * 3;
      const at = (y * widthPx + x) * 3;
      for (let part = 0; part < 3; part += 1) rgb[at + part] = (rgb[from + part] as number) * dim + 0.01;
    }
  }
}

function paintHill(picture: Picture, ridge: Float32Array, paint: { index: number; colour: string; sky: string }): void {
  const near = hex(paint.colour);
  const far = hex(paint.sky);
  const haze = [0.42, 0.24, 0.04, 0][paint.index] ?? 0;
  for (let x = 0; x < picture.widthPx; x += 1) {
    const top = ridge[x] as number;
    const floor = paint.index === 3 ? picture.heightPx : SHORE;
    for (let y = Math.max(0, Math.floor(top)); y < floor; y += 1) {
      const cover = clamp(y - top + 1);
      const snow = paint.index === 0 ? smooth(70, 0, y - top) * 0.13 : 0;
      const mist = haze + 0.25 * smooth(SHORE - 70, SHORE, y) * (paint.index < 2 ? 1 : 0);
      const at = (y * picture.widthPx + x) * 3;
      for (let part = 0; part < 3; part += 1) {
        const colour = mix(near[part] as number, far[part] as number, mist) + snow;
        picture.rgb[at + part] = mix(picture.rgb[at + part] as number, colour, cover);
      }
    }
  }
}

function paintTent(picture: Picture, timeS: number): void {
  const flicker = 0.9 + 0.07 * Math.sin(timeS * 5.1) + 0.05 * Math.sin(timeS * 8.3);
  glow(picture, { x: 396, y: 850, radius: 190 }, [1, 0.55, 0.2], 0.34 * flicker);
  for (let y = 800; y < 884; y += 1) {
    const half = (y - 800) * 0.86;
    for (let x = Math.floor(396 - half); x <= 396 + half; x += 1) {
      const side = (x - 396) / (half + 1);
      const cover = smooth(1, 0.96, Math.abs(side));
      const warm =
        (0.72 + 0.5 * (1 - Math.abs(side)) * ((y - 790) / 90)) *
        flicker *
        (Math.abs(side) < 0.03 + 0.16 * ((y - 800) / 84) ** 2 ? 1.35 : 0.85);
      const at = (y * picture.widthPx + x) * 3;
      [1, 0.6, 0.24].forEach((part, index) => {
        picture.rgb[at + index] = mix(picture.rgb[at + index] as number, part * warm, cover * 0.96);
      });
    }
  }
}
