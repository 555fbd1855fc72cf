import { clamp, fallInto, fallOf, hex, mix, mixColour, smooth, type Colour } from '../picture/colour.ts';
import { glow } from '../picture/light.ts';
import { shade, type Picture } from '../picture/picture.ts';
import { SCENE_HEIGHT_PX, SCENE_WIDTH_PX, type Generator, type Scene, type SceneSeed } from '../picture/scene.ts';

type Palette = { sky: readonly string[]; sun: string; lit: string; dark: string; haze: string };

const PALETTES: readonly Palette[] = [
  {
    sky: ['#7d5a86', '#d9828a', '#f2a77f', '#fbd39a', '#fde7bd'],
    sun: '#fff3d4',
    lit: '#f0a35c',
    dark: '#6b3a35',
    haze: '#f3bd8c',
  },
  {
    sky: ['#274a78', '#5f7fa6', '#c9a9a8', '#f6c79c', '#ffe5b8'],
    sun: '#fff1cf',
    lit: '#e9b277',
    dark: '#4b3a4e',
    haze: '#e8c4a2',
  },
  {
    sky: ['#2b1d4e', '#6a2f6d', '#c64b6b', '#f58b5a', '#ffc76b'],
    sun: '#ffe9a8',
    lit: '#ef7f55',
    dark: '#2f1b3c',
    haze: '#e0705f',
  },
];

const RIDGES = 7;
const COLUMNS = SCENE_WIDTH_PX + 2;

/** Dunes at the end of the day: a sun that sinks, ridges that slide past each other, sand that glitters. */
export const dunes: Generator = {
  name: 'dunes',
  widthPx: SCENE_WIDTH_PX,
  heightPx: SCENE_HEIGHT_PX,
  isCalm: true,
  open,
};

function open(seed: SceneSeed): Scene {
  const palette = PALETTES[seed.variant % PALETTES.length] as Palette;
  const sky = fallOf(palette.sky);
  const sunX = SCENE_WIDTH_PX * seed.random.between(0.28, 0.72);
  const phase = seed.random.between(0, 40);
  const crests = Array.from({ length: RIDGES }, () => new Float32Array(COLUMNS));
  return (timeS, picture) => {
    const share = timeS / seed.durationS;
    const sunY = mix(190, 345, share);
    const sun = hex(palette.sun);
    paintSky(picture, { sky, share });
    glow(picture, { x: sunX, y: sunY, radius: 420 }, sun, 0.2);
    glow(picture, { x: sunX, y: sunY, radius: 150 }, sun, 0.22);
    paintSun(picture, sunX, sunY, sun);
    layCrests(crests, seed, phase + timeS * 0.05);
    for (let ridge = 0; ridge < RIDGES; ridge += 1)
      paintRidge(picture, { ridge, crests, seed, palette, sunX, share, drift: phase + timeS * 0.05 });
  };
}

function paintSky(picture: Picture, air: { sky: ReturnType<typeof fallOf>; share: number }): void {
  shade(picture, (_x, y, out) => {
    fallInto(air.sky, y / 430, out, 1 - 0.12 * air.share);
  });
}

function paintSun(picture: Picture, sunX: number, sunY: number, colour: Colour): void {
  const radius = 58;
  for (let y = Math.floor(sunY - radius); y <= sunY + radius; y += 1) {
    for (let x = Math.floor(sunX - radius); x <= sunX + radius; x += 1) {
      if (x < 0 || y < 0 || x >= picture.widthPx) continue;
      const cover = smooth(radius, radius - 2, Math.hypot(x + 0.5 - sunX, y + 0.5 - sunY));
      const at = (y * picture.widthPx + x) * 3;
      for (let part = 0; part < 3; part += 1)
        picture.rgb[at + part] = mix(picture.rgb[at + part] as number, (colour[part] as number) * 1.35, cover);
    }
  }
}

function layCrests(crests: readonly Float32Array[], seed: SceneSeed, drift: number): void {
  crests.forEach((crest, ridge) => {
    const depth = ridge / (RIDGES - 1);
    const base = mix(395, 830, depth ** 1.25);
    const swing = mix(26, 165, depth);
    const scale = mix(0.011, 0.0042, depth);
    const pan = drift * mix(0.4, 2.6, depth) + ridge * 13.7;
    for (let x = 0; x < COLUMNS; x += 1) {
      const wave = seed.noise.fbm(x * scale + pan, ridge * 5.3 + 0.5, 2);
      crest[x] = base - swing * (1.7 * smooth(0.05, 1, wave) - 0.5);
    }
  });
}

type RidgePaint = {
  ridge: number;
  crests: readonly Float32Array[];
  seed: SceneSeed;
  palette: Palette;
  sunX: number;
  share: number;
  drift: number;
};

function paintRidge(picture: Picture, paint: RidgePaint): void {
  const { widthPx, heightPx, rgb } = picture;
  const crest = paint.crests[paint.ridge] as Float32Array;
  const depth = paint.ridge / (RIDGES - 1);
  const lit = mixColour(hex(paint.palette.haze), hex(paint.palette.lit), depth);
  const dark = mixColour(hex(paint.palette.haze), hex(paint.palette.dark), clamp(0.12 + depth * 0.9));
  const next = paint.crests[paint.ridge + 1];
  const pan = (paint.drift * mix(0.4, 2.6, depth)) / mix(0.011, 0.0042, depth);
  const aside = paint.sunX > widthPx / 2 ? 1 : -1;
  for (let x = 0; x < widthPx; x += 1) {
    const top = crest[x] as number;
    const floor = next ? Math.min(heightPx, (next[x] as number) + 3) : heightPx;
    for (let y = Math.max(0, Math.floor(top)); y < floor; y += 1) {
      const below = y - top;
      // The edge between light and shade runs down the slope aslant, as wind leaves it.
      const from = Math.min(COLUMNS - 6, Math.max(5, Math.round(x + aside * below * 1.5)));
      const slope = ((crest[from + 5] as number) - (crest[from - 5] as number)) * 0.1 * aside;
      const facing = smooth(-0.22, 0.2, slope - 0.02 * (below > 0 ? 1 : 0));
      const ripple = paint.seed.noise.at(
        (x + pan) * 0.02 + below * 0.01,
        below * (0.32 - depth * 0.16) + 2.4 * Math.sin((x + pan) * 0.013),
      );
      let light = facing * smooth(170 * (0.4 + depth), 0, below) + (ripple - 0.5) * 0.2 * depth;
      light += smooth(4, 0, below) * 0.35 * depth;
      light = clamp(light * (1 - 0.25 * paint.share) + 0.1);
      const cover = below < 0 ? 1 + below : 1;
      const at = (y * widthPx + x) * 3;
      const mist = (1 - depth) * 0.22;
      for (let part = 0; part < 3; part += 1) {
        const colour = mix(dark[part] as number, lit[part] as number, light) + mist * 0.25 * (lit[part] as number);
        rgb[at + part] = mix(rgb[at + part] as number, colour, cover);
      }
    }
  }
}
