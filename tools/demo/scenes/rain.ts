import { hex, mix, smooth, type Colour } from '../picture/colour.ts';
import { bokeh, glow } from '../picture/light.ts';
import { lay, layerFromSvg, type Layer } from '../picture/layer.ts';
import { pictureOf, shade, type Picture } from '../picture/picture.ts';
import { SCENE_HEIGHT_PX, SCENE_WIDTH_PX, type Generator, type Scene, type SceneSeed } from '../picture/scene.ts';

type Street = { top: string; bottom: string; lamps: readonly string[]; hasCat: boolean };

const STREETS: readonly Street[] = [
  {
    top: '#141433',
    bottom: '#2c2350',
    lamps: ['#ff9d5c', '#ffd07a', '#ff5f7e', '#5ad0c8', '#b58cff', '#ffb36b'],
    hasCat: true,
  },
  {
    top: '#0b1a2b',
    bottom: '#123a4a',
    lamps: ['#ffc46b', '#ff7a4d', '#7ae0ff', '#4d9fff', '#ffe0a0', '#ff5050'],
    hasCat: false,
  },
  {
    top: '#21102b',
    bottom: '#4a1f3f',
    lamps: ['#ff6fa8', '#ffb0d0', '#ffd27a', '#8f7bff', '#ff8a5c', '#6fe0d0'],
    hasCat: false,
  },
];

type Lamp = { x: number; y: number; radius: number; colour: Colour; pace: number; strength: number };
type Drop = { x: number; y: number; radius: number; startS: number; speed: number };

/** Rain on a window at night: lamps out of focus behind, drops that gather and run. */
export const rain: Generator = {
  name: 'rain',
  widthPx: SCENE_WIDTH_PX,
  heightPx: SCENE_HEIGHT_PX,
  isCalm: false,
  open,
};

async function open(seed: SceneSeed): Promise<Scene> {
  const street = STREETS[seed.variant % STREETS.length] as Street;
  const lamps = lampsOf(seed, street);
  const beads = Array.from({ length: 300 }, () => dropOf(seed, 1.6, 6.2));
  const runners = Array.from({ length: 22 }, () => dropOf(seed, 5, 8));
  const behind = pictureOf(SCENE_WIDTH_PX, SCENE_HEIGHT_PX);
  const frame = await layerFromSvg(SCENE_WIDTH_PX, SCENE_HEIGHT_PX, street.hasCat ? sill() : '');
  return async (timeS, picture) => {
    paintStreet(behind, street, lamps, timeS);
    picture.rgb.set(behind.rgb);
    for (const drop of beads) refract(picture, behind, drop);
    for (const drop of runners) paintRunner(picture, behind, drop, timeS);
    if (street.hasCat) await paintCat(picture, frame, timeS);
  };
}

function lampsOf(seed: SceneSeed, street: Street): Lamp[] {
  return Array.from({ length: 58 }, (_, index) => {
    const far = index < 30;
    return {
      x: seed.random.between(-40, 580),
      y: far ? seed.random.between(90, 560) : seed.random.between(300, 800),
      radius: far ? seed.random.between(9, 26) : seed.random.between(28, 62),
      colour: hex(seed.random.pick(street.lamps)),
      pace: seed.random.pick([0, 0, 0, 9, -13, 17]),
      strength: seed.random.between(0.3, 0.8) * (far ? 1.15 : 0.7),
    };
  });
}

function dropOf(seed: SceneSeed, smallest: number, largest: number): Drop {
  return {
    x: seed.random.between(0, SCENE_WIDTH_PX),
    y: seed.random.between(0, SCENE_HEIGHT_PX),
    radius: seed.random.between(smallest, largest),
    startS: seed.random.between(0, 9),
    speed: seed.random.between(60, 210),
  };
}

function paintStreet(picture: Picture, street: Street, lamps: readonly Lamp[], timeS: number): void {
  const top = hex(street.top);
  const bottom = hex(street.bottom);
  shade(picture, (_x, y, out) => {
    const share = smooth(0, 620, y) * (1 - 0.6 * smooth(700, 960, y));
    for (let part = 0; part < 3; part += 1) out[part] = mix(top[part] as number, bottom[part] as number, share);
  });
  for (const lamp of lamps) {
    const x = ((((lamp.x + lamp.pace * timeS + 80) % 700) + 700) % 700) - 80;
    const flicker = 0.92 + 0.08 * Math.sin(timeS * 2.3 + lamp.x);
    bokeh(picture, { x, y: lamp.y, radius: lamp.radius }, lamp.colour, lamp.strength * flicker);
    if (lamp.y > 560) glow(picture, { x, y: lamp.y + 160, radius: lamp.radius * 2 }, lamp.colour, lamp.strength * 0.3);
  }
}

/** A drop is a small lens: it shows the street upside down, dark above and bright below. */
function refract(picture: Picture, behind: Picture, drop: Drop): void {
  const { widthPx, heightPx } = picture;
  const tall = drop.radius * 1.18;
  for (let y = Math.max(0, Math.floor(drop.y - tall)); y < Math.min(heightPx, drop.y + tall + 1); y += 1) {
    for (
      let x = Math.max(0, Math.floor(drop.x - drop.radius));
      x < Math.min(widthPx, drop.x + drop.radius + 1);
      x += 1
    ) {
      const dx = (x + 0.5 - drop.x) / drop.radius;
      const dy = (y + 0.5 - drop.y) / tall;
      const away = Math.hypot(dx, dy);
      if (away >= 1) continue;
      const fromX = Math.min(widthPx - 1, Math.max(0, Math.round(x - dx * 90)));
      const fromY = Math.min(heightPx - 1, Math.max(0, Math.round(y - dy * 130)));
      const from = (fromY * widthPx + fromX) * 3;
      const light = 0.5 + 0.8 * smooth(-0.6, 0.9, dy) - 0.45 * smooth(0.7, 1, away);
      const shine = 0.55 * smooth(0.34, 0.05, Math.hypot(dx + 0.34, dy + 0.42));
      const at = (y * widthPx + x) * 3;
      const cover = smooth(1, 0.86, away);
      for (let part = 0; part < 3; part += 1) {
        picture.rgb[at + part] = mix(
          picture.rgb[at + part] as number,
          (behind.rgb[from + part] as number) * light * 1.25 + shine,
          cover,
        );
      }
    }
  }
}

function paintRunner(picture: Picture, behind: Picture, drop: Drop, timeS: number): void {
  // Runs, rests, runs again; the trail left behind dries up in small beads.
  const run = timeS + drop.startS;
  const way = (run * drop.speed + 34 * Math.sin(run * 1.7 + drop.x)) % (SCENE_HEIGHT_PX + 260);
  const y = way - 130;
  const x = drop.x + 5 * Math.sin(y * 0.021 + drop.startS);
  for (let step = 1; step < 9; step += 1) {
    const trailY = y - step * (14 + (drop.radius * step) / 7);
    refract(picture, behind, {
      ...drop,
      x: drop.x + 5 * Math.sin(trailY * 0.021 + drop.startS),
      y: trailY,
      radius: drop.radius * (0.62 - step * 0.055),
    });
  }
  refract(picture, behind, { ...drop, x, y, radius: drop.radius });
}

function sill(): string {
  return `<defs><linearGradient id="w" x1="0" x2="1"><stop offset="0" stop-color="#5a2f22"/><stop offset="1" stop-color="#35190f"/></linearGradient></defs>
  <rect x="0" y="0" width="22" height="960" fill="url(#w)"/><rect x="196" y="0" width="20" height="960" fill="url(#w)"/><rect x="0" y="168" width="540" height="20" fill="#4a2619"/><rect x="0" y="168" width="540" height="4" fill="#8a5236" opacity="0.6"/>
  <rect x="0" y="842" width="540" height="118" fill="#3a1b12"/><rect x="0" y="840" width="540" height="10" fill="#9a5a38" opacity="0.75"/>`;
}

async function paintCat(picture: Picture, frame: Layer, timeS: number): Promise<void> {
  lay(picture, frame, { x: 0, y: 0 });
  const breath = 1 + 0.008 * Math.sin(timeS * 2.2);
  const swish = 26 * Math.sin(timeS * 1.25) + 10 * Math.sin(timeS * 2.9);
  const ear = Math.max(0, Math.sin(timeS * 1.1 + 1)) ** 14 * 9;
  const head = 5 * Math.sin(timeS * 0.5);
  const limbs = `<path d="M236 440c50 8 70-30 ${60 + swish * 0.4} -${70 + swish * 0.5}" fill="none" stroke="#100b12" stroke-width="24" stroke-linecap="round"/>`;
  const body = `<path d="M160 130c-58 30-92 140-92 230 0 60 10 94 24 100h140c14-6 22-44 22-100 0-90-36-200-94-230z"/><g transform="translate(${head} 0)"><path d="M96 150c-14-40-10-96-4-110 14 6 34 26 44 40 16-5 34-5 50 0 10-14 30-34 44-40 ${6 + ear} 14 10 70-4 110-10 26-34 44-65 44s-55-18-65-44z"/></g>`;
  // The light of the street on the fur's edge: the same shape once with a bright rim, then dark inside.
  const cat = await layerFromSvg(
    320,
    470,
    `<g transform="translate(160 460) scale(1 ${breath}) translate(-160 -460)">${limbs}<g fill="none" stroke="#e0a06a" stroke-width="5" stroke-opacity="0.6">${body}</g><g fill="#100b12">${body}</g></g>`,
  );
  lay(picture, cat, { x: 196, y: 392 });
}
