import { fallInto, fallOf, hex, mix, smooth, type Colour } from '../picture/colour.ts';
import { glow, strokeOfLight } from '../picture/light.ts';
import { lay, layerFromSvg } from '../picture/layer.ts';
import { shade, type Picture } from '../picture/picture.ts';
import { randomFrom, type Random } from '../picture/random.ts';
import { SCENE_HEIGHT_PX, SCENE_WIDTH_PX, type Generator, type Scene, type SceneSeed } from '../picture/scene.ts';

type Night = { sky: readonly string[]; sparks: readonly string[] };

const NIGHTS: readonly Night[] = [
  {
    sky: ['#070b20', '#101a3c', '#23305c', '#5a4a70'],
    sparks: ['#ffb52e', '#ff4a2e', '#2ea4ff', '#ffcf7a', '#ff3fa0'],
  },
  {
    sky: ['#12061f', '#251038', '#42204f', '#7a3f5c'],
    sparks: ['#ff3f98', '#ffb83f', '#9a4aff', '#ffc89a', '#ff3f4a'],
  },
];

const SHORE = 690;
const GRAVITY = 34;

type Burst = {
  x: number;
  y: number;
  atS: number;
  size: number;
  colour: Colour;
  tip: Colour;
  rays: readonly { dx: number; dy: number }[];
};

/** Fireworks over a harbour town, mirrored in the water. */
export const fireworks: Generator = {
  name: 'fireworks',
  widthPx: SCENE_WIDTH_PX,
  heightPx: SCENE_HEIGHT_PX,
  isCalm: false,
  open,
};

async function open(seed: SceneSeed): Promise<Scene> {
  const night = NIGHTS[seed.variant % NIGHTS.length] as Night;
  const sky = fallOf(night.sky);
  const town = await layerFromSvg(SCENE_WIDTH_PX, SHORE + 2, townOf(randomFrom(seed.random.whole(1, 1e6))));
  const bursts = burstsOf(seed, night);
  return (timeS, picture) => {
    const flash =
      bursts.reduce((sum, burst) => sum + burst.size * Math.max(0, 1 - Math.abs(timeS - burst.atS - 0.1) * 2.2), 0) /
      260;
    shade(picture, (x, y, out) => {
      const smoke = seed.noise.cloud(x * 0.006 + timeS * 0.1, y * 0.006, timeS * 0.08, 3);
      fallInto(sky, y / SHORE, out, 1 + flash * 0.35 * smoke + (smoke - 0.5) * 0.5);
    });
    for (const burst of bursts) paintBurst(picture, burst, timeS - burst.atS);
    lay(picture, town, { x: 0, y: 0 });
    mirror(picture, seed, timeS);
  };
}

function burstsOf(seed: SceneSeed, night: Night): Burst[] {
  const { random } = seed;
  const count = Math.ceil(seed.durationS * 1.25) + 3;
  return Array.from({ length: count }, (_, index) => {
    const rays = random.whole(46, 78);
    const isRing = random.next() < 0.25;
    return {
      x: random.between(90, 450),
      y: random.between(130, 400),
      atS: index * 0.8 - 1.4 + random.between(0, 0.5),
      size: random.between(95, 195),
      colour: hex(random.pick(night.sparks)),
      tip: hex(random.pick(night.sparks)),
      rays: Array.from({ length: rays }, (_ray, ray) => {
        const angle = (ray / rays) * 2 * Math.PI + random.between(-0.05, 0.05);
        const reach = isRing ? 1 : Math.sqrt(random.between(0.08, 1));
        return { dx: Math.cos(angle) * reach, dy: Math.sin(angle) * reach };
      }),
    };
  });
}

function paintBurst(picture: Picture, burst: Burst, ageS: number): void {
  if (ageS < -0.9 || ageS > 2.6) return;
  if (ageS < 0) {
    const rise = -ageS / 0.9;
    const y = mix(burst.y, SHORE, rise * rise);
    strokeOfLight(
      picture,
      [
        { x: burst.x + 3 * Math.sin(rise * 20), y, radius: 2.4 },
        { x: burst.x, y: y + 44, radius: 0.8 },
      ],
      burst.colour,
      0.75,
    );
    return;
  }
  const reach = (t: number): number => burst.size * (1 - Math.exp(-2.6 * t));
  const fade = smooth(2.6, 0.7, ageS);
  glow(picture, { x: burst.x, y: burst.y, radius: burst.size * 1.7 }, burst.colour, 0.3 * smooth(0.9, 0, ageS));
  burst.rays.forEach((ray, index) => {
    const twinkle = ageS > 1.1 ? 0.55 + 0.45 * Math.sin(ageS * 23 + index * 2.4) : 1;
    const points = [0, 0.1, 0.2, 0.32].map((lag, step) => {
      const t = Math.max(0, ageS - lag * (0.6 + ageS * 0.5));
      return {
        x: burst.x + ray.dx * reach(t),
        y: burst.y + ray.dy * reach(t) + GRAVITY * t * t * 0.5,
        radius: 3 - step * 0.72,
      };
    });
    strokeOfLight(picture, points, index % 3 === 0 ? burst.tip : burst.colour, 0.9 * fade * twinkle);
    const head = points[0];
    if (head) glow(picture, { x: head.x, y: head.y, radius: 9 }, burst.colour, 0.4 * fade * twinkle);
  });
}

function townOf(random: Random): string {
  let body = `<path d="M0 ${SHORE}V612C80 580 150 560 230 588S420 620 540 566V${SHORE}z" fill="#0c1024"/>`;
  for (let x = -10; x < 540;) {
    const wide = random.between(20, 46);
    const tall = random.between(26, 84) + (x > 180 && x < 300 ? 22 : 0);
    body += `<path d="M${x} ${SHORE}V${SHORE - tall}l${wide / 2} -${random.between(0, 16)} ${wide / 2} ${random.between(0, 10)}V${SHORE}z" fill="${random.pick(['#0a0d1e', '#0d1126', '#11152e'])}"/>`;
    for (let row = SHORE - tall + 12; row < SHORE - 8; row += 12) {
      for (let column = x + 5; column < x + wide - 6; column += 9) {
        if (random.next() < 0.42)
          body += `<rect x="${column}" y="${row}" width="4" height="5.5" fill="${random.pick(['#ffd28a', '#ffb35c', '#ffe6b8', '#9fd0ff'])}" opacity="${random.between(0.4, 0.95)}"/>`;
      }
    }
    x += wide + random.between(-3, 5);
  }
  return `${body}<path d="M262 ${SHORE}V560l10-34 10 34v130z" fill="#0a0d1e"/><path d="M400 ${SHORE - 2}l14 12h60l12-12z" fill="#06080f"/><path d="M440 ${SHORE - 4}v-62l30 54z" fill="#1a2040"/>`;
}

function mirror(picture: Picture, seed: SceneSeed, timeS: number): void {
  const { widthPx, heightPx, rgb } = picture;
  for (let y = SHORE; y < heightPx; y += 1) {
    const depth = (y - SHORE) / (heightPx - SHORE);
    const swell = 2 + 15 * depth;
    const dim = 0.78 - 0.36 * depth;
    for (let x = 0; x < widthPx; x += 1) {
      const wave = seed.noise.in(x * 0.012, (y * 0.16) / (0.4 + depth), timeS * 1.1) - 0.5;
      const fromX = Math.max(0, Math.min(widthPx - 1, Math.round(x + wave * swell)));
      const fromY = Math.max(0, Math.min(SHORE - 1, Math.round(SHORE - (y - SHORE) * 2.1 + wave * swell * 3.4)));
      const from = (fromY * widthPx + fromX) * 3;
      const at = (y * widthPx + x) * 3;
      for (let part = 0; part < 3; part += 1) rgb[at + part] = (rgb[from + part] as number) * (dim + wave * 0.3);
    }
  }
}
