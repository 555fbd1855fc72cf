import { hex, mix, smooth, type Colour } from '../picture/colour.ts';
import { shade } from '../picture/picture.ts';
import { SCENE_HEIGHT_PX, SCENE_WIDTH_PX, type Generator, type Scene, type SceneSeed } from '../picture/scene.ts';

type Papers = { sky: readonly string[]; sun: string; sheets: readonly string[] };

const PAPERS: readonly Papers[] = [
  {
    sky: ['#f3e6d3', '#f8f0e2', '#efe0ca'],
    sun: '#f2814e',
    sheets: ['#f6cfae', '#f0ab86', '#e98a72', '#d8656f', '#9a4a76', '#6a2c68', '#45184f'],
  },
  {
    sky: ['#16324f', '#1d3f60', '#265074'],
    sun: '#f6e7c4',
    sheets: ['#2f6485', '#3d7f97', '#5b9ea3', '#2e7180', '#1d5566', '#123c4d', '#0a2735'],
  },
  {
    sky: ['#e6efe6', '#f3f5ea', '#d8e8dc'],
    sun: '#f4c34e',
    sheets: ['#c5dfc0', '#9ecb9f', '#74b186', '#4c9476', '#2f7567', '#1f5856', '#143d43'],
  },
];

const SHEETS = 7;

/** Hills cut from coloured paper, each sheet throwing a soft shadow on the one behind. */
export const papercut: Generator = {
  name: 'papercut',
  widthPx: SCENE_WIDTH_PX,
  heightPx: SCENE_HEIGHT_PX,
  isCalm: true,
  open,
};

function open(seed: SceneSeed): Scene {
  const papers = PAPERS[seed.variant % PAPERS.length] as Papers;
  const sheets = papers.sheets.map(hex);
  const sky = papers.sky.map(hex);
  const sun = hex(papers.sun);
  const sunX = seed.random.between(230, 400);
  const crests = Array.from({ length: SHEETS }, () => new Float32Array(SCENE_WIDTH_PX + 24));
  return (timeS, picture) => {
    const sunY = mix(330, 210, smooth(0, 1, timeS / seed.durationS));
    crests.forEach((crest, sheet) => cut(crest, sheet, { seed, timeS }));
    shade(picture, (x, y, out) => {
      const fibre = 0.035 * (seed.noise.at(x * 0.45, y * 0.45) - 0.5) + 0.03 * (seed.noise.at(x * 0.07, y * 0.9) - 0.5);
      let top = -1;
      for (let sheet = SHEETS - 1; sheet >= 0; sheet -= 1) {
        if (y >= ((crests[sheet] as Float32Array)[(x | 0) + 12] as number) - 0.5) {
          top = sheet;
          break;
        }
      }
      const shadow = shadowOf(crests, top + 1, x, y);
      const colour = top < 0 ? skyAt({ sky, sun, sunX, sunY }, x, y, out) : (sheets[top] as Colour);
      const below = top < 0 ? 0 : y - ((crests[top] as Float32Array)[(x | 0) + 12] as number);
      const edge = top < 0 ? 0 : 0.1 * smooth(2.6, 0.5, below) - 0.06 * smooth(0, 240, below);
      const cover = top < 0 ? 1 : Math.min(1, below + 0.5);
      for (let part = 0; part < 3; part += 1) {
        const behind = top > 0 ? (sheets[top - 1]?.[part] as number) * 0.8 : (sky[0]?.[part] as number) * 0.85;
        out[part] = mix(behind, (colour[part] as number) * shadow + edge + fibre, cover);
      }
    });
  };
}

function cut(crest: Float32Array, sheet: number, air: { seed: SceneSeed; timeS: number }): void {
  const depth = sheet / (SHEETS - 1);
  const base = mix(400, 862, depth);
  const swing = mix(90, 130, depth) * (sheet % 2 === 0 ? 1 : 0.8);
  const pan = air.timeS * mix(3, 26, depth ** 1.4);
  const scale = mix(0.0052, 0.0038, depth);
  for (let x = 0; x < crest.length; x += 1) {
    const place = (x - 12 + pan) * scale + sheet * 9.7;
    crest[x] =
      base - swing * (air.seed.noise.fbm(place, sheet * 4.1 + 0.5, 2) * 2 - 1) - 12 * Math.sin(place * 3.1 + sheet);
  }
}

/** Darkness that the sheets in front cast: strongest just above their edge, shifted right. */
function shadowOf(crests: readonly Float32Array[], first: number, x: number, y: number): number {
  let light = 1;
  for (let sheet = first; sheet < Math.min(SHEETS, first + 2); sheet += 1) {
    const gap = ((crests[sheet] as Float32Array)[Math.max(0, (x | 0) + 2)] as number) - 7 - y;
    light *= 1 - 0.34 * smooth(46, -8, gap);
  }
  return light;
}

const RINGS = [250, 178, 112];

function skyAt(
  air: { sky: readonly Colour[]; sun: Colour; sunX: number; sunY: number },
  x: number,
  y: number,
  out: Float32Array,
): Colour {
  const away = Math.hypot(x - air.sunX, y - air.sunY);
  const shade = Math.hypot(x - air.sunX - 6, y - air.sunY - 9);
  let colour = air.sky[0] as Colour;
  RINGS.forEach((radius, index) => {
    const dim = 1 - 0.13 * smooth(radius + 22, radius - 4, shade);
    const next = index === 2 ? air.sun : (air.sky[index + 1] as Colour);
    const cover = smooth(radius + 0.8, radius - 0.8, away);
    const lift = cover > 0.5 ? 0.05 * smooth(3, 0.5, radius - away) : 0;
    for (let part = 0; part < 3; part += 1)
      out[part] = mix((colour[part] as number) * dim, (next[part] as number) + lift, cover);
    colour = [out[0] as number, out[1] as number, out[2] as number];
  });
  return colour;
}
