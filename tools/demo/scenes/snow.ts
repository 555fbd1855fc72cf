import { fallInto, fallOf, hex, mix, type Colour } from '../picture/colour.ts';
import { disc, glow } from '../picture/light.ts';
import { lay, layerFromSvg, type Layer } from '../picture/layer.ts';
import { shade } from '../picture/picture.ts';
import { randomFrom } from '../picture/random.ts';
import { SCENE_HEIGHT_PX, SCENE_WIDTH_PX, type Generator, type Scene, type SceneSeed } from '../picture/scene.ts';

type Winter = { sky: readonly string[]; pine: string; snow: string; hasCabin: boolean };

const WINTERS: readonly Winter[] = [
  { sky: ['#2a3f66', '#5a709a', '#a9a6c0', '#e8c7c0', '#f6dfd0'], pine: '#14293f', snow: '#dfe6f4', hasCabin: true },
  { sky: ['#8fa9bd', '#b4c6d0', '#d3dcdd', '#e9e8e2', '#f4f0e8'], pine: '#22453f', snow: '#f2f4f2', hasCabin: false },
  { sky: ['#0d1230', '#1c2350', '#3a3f78', '#6a6aa0', '#9a94b8'], pine: '#0a0f26', snow: '#aab4dc', hasCabin: true },
];

const FOREST_WIDTH_PX = 1080;

/** Snow that falls through a pine forest, rank behind rank in the mist. */
export const snow: Generator = {
  name: 'snow',
  widthPx: SCENE_WIDTH_PX,
  heightPx: SCENE_HEIGHT_PX,
  isCalm: false,
  open,
};

async function open(seed: SceneSeed): Promise<Scene> {
  const winter = WINTERS[seed.variant % WINTERS.length] as Winter;
  const sky = fallOf(winter.sky);
  const mist = hex(winter.sky[3] as string);
  const ranks: Layer[] = [];
  for (let rank = 0; rank < 4; rank += 1) ranks.push(await forest(seed, winter, { rank, mist }));
  const cabin = await layerFromSvg(220, 190, cabinOf());
  const flakes = Array.from({ length: 330 }, () => ({
    x: seed.random.between(0, 620),
    y: seed.random.between(0, 1000),
    depth: seed.random.next() ** 2.6,
    phase: seed.random.between(0, 6),
  }));
  return (timeS, picture) => {
    shade(picture, (x, y, out) => {
      const cloud = seed.noise.cloud(x * 0.005 + timeS * 0.05, y * 0.011, timeS * 0.05, 3);
      fallInto(sky, y / 640 + (cloud - 0.5) * 0.22, out);
    });
    ranks.forEach((rank, index) => {
      lay(picture, rank, { x: -timeS * ([2, 5, 10, 20][index] ?? 20) - index * 130, y: 0, isWrapped: true });
      if (index === 2 && winter.hasCabin) {
        lay(picture, cabin, { x: 232 - timeS * 10, y: 606 });
        glow(picture, { x: 322 - timeS * 10, y: 730, radius: 170 }, [1, 0.6, 0.25], 0.4 + 0.03 * Math.sin(timeS * 6));
      }
    });
    for (const flake of flakes) {
      const speed = 44 + 190 * flake.depth;
      const y = ((flake.y + timeS * speed) % 1000) - 20;
      const x =
        ((((flake.x + 26 * Math.sin(timeS * 0.7 + flake.phase) - timeS * (10 + 34 * flake.depth)) % 620) + 620) % 620) -
        40;
      disc(picture, { x, y, radius: 1.6 + 8.5 * flake.depth }, [1, 1, 1], {
        alpha: 0.82 - 0.5 * flake.depth,
        softness: 0.5 + 0.4 * flake.depth,
      });
    }
  };
}

async function forest(seed: SceneSeed, winter: Winter, place: { rank: number; mist: Colour }): Promise<Layer> {
  const random = randomFrom(Math.floor(seed.random.between(1, 1e6)));
  const near = place.rank / 3;
  const pine = hex(winter.pine);
  const ground = hex(winter.snow);
  const floor = [560, 640, 752, 900][place.rank] ?? 900;
  const tone = (colour: Colour, share: number): string =>
    `rgb(${colour.map((part, index) => Math.round(255 * mix(part, place.mist[index] as number, share))).join(',')})`;
  const haze = (1 - near) * 0.72;
  const count = [30, 22, 13, 5][place.rank] ?? 10;
  let body = '';
  for (let tree = 0; tree < count; tree += 1) {
    const x = ((tree + random.between(0.1, 0.9)) / count) * FOREST_WIDTH_PX;
    const tall = random.between(0.75, 1.3) * ([120, 190, 300, 560][place.rank] ?? 200);
    const foot = floor + random.between(-6, 18);
    for (const shift of [0, FOREST_WIDTH_PX, -FOREST_WIDTH_PX])
      body += pineOf({ x: x + shift, foot, tall }, { dark: tone(pine, haze), white: tone(ground, haze * 0.8) });
  }
  const rise = `M-10 ${floor + 8}C180 ${floor - 22} 300 ${floor + 30} 540 ${floor + 4}S900 ${floor - 14} 1090 ${floor + 8}V970H-10z`;
  body += `<defs><linearGradient id="g" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${tone(ground, haze * 0.7)}"/><stop offset="1" stop-color="${tone(mixed(ground, pine, 0.3), haze * 0.7)}"/></linearGradient></defs><path d="${rise}" fill="url(#g)"/>`;
  return layerFromSvg(FOREST_WIDTH_PX, SCENE_HEIGHT_PX, body);
}

function mixed(a: Colour, b: Colour, share: number): Colour {
  return [mix(a[0], b[0], share), mix(a[1], b[1], share), mix(a[2], b[2], share)];
}

function pineOf(tree: { x: number; foot: number; tall: number }, tone: { dark: string; white: string }): string {
  const { x, foot, tall } = tree;
  if (x < -200 || x > FOREST_WIDTH_PX + 200) return '';
  const tiers = 6;
  let body = `<rect x="${x - tall * 0.018}" y="${foot - tall * 0.12}" width="${tall * 0.036}" height="${tall * 0.14}" fill="${tone.dark}"/>`;
  for (let tier = 0; tier < tiers; tier += 1) {
    const y = foot - tall * (0.08 + 0.155 * tier);
    const half = tall * (0.27 - 0.037 * tier);
    const top = y - tall * 0.27;
    body += `<path d="M${x} ${top}Q${x + half * 0.42} ${y - tall * 0.08} ${x + half} ${y}Q${x + half * 0.5} ${y - tall * 0.018} ${x + half * 0.36} ${y + tall * 0.012}Q${x} ${y - tall * 0.02} ${x - half * 0.36} ${y + tall * 0.012}Q${x - half * 0.5} ${y - tall * 0.018} ${x - half} ${y}Q${x - half * 0.42} ${y - tall * 0.08} ${x} ${top}z" fill="${tone.dark}"/>`;
    body += `<path d="M${x} ${top}Q${x - half * 0.42} ${y - tall * 0.08} ${x - half} ${y}Q${x - half * 0.55} ${y - tall * 0.055} ${x - half * 0.32} ${y - tall * 0.04}Q${x - half * 0.12} ${y - tall * 0.09} ${x} ${top}z" fill="${tone.white}" opacity="0.78"/>`;
  }
  return body;
}

function cabinOf(): string {
  return `<path d="M30 96h150v86H30z" fill="#2a1a18"/><path d="M30 112h150M30 130h150M30 148h150M30 166h150" stroke="#170e0e" stroke-width="3"/>
  <path d="M8 104L105 26l97 78z" fill="#1d1214"/><path d="M2 100L105 16l103 84c-10 6-16-4-26 0-12 4-16-4-28-1-10 3-16-6-28-3-14 4-24-2-36 2-10 3-18-4-30 1-12 4-22-2-30 3-10 4-18-6-28-2z" fill="#e8edf8"/>
  <rect x="72" y="112" width="36" height="38" fill="#ffcf70"/><path d="M90 112v38M72 131h36" stroke="#5a3018" stroke-width="4"/><rect x="128" y="120" width="30" height="62" fill="#5a3320"/><rect x="146" y="22" width="20" height="40" fill="#3a2828"/><rect x="142" y="16" width="28" height="10" rx="4" fill="#e8edf8"/>`;
}
