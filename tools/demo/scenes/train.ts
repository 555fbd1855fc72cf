import { fallInto, fallOf, hex, smooth, type Colour } from '../picture/colour.ts';
import { glow } from '../picture/light.ts';
import { lay, layerFromSvg, type Layer } from '../picture/layer.ts';
import { shade } from '../picture/picture.ts';
import { randomFrom, type Random } from '../picture/random.ts';
import { SCENE_HEIGHT_PX, SCENE_WIDTH_PX, type Generator, type Scene, type SceneSeed } from '../picture/scene.ts';

type Journey = { sky: readonly string[]; sun: string; lands: readonly string[]; seat: string; cloth: string };

const JOURNEYS: readonly Journey[] = [
  {
    sky: ['#5b6fa8', '#a99ac0', '#f0b8a0', '#fbdca8'],
    sun: '#fff0cc',
    lands: ['#a58fae', '#8d7a8c', '#7d7a5c', '#5d6a3f', '#33452f'],
    seat: '#31222a',
    cloth: '#a8503c',
  },
  {
    sky: ['#5aa0cc', '#96c8dc', '#cfe6e2', '#f2f2dc'],
    sun: '#fffbe8',
    lands: ['#9fc0c0', '#86b08c', '#8fb85c', '#5f9444', '#2f6038'],
    seat: '#26343a',
    cloth: '#3d7a86',
  },
];

const LAND_WIDTH_PX = 1620;
/** Pixels a second at which each land passes; the last is just outside the window. */
const SPEEDS = [9, 28, 78, 190, 520];

/** Hills, villages and poplars that pass a train window; a cup on the sill trembles. */
export const train: Generator = {
  name: 'train',
  widthPx: SCENE_WIDTH_PX,
  heightPx: SCENE_HEIGHT_PX,
  isCalm: false,
  open,
};

async function open(seed: SceneSeed): Promise<Scene> {
  const journey = JOURNEYS[seed.variant % JOURNEYS.length] as Journey;
  const sky = fallOf(journey.sky);
  const sun = hex(journey.sun);
  const random = randomFrom(seed.random.whole(1, 1e6));
  const lands: Layer[] = [];
  for (let index = 0; index < SPEEDS.length; index += 1) lands.push(await landOf(index, journey, random));
  const carriage = await layerFromSvg(SCENE_WIDTH_PX, SCENE_HEIGHT_PX, carriageOf(journey));
  const start = seed.random.between(0, 900);
  const sunX = seed.random.between(150, 390);
  return (timeS, picture) => {
    shade(picture, (x, y, out) => {
      const cloud = seed.noise.fbm(x * 0.006 + timeS * 0.02, y * 0.019, 4);
      fallInto(sky, y / 520, out, 1 + 0.22 * smooth(0.52, 0.75, cloud));
    });
    glow(picture, { x: sunX, y: 400, radius: 320 }, sun, 0.35);
    glow(picture, { x: sunX, y: 400, radius: 62 }, sun, 1.1);
    lands.forEach((land, index) =>
      lay(picture, land, { x: -start - timeS * (SPEEDS[index] ?? 0), y: 0, isWrapped: true }),
    );
    const shake = Math.sin(timeS * 17) > 0.86 ? 1 : 0;
    lay(picture, carriage, { x: 0, y: shake });
    // Light that slides over the glass.
    for (let y = 90; y < 690; y += 1) {
      for (let x = 44; x < 496; x += 1) {
        const band = ((x + y * 0.62 + timeS * 40) % 620) / 620;
        const shine = 0.045 * smooth(0.1, 0.16, band) * smooth(0.3, 0.24, band);
        if (shine <= 0) continue;
        const at = (y * SCENE_WIDTH_PX + x) * 3;
        for (let part = 0; part < 3; part += 1) picture.rgb[at + part] = (picture.rgb[at + part] as number) + shine;
      }
    }
  };
}

async function landOf(index: number, journey: Journey, random: Random): Promise<Layer> {
  const colour = journey.lands[index] ?? '#333333';
  const base = [440, 478, 520, 574, 650][index] ?? 600;
  const swing = [70, 46, 26, 16, 6][index] ?? 10;
  const waves = [1, 2, 3, 5].map((turns) => ({
    turns,
    size: random.between(0.3, 1) / Math.sqrt(turns),
    phase: random.between(0, 6.28),
  }));
  const heightAt = (x: number): number =>
    base -
    swing *
      waves.reduce(
        (sum, wave) => sum + wave.size * Math.sin((2 * Math.PI * wave.turns * x) / LAND_WIDTH_PX + wave.phase),
        0,
      );
  const outline = Array.from({ length: 136 }, (_, step) => `${step * 12} ${heightAt(step * 12).toFixed(1)}`);
  const low = shadeOf(colour, 0.72);
  let body = `<defs><linearGradient id="l" x1="0" y1="${base - swing}" x2="0" y2="${base + 190}" gradientUnits="userSpaceOnUse"><stop offset="0" stop-color="${colour}"/><stop offset="1" stop-color="${low}"/></linearGradient></defs><path d="M0 960L${outline.join('L')}L${LAND_WIDTH_PX} 960z" fill="url(#l)"/>`;
  const things = [0, 14, 20, 17, 6][index] ?? 0;
  for (let thing = 0; thing < things; thing += 1) {
    const x = ((thing + random.between(0.1, 0.9)) / things) * LAND_WIDTH_PX;
    const drawn =
      index === 4
        ? pole(x)
        : thing % 6 === 3 && index < 4
          ? house(x, heightAt(x), [0, 9, 16, 30][index] ?? 10)
          : tree(
              { x, y: heightAt(x), size: [0, 10, 22, 44][index] ?? 20 },
              shadeOf(colour, random.between(0.5, 0.72)),
              random,
            );
    body += drawn;
  }
  if (index === 2 || index === 3) {
    for (let stripe = 0; stripe < 9; stripe += 1)
      body += `<path d="M0 ${base + 26 + stripe * 13}q405 ${random.between(-14, 14)} 810 0t810 0" fill="none" stroke="${shadeOf(colour, stripe % 2 === 0 ? 1.12 : 0.86)}" stroke-width="4" opacity="0.5"/>`;
  }
  return layerFromSvg(LAND_WIDTH_PX, SCENE_HEIGHT_PX, body);
}

function shadeOf(colour: string, factor: number): string {
  const [r, g, b] = hex(colour).map((part) => Math.round(Math.min(255, 255 * part * factor))) as unknown as Colour;
  return `rgb(${r},${g},${b})`;
}

function tree(place: { x: number; y: number; size: number }, colour: string, random: Random): string {
  const { x, y, size } = place;
  if (random.next() < 0.5)
    return `<path d="M${x} ${y + 4}V${y - size * 0.4}" stroke="#2b2019" stroke-width="${size * 0.1}"/><path d="M${x - size * 0.26} ${y - size * 0.2}C${x - size * 0.36} ${y - size} ${x - size * 0.1} ${y - size * 2} ${x} ${y - size * 2.2}C${x + size * 0.1} ${y - size * 2} ${x + size * 0.36} ${y - size} ${x + size * 0.26} ${y - size * 0.2}z" fill="${colour}"/>`;
  return `<path d="M${x} ${y + 4}V${y - size * 0.5}" stroke="#2b2019" stroke-width="${size * 0.12}"/><g fill="${colour}"><circle cx="${x}" cy="${y - size * 0.9}" r="${size * 0.56}"/><circle cx="${x - size * 0.46}" cy="${y - size * 0.62}" r="${size * 0.42}"/><circle cx="${x + size * 0.48}" cy="${y - size * 0.6}" r="${size * 0.44}"/></g>`;
}

function house(x: number, y: number, size: number): string {
  return `<path d="M${x - size} ${y + 6}v-${size}h${size * 2}v${size}z" fill="#efe2cc"/><path d="M${x - size * 1.15} ${y + 7 - size}L${x} ${y + 4 - size * 1.75}L${x + size * 1.15} ${y + 7 - size}z" fill="#b4553c"/><path d="M${x - size * 0.5} ${y + 2 - size * 0.5}h${size * 0.36}v${size * 0.4}h-${size * 0.36}z" fill="#5a4a44"/>`;
}

function pole(x: number): string {
  return `<path d="M${x} 960V300M${x - 40} 330h80M${x - 28} 360h56" stroke="#1d1a1c" stroke-width="9" opacity="0.85"/><path d="M${x - 40} 326C${x + 60} 390 ${x + 170} 390 ${x + 230} 326" fill="none" stroke="#1d1a1c" stroke-width="2" opacity="0.6"/>`;
}

function carriageOf(journey: Journey): string {
  const { seat, cloth } = journey;
  return `<defs><linearGradient id="f" x1="0" y1="0" x2="1" y2="1"><stop offset="0" stop-color="#ffffff" stop-opacity="0.16"/><stop offset="1" stop-color="#000000" stop-opacity="0.25"/></linearGradient><linearGradient id="c" x1="0" x2="1"><stop offset="0" stop-color="#fff"/><stop offset="1" stop-color="#b9aca0"/></linearGradient></defs>
  <path fill-rule="evenodd" d="M0 0h540v960H0zM84 92h372c22 0 40 18 40 40v520c0 22-18 40-40 40H84c-22 0-40-18-40-40V132c0-22 18-40 40-40z" fill="${seat}"/>
  <path fill-rule="evenodd" d="M0 0h540v960H0zM84 92h372c22 0 40 18 40 40v520c0 22-18 40-40 40H84c-22 0-40-18-40-40V132c0-22 18-40 40-40z" fill="url(#f)"/>
  <rect x="44" y="92" width="452" height="600" rx="40" fill="none" stroke="#000" stroke-opacity="0.4" stroke-width="12"/><rect x="52" y="100" width="436" height="584" rx="34" fill="none" stroke="#fff" stroke-opacity="0.16" stroke-width="2.5"/>
  <path d="M44 92h70c-8 150-6 330 -34 470-12 8-24 8-36 4z" fill="${cloth}"/><path d="M62 92c0 160 0 330-8 472M84 92c-2 160-4 320-16 474M102 92c-4 150-6 300-20 466" stroke="#000" stroke-opacity="0.22" stroke-width="5" fill="none"/>
  <path d="M0 700h540v46H0z" fill="#c9a679"/><path d="M0 700h540v7H0z" fill="#f0d8ae"/><path d="M0 746h540v16H0z" fill="#000" opacity="0.35"/>
  <ellipse cx="392" cy="722" rx="58" ry="9" fill="#000" opacity="0.3"/><path d="M350 640h76l-8 72c-2 10-58 10-60 0z" fill="url(#c)"/><path d="M424 654c30-4 30 40-4 38" fill="none" stroke="#d8ccc0" stroke-width="8"/><ellipse cx="388" cy="640" rx="38" ry="8" fill="#5a3320"/><path d="M352 668h72l-2 14h-68z" fill="${cloth}"/>
  <path d="M150 702l88-12 84 10-86 14z" fill="#f4ece0"/><path d="M150 702l86 12v-4l-84-11z" fill="#b04a3a"/><path d="M0 820c90-60 200-60 300-10v150H0z" fill="${cloth}"/><path d="M0 830c90-56 196-56 292-8" fill="none" stroke="#fff" stroke-opacity="0.2" stroke-width="5"/>`;
}
