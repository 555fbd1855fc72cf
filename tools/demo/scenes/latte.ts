import { clamp, hex, mix, smooth } from '../picture/colour.ts';
import { layerFromSvg } from '../picture/layer.ts';
import { shade, pictureOf, type Picture } from '../picture/picture.ts';
import { SCENE_HEIGHT_PX, SCENE_WIDTH_PX, type Generator, type Scene, type SceneSeed } from '../picture/scene.ts';

type Cup = { glaze: string; wood: readonly [string, string]; leaves: number };

const CUPS: readonly Cup[] = [
  { glaze: '#1f4c5c', wood: ['#7a3f22', '#3c1d10'], leaves: 6 },
  { glaze: '#e9e1d4', wood: ['#a9774a', '#6a4527'], leaves: 4 },
  { glaze: '#b4533c', wood: ['#4b4640', '#23201d'], leaves: 8 },
];

const CENTRE_X = 268;
const CENTRE_Y = 500;
const CUP_RADIUS = 205;
const COFFEE_RADIUS = 172;

/** A cup seen from above, in which milk is poured into a rosette. */
export const latte: Generator = {
  name: 'latte',
  widthPx: SCENE_WIDTH_PX,
  heightPx: SCENE_HEIGHT_PX,
  isCalm: true,
  open,
};

async function open(seed: SceneSeed): Promise<Scene> {
  const cup = CUPS[seed.variant % CUPS.length] as Cup;
  const table = pictureOf(SCENE_WIDTH_PX, SCENE_HEIGHT_PX);
  paintTable(table, seed, cup);
  const things = await layerFromSvg(SCENE_WIDTH_PX, SCENE_HEIGHT_PX, crockery(cup));
  for (let from = 0, to = 0; from < things.rgba.length; from += 4, to += 3) {
    const rest = 1 - (things.rgba[from + 3] as number);
    for (let part = 0; part < 3; part += 1)
      table.rgb[to + part] = (table.rgb[to + part] as number) * rest + (things.rgba[from + part] as number);
  }
  const tilt = seed.random.between(-0.55, -0.2);
  return async (timeS, picture) => {
    picture.rgb.set(table.rgb);
    const share = timeS / seed.durationS;
    paintCoffee(picture, {
      seed,
      cup,
      tilt: tilt + 0.06 * Math.sin(timeS * 0.7),
      poured: smooth(0.02, 0.78, share),
      timeS,
    });
    paintSteam(picture, seed, timeS);
  };
}

function paintTable(picture: Picture, seed: SceneSeed, cup: Cup): void {
  const light = hex(cup.wood[0]);
  const dark = hex(cup.wood[1]);
  shade(picture, (x, y, out) => {
    const along = x * 0.94 - y * 0.34;
    const across = x * 0.34 + y * 0.94;
    const plank = Math.floor(across / 175);
    const seam = smooth(0, 5, Math.abs(across / 175 - Math.round(across / 175)) * 175);
    const grain = seed.noise.fbm(along * 0.006 + plank * 9.3, across * 0.09, 4);
    const fine = seed.noise.at(along * 0.02, across * 0.6);
    const rings = 0.5 + 0.5 * Math.sin(grain * 26 + across * 0.05);
    const lit = (0.55 + 0.45 * smooth(900, 100, Math.hypot(x - 60, y - 120))) * (0.45 + 0.55 * seam);
    const share = clamp(0.2 + grain * 0.6 + rings * 0.16 + fine * 0.14 - 0.1);
    for (let part = 0; part < 3; part += 1)
      out[part] = mix(dark[part] as number, light[part] as number, share) * lit * 1.15;
  });
}

function crockery(cup: Cup): string {
  return `<defs><filter id="s" x="-50%" y="-50%" width="200%" height="200%"><feGaussianBlur stdDeviation="20"/></filter>
  <filter id="t" x="-20%" y="-20%" width="140%" height="140%"><feGaussianBlur stdDeviation="3"/></filter>
  <radialGradient id="g" cx="0.34" cy="0.28" r="0.85"><stop offset="0" stop-color="#fff" stop-opacity="0.42"/><stop offset="0.45" stop-color="#fff" stop-opacity="0.04"/><stop offset="1" stop-color="#000" stop-opacity="0.5"/></radialGradient>
  <radialGradient id="b"><stop offset="0" stop-color="#f1d49a"/><stop offset="1" stop-color="#b07a3a"/></radialGradient></defs>
  <ellipse cx="330" cy="560" rx="300" ry="290" fill="#000" opacity="0.55" filter="url(#s)"/>
  <circle cx="270" cy="508" r="286" fill="${cup.glaze}"/><circle cx="270" cy="508" r="286" fill="url(#g)"/>
  <circle cx="270" cy="508" r="250" fill="none" stroke="#fff" stroke-opacity="0.14" stroke-width="3"/>
  <circle cx="300" cy="540" r="214" fill="#000" opacity="0.45" filter="url(#s)"/>
  <path d="M455 455c70-34 128-10 112 44-10 34-60 56-118 58" fill="none" stroke="#000" stroke-opacity="0.35" stroke-width="40" filter="url(#t)"/>
  <path d="M452 448c70-34 128-10 112 44-10 34-60 56-118 58" fill="none" stroke="${cup.glaze}" stroke-width="32"/>
  <path d="M456 440c60-28 108-14 104 24" fill="none" stroke="#fff" stroke-opacity="0.35" stroke-width="6" filter="url(#t)"/>
  <circle cx="${CENTRE_X}" cy="${CENTRE_Y}" r="${CUP_RADIUS}" fill="${cup.glaze}"/><circle cx="${CENTRE_X}" cy="${CENTRE_Y}" r="${CUP_RADIUS}" fill="url(#g)"/>
  <circle cx="${CENTRE_X}" cy="${CENTRE_Y}" r="${CUP_RADIUS - 9}" fill="#efe6d8"/><circle cx="${CENTRE_X}" cy="${CENTRE_Y}" r="${CUP_RADIUS - 20}" fill="#cbb9a2"/>
  <g><circle cx="96" cy="132" r="74" fill="#000" opacity="0.4" filter="url(#s)"/><circle cx="86" cy="120" r="72" fill="url(#b)"/>
  ${[
    [60, 96],
    [98, 84],
    [118, 122],
    [80, 138],
    [52, 140],
    [104, 158],
  ]
    .map(([x, y]) => `<ellipse cx="${x}" cy="${y}" rx="9" ry="7" fill="#4a2412"/>`)
    .join('')}</g>
  <g transform="rotate(-38 470 850)"><rect x="330" y="846" width="260" height="16" rx="8" fill="#000" opacity="0.4" filter="url(#s)"/><rect x="330" y="834" width="270" height="13" rx="6" fill="#cfcac2"/><ellipse cx="318" cy="840" rx="48" ry="28" fill="#bdb7ae"/><ellipse cx="314" cy="836" rx="36" ry="19" fill="#e7e3dc"/></g>`;
}

type Pour = { seed: SceneSeed; cup: Cup; tilt: number; poured: number; timeS: number };

function paintCoffee(picture: Picture, pour: Pour): void {
  const { noise } = pour.seed;
  const deep = hex('#4a210d');
  const crema = hex('#b9722d');
  const milk = hex('#fbf2e2');
  const cos = Math.cos(pour.tilt);
  const sin = Math.sin(pour.tilt);
  for (let y = CENTRE_Y - COFFEE_RADIUS - 14; y < CENTRE_Y + COFFEE_RADIUS + 14; y += 1) {
    for (let x = CENTRE_X - COFFEE_RADIUS - 14; x < CENTRE_X + COFFEE_RADIUS + 14; x += 1) {
      const dx = (x + 0.5 - CENTRE_X) / COFFEE_RADIUS;
      const dy = (y + 0.5 - CENTRE_Y) / COFFEE_RADIUS;
      const away = Math.hypot(dx, dy);
      const cover = smooth(1.06, 1.045, away);
      if (cover <= 0) continue;
      const wobble = 0.035 * (noise.in(dx * 3 + 9, dy * 3 + 9, pour.timeS * 0.35) - 0.5);
      const u = dx * cos - dy * sin + wobble;
      const v = dx * sin + dy * cos + wobble;
      const white = pattern(u, v, pour) * smooth(1, 0.93, away);
      const bubbles = noise.fbm(dx * 16 + 30, dy * 16 + 30, 2);
      const brown = clamp(1.05 - 0.75 * smooth(0.55, 1.05, away) + (bubbles - 0.5) * 0.5);
      const shine = 0.16 * smooth(0.5, 0, Math.hypot(dx + 0.42, dy + 0.5));
      const shadow = 0.62 + 0.38 * smooth(-0.2, 0.35, 0.55 + dx * 0.45 + dy * 0.5);
      const at = (y * picture.widthPx + x) * 3;
      for (let part = 0; part < 3; part += 1) {
        const base = mix(mix(deep[part] as number, crema[part] as number, brown), milk[part] as number, white * 0.96);
        picture.rgb[at + part] = mix(picture.rgb[at + part] as number, base * shadow + shine, cover);
      }
    }
  }
}

/** White where milk lies: nested leaves that the pour adds one by one, drawn through by a last stroke. */
function pattern(u: number, v: number, pour: Pour): number {
  const { leaves } = pour.cup;
  const grown = pour.poured * (leaves + 2);
  let white = 0;
  const bend = Math.abs(u) * (0.95 - 0.25 * Math.abs(u));
  for (let leaf = 0; leaf < leaves; leaf += 1) {
    const age = clamp(grown - leaf);
    if (age <= 0) break;
    const centre = 0.62 - (1.28 * leaf) / leaves;
    const width = (0.66 - 0.4 * (leaf / leaves) ** 1.4) * smooth(0, 1, age);
    const half =
      (0.072 - 0.018 * (leaf / leaves)) * smooth(0, 0.6, age) * (1 - (Math.abs(u) / (width + 0.01)) ** 2 * 0.55);
    const place = v + bend * 0.82 - centre - 0.2;
    white = Math.max(
      white,
      smooth(half + 0.018, half - 0.012, Math.abs(place)) * smooth(width, width - 0.07, Math.abs(u)),
    );
  }
  const tip = clamp(grown - leaves);
  const knob = Math.hypot(u, (v + 0.66) * 1.05) - 0.115 * smooth(0, 1, tip);
  if (tip > 0) white = Math.max(white, smooth(0.014, -0.014, knob));
  const stem = clamp(grown - leaves - 1);
  const drawn =
    stem > 0 && v > -0.75 && v < mix(-0.75, 0.78, stem)
      ? smooth(0.022, 0.008, Math.abs(u + 0.012 * Math.sin(v * 9)))
      : 0;
  return clamp(white - drawn);
}

function paintSteam(picture: Picture, seed: SceneSeed, timeS: number): void {
  for (let y = 150; y < 640; y += 1) {
    const fade = smooth(150, 330, y) * smooth(640, 480, y) * 0.2;
    for (let x = 80; x < 460; x += 1) {
      const cloud = seed.noise.cloud(
        x * 0.009 + 0.25 * Math.sin(y * 0.012 + timeS),
        y * 0.0055 + timeS * 0.42,
        timeS * 0.2,
        2,
      );
      const steam = smooth(0.5, 0.85, cloud) * fade * smooth(80, 200, x) * smooth(460, 340, x);
      if (steam <= 0.004) continue;
      const at = (y * picture.widthPx + x) * 3;
      for (let part = 0; part < 3; part += 1)
        picture.rgb[at + part] = mix(picture.rgb[at + part] as number, 0.97, steam);
    }
  }
}
