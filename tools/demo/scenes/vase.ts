import { clamp, fallInto, fallOf, mix, smooth, type Fall } from '../picture/colour.ts';
import { lay, layerFromSvg } from '../picture/layer.ts';
import { pictureOf, type Picture } from '../picture/picture.ts';
import { SCENE_HEIGHT_PX, SCENE_WIDTH_PX, type Generator, type Scene, type SceneSeed } from '../picture/scene.ts';

type Glaze = { fall: readonly string[]; clay: readonly string[]; wall: string; board: string; pots: readonly string[] };

const GLAZES: readonly Glaze[] = [
  {
    fall: ['#0d3f86', '#1c7fc4', '#2aa9cf', '#8fd3de', '#f0e6d8', '#2a8fc4'],
    clay: ['#6e3a1c', '#c98545', '#eac086'],
    wall: '#173a37',
    board: '#7a3a1c',
    pots: ['#e0a24a', '#4f8f8d', '#e9dcc6'],
  },
  {
    fall: ['#5c1f2b', '#a8323c', '#d9684f', '#f3b890', '#f7e8d6', '#8a2a3a'],
    clay: ['#3a2420', '#8c5a44', '#cf9f7c'],
    wall: '#39404a',
    board: '#4f3a2c',
    pots: ['#7c8f86', '#d7c2a2', '#a34a3c'],
  },
  {
    fall: ['#1d3a2c', '#3d7a52', '#86b06a', '#dfe0a8', '#f5efdc', '#2f5f48'],
    clay: ['#57351f', '#a8703c', '#e0b27a'],
    wall: '#4a3a33',
    board: '#2f2019',
    pots: ['#c9825a', '#ece0cc', '#5e7f93'],
  },
];

const TOP = 205;
const FOOT = 812;
/** Rows over which the round of the foot turns under. */
const UNDER_PX = 20;
/** Margin of the blurred room: a blur fades at the edge of its sheet. */
const BLEED_PX = 60;

/** A glazed vase on a turning wheel: a surface of revolution with running bands of glaze. */
export const vase: Generator = { name: 'vase', widthPx: SCENE_WIDTH_PX, heightPx: SCENE_HEIGHT_PX, isCalm: true, open };

async function open(seed: SceneSeed): Promise<Scene> {
  const glaze = GLAZES[seed.variant % GLAZES.length] as Glaze;
  const behind = pictureOf(SCENE_WIDTH_PX, SCENE_HEIGHT_PX);
  const wide = SCENE_WIDTH_PX + 2 * BLEED_PX;
  const tall = SCENE_HEIGHT_PX + 2 * BLEED_PX;
  lay(behind, await layerFromSvg(wide, tall, room(glaze)), { x: -BLEED_PX, y: -BLEED_PX });
  const radii = profile(seed);
  const fall = fallOf(glaze.fall);
  const clay = fallOf(glaze.clay);
  return (timeS, picture) => {
    picture.rgb.set(behind.rgb);
    const turn = timeS * 1.15;
    paintWheel(picture, seed, turn);
    paintBody(picture, { radii, fall, clay, seed, turn, timeS });
    paintMouth(picture, radii[TOP] ?? 90);
  };
}

function room(glaze: Glaze): string {
  const [a, b, c] = glaze.pots;
  return `<defs><filter id="soft" x="-30%" y="-30%" width="160%" height="160%"><feGaussianBlur stdDeviation="13"/></filter>
  <linearGradient id="w" x1="0" y1="0" x2="0.5" y2="1"><stop offset="0" stop-color="${glaze.wall}"/><stop offset="1" stop-color="#120d0b"/></linearGradient>
  <radialGradient id="l" cx="0.15" cy="0.2" r="0.9"><stop offset="0" stop-color="#ffe2b0" stop-opacity="0.5"/><stop offset="1" stop-color="#ffe2b0" stop-opacity="0"/></radialGradient></defs>
  <rect width="660" height="1080" fill="url(#w)"/><g transform="translate(60 60)">
  <g filter="url(#soft)"><rect x="-90" y="164" width="720" height="30" fill="${glaze.board}"/><rect x="-90" y="160" width="720" height="8" fill="#e0a070" opacity="0.55"/>
  <path d="M190 60h160c0 60-30 100-50 102h-60c-20-2-50-42-50-102z" fill="${a}"/><ellipse cx="270" cy="62" rx="80" ry="14" fill="#7a5a2a"/>
  <path d="M72 560c-60-30-52-140-12-190 14-18 10-60 4-74h60c-6 14-10 56 4 74 40 50 48 160-12 190z" fill="${b}"/>
  <circle cx="20" cy="80" r="88" fill="${c}" opacity="0.75"/><circle cx="500" cy="480" r="86" fill="${c}" opacity="0.8"/><circle cx="520" cy="70" r="66" fill="${b}" opacity="0.7"/>
  <rect x="-90" y="700" width="720" height="400" fill="#2a150c"/><rect x="-90" y="690" width="720" height="16" fill="${glaze.board}"/></g>
  </g><rect width="660" height="1080" fill="url(#l)"/>`;
}

/** Radius of the body at every row: mouth, neck, shoulder, belly, foot, with throwing rings. */
function profile(seed: SceneSeed): Float32Array {
  const neck = seed.random.between(52, 72);
  const belly = seed.random.between(190, 222);
  const shoulder = seed.random.between(0.42, 0.58);
  const radii = new Float32Array(SCENE_HEIGHT_PX);
  for (let y = TOP; y <= FOOT; y += 1) {
    const t = (y - TOP) / (FOOT - TOP);
    const mouth = 46 * smooth(0.15, 0, t);
    const swell = Math.sin(Math.PI * clamp((t - 0.16) / 0.86) ** (Math.log(0.5) / Math.log(shoulder))) ** 1.15;
    const ring = 1 + 0.008 * Math.sin(y * 0.22) * smooth(0.05, 0.3, t);
    radii[y] = (neck + mouth + (belly - neck) * swell * 0.96 + 28 * smooth(0.72, 1, t)) * ring;
  }
  const foot = radii[FOOT] as number;
  for (let under = 1; under <= UNDER_PX; under += 1)
    radii[FOOT + under] = foot * Math.sqrt(1 - (under / UNDER_PX) ** 2);
  return radii;
}

type Body = { radii: Float32Array; fall: Fall; clay: Fall; seed: SceneSeed; turn: number; timeS: number };

function paintBody(picture: Picture, body: Body): void {
  const { widthPx, rgb } = picture;
  const out = new Float32Array(3);
  const middle = widthPx / 2;
  for (let y = TOP; y < FOOT + UNDER_PX; y += 1) {
    const radius = body.radii[y] as number;
    const slope = ((body.radii[Math.min(y + 2, FOOT)] as number) - (body.radii[Math.max(y - 2, TOP)] as number)) / 4;
    for (let x = Math.max(0, Math.floor(middle - radius)); x < Math.min(widthPx, middle + radius + 1); x += 1) {
      const across = (x + 0.5 - middle) / radius;
      const cover = clamp((1 - Math.abs(across)) * radius);
      if (cover <= 0) continue;
      const depth = Math.sqrt(Math.max(0, 1 - across * across));
      colourOf(body, Math.asin(clamp((across + 1) / 2) * 2 - 1) + body.turn, (y - TOP) / (FOOT - TOP), out);
      const long = Math.hypot(1, slope);
      const toward = (-0.62 * across + 0.62 * depth - 0.38 * slope) / long;
      const light = 0.24 + 0.86 * clamp(toward) + 0.22 * (1 - depth) * smooth(0.2, 0.9, across);
      const shine = clamp(toward * 1.02) ** 26 * 0.75 + smooth(0.1, 0, Math.abs(across + 0.55 - slope * 0.06)) * 0.16;
      const at = (y * widthPx + x) * 3;
      for (let part = 0; part < 3; part += 1) {
        rgb[at + part] = mix(rgb[at + part] as number, (out[part] as number) * light + shine, cover);
      }
    }
  }
}

/** Glaze above, bare clay below, and long runs where one flows over the other. */
function colourOf(body: Body, angle: number, t: number, out: Float32Array): void {
  // A circle in noise space, so that the pattern closes after one turn.
  const u = Math.cos(angle) * 2.2 + 20;
  const v = Math.sin(angle) * 2.2 + 20;
  const streak = body.seed.noise.cloud(u * 2.6, v * 2.6, t * 1.1, 3);
  const fine = body.seed.noise.in(u * 7, v * 7, t * 2.6);
  const edge = 0.7 + (streak - 0.5) * 0.34 + 0.03 * Math.sin(t * 60);
  const glazed = smooth(edge + 0.025, edge - 0.025, t);
  const brush = body.seed.noise.in(u * 0.9, v * 0.9, t * 9);
  const band = clamp(0.5 + (streak - 0.5) * 2.3 + (brush - 0.5) * 0.9 + (fine - 0.5) * 0.35);
  fallInto(body.clay, 0.35 + 0.5 * body.seed.noise.in(u, v, t * 34) + 0.12 * fine, out);
  const [r, g, b] = [out[0] as number, out[1] as number, out[2] as number];
  fallInto(body.fall, band, out);
  const rim = smooth(0.05, 0, Math.abs(t - edge)) * 0.35;
  out[0] = mix(r, (out[0] as number) * (1 - rim * 0.4) + rim * 0.2, glazed);
  out[1] = mix(g, (out[1] as number) * (1 - rim * 0.6), glazed);
  out[2] = mix(b, (out[2] as number) * (1 - rim * 0.4), glazed);
}

function paintMouth(picture: Picture, radius: number): void {
  for (let y = TOP - 16; y <= TOP + 16; y += 1) {
    for (let x = 0; x < picture.widthPx; x += 1) {
      const away = Math.hypot((x + 0.5 - picture.widthPx / 2) / radius, (y + 0.5 - TOP) / 14);
      if (away > 1.04) continue;
      const at = (y * picture.widthPx + x) * 3;
      const inside = smooth(0.93, 0.86, away);
      const cover = smooth(1.04, 0.99, away);
      const deep = 0.1 + 0.12 * clamp((y - TOP + 14) / 28);
      const rim = [0.62, 0.4, 0.27];
      for (let part = 0; part < 3; part += 1) {
        picture.rgb[at + part] = mix(
          picture.rgb[at + part] as number,
          mix((rim[part] as number) * 1.1, deep * (rim[part] as number) * 1.6, inside),
          cover,
        );
      }
    }
  }
}

function paintWheel(picture: Picture, seed: SceneSeed, turn: number): void {
  const { widthPx, heightPx, rgb } = picture;
  for (let y = 770; y < heightPx; y += 1) {
    for (let x = 0; x < widthPx; x += 1) {
      const dx = (x + 0.5 - widthPx / 2) / 300;
      const dy = (y + 0.5 - 836) / 74;
      const away = Math.hypot(dx, dy);
      if (away > 1.02) continue;
      const angle = Math.atan2(dy, dx) - turn;
      const ring =
        seed.noise.at(away * 34, 4.2) * 0.5 +
        0.3 * seed.noise.at(Math.cos(angle) * 3 + 9, Math.sin(angle) * 3 + away * 9);
      const shine = Math.abs(Math.cos(Math.atan2(dy, dx) - 2.2)) ** 6 * 0.35;
      const shadow = smooth(0.25, 0.75, Math.hypot(dx - 0.08, dy - 0.05));
      const light = (0.12 + ring * 0.35 + shine) * (0.3 + 0.7 * shadow);
      const cover = smooth(1.02, 0.99, away);
      const at = (y * widthPx + x) * 3;
      rgb[at] = mix(rgb[at] as number, light * 1.05, cover);
      rgb[at + 1] = mix(rgb[at + 1] as number, light * 0.8, cover);
      rgb[at + 2] = mix(rgb[at + 2] as number, light * 0.62, cover);
    }
  }
}
