import { clamp, hex, mix, smooth } from '../picture/colour.ts';
import { lay, layerFromSvg } from '../picture/layer.ts';
import { pictureOf, shade, type Picture } from '../picture/picture.ts';
import { SCENE_HEIGHT_PX, SCENE_WIDTH_PX, type Generator, type Scene, type SceneSeed } from '../picture/scene.ts';

type Deck = { wood: readonly [string, string]; wall: string; label: readonly [string, string]; disc: string };

const DECKS: readonly Deck[] = [
  { wood: ['#b4662e', '#59280f'], wall: '#33211a', label: ['#e8a640', '#f7ead2'], disc: '#17161a' },
  { wood: ['#8d8a84', '#3d3b3a'], wall: '#1d3138', label: ['#d9523c', '#f7efe2'], disc: '#141519' },
  { wood: ['#5c7a6c', '#22352e'], wall: '#3a2730', label: ['#4a9fb5', '#f2f0e2'], disc: '#3d1420' },
];

const CENTRE_X = 236;
const CENTRE_Y = 520;
const RADIUS = 300;
const FLATNESS = 0.62;

/** A record that turns under the needle, with light that lies still in its grooves. */
export const vinyl: Generator = {
  name: 'vinyl',
  widthPx: SCENE_WIDTH_PX,
  heightPx: SCENE_HEIGHT_PX,
  isCalm: true,
  open,
};

async function open(seed: SceneSeed): Promise<Scene> {
  const deck = DECKS[seed.variant % DECKS.length] as Deck;
  const table = pictureOf(SCENE_WIDTH_PX, SCENE_HEIGHT_PX);
  paintTable(table, seed, deck);
  const shadow = await layerFromSvg(
    SCENE_WIDTH_PX,
    SCENE_HEIGHT_PX,
    `<defs><filter id="s" x="-30%" y="-30%" width="160%" height="160%"><feGaussianBlur stdDeviation="16"/></filter></defs><ellipse cx="${CENTRE_X + 26}" cy="${CENTRE_Y + 40}" rx="312" ry="200" fill="#000" opacity="0.6" filter="url(#s)"/>`,
  );
  lay(table, shadow, { x: 0, y: 0 });
  const arm = await layerFromSvg(SCENE_WIDTH_PX, SCENE_HEIGHT_PX, armOf());
  const petals = seed.random.whole(9, 16);
  return (timeS, picture) => {
    picture.rgb.set(table.rgb);
    paintRecord(picture, { deck, seed, petals, turn: timeS * 3.49, timeS });
    lay(picture, arm, { x: 1.6 * Math.sin(timeS * 3.49) - timeS * 0.25, y: 0 });
    paintDust(picture, seed, timeS);
  };
}

function paintTable(picture: Picture, seed: SceneSeed, deck: Deck): void {
  const light = hex(deck.wood[0]);
  const dark = hex(deck.wood[1]);
  const wall = hex(deck.wall);
  shade(picture, (x, y, out) => {
    const depth = (y - 250) / 710;
    const along = (x - 270) / (0.5 + Math.max(depth, 0)) + 300;
    const grain = seed.noise.fbm(along * 0.004, y * 0.045, 4);
    const rings = 0.5 + 0.5 * Math.sin(grain * 22);
    const lit = 0.4 + 0.75 * smooth(720, 60, Math.hypot(x - 420, y - 330));
    const share = clamp(grain * 0.75 + rings * 0.2);
    const isTable = smooth(248, 262, y - (x - 270) * 0.05);
    const lampLight = smooth(420, 0, Math.hypot(x - 470, y - 90)) ** 2;
    for (let part = 0; part < 3; part += 1) {
      const wood = mix(dark[part] as number, light[part] as number, share) * lit;
      const back =
        (wall[part] as number) * (0.55 + 0.6 * (y / 260)) + ([0.9, 0.55, 0.25][part] as number) * lampLight * 0.75;
      out[part] = mix(back, wood, isTable);
    }
  });
}

function armOf(): string {
  return `<defs><linearGradient id="m" x1="0" x2="1"><stop offset="0" stop-color="#f2efe9"/><stop offset="0.5" stop-color="#9c9891"/><stop offset="1" stop-color="#5b5854"/></linearGradient>
  <filter id="s" x="-30%" y="-30%" width="160%" height="160%"><feGaussianBlur stdDeviation="7"/></filter></defs>
  <path d="M500 330C500 480 470 560 398 640" fill="none" stroke="#000" stroke-opacity="0.5" stroke-width="12" filter="url(#s)" transform="translate(16 24)"/>
  <ellipse cx="486" cy="322" rx="56" ry="38" fill="#1d1b1a"/><ellipse cx="486" cy="314" rx="56" ry="38" fill="#45413d"/><ellipse cx="486" cy="308" rx="40" ry="27" fill="url(#m)"/>
  <path d="M486 300C498 470 468 548 398 622" fill="none" stroke="url(#m)" stroke-width="11" stroke-linecap="round"/>
  <path d="M484 300C494 470 464 546 395 620" fill="none" stroke="#fff" stroke-opacity="0.6" stroke-width="2.5"/>
  <path d="M412 604l-46 34 16 26 52-34z" fill="#171515"/><path d="M366 638l16 26 6-4-16-26z" fill="#d9823c"/><rect x="458" y="236" width="54" height="42" rx="8" fill="url(#m)"/>`;
}

type Turning = { deck: Deck; seed: SceneSeed; petals: number; turn: number; timeS: number };

function paintRecord(picture: Picture, record: Turning): void {
  const { widthPx, rgb } = picture;
  const colour = new Float32Array(3);
  const warp = 1.4 * Math.sin(record.turn);
  for (let y = CENTRE_Y - 206; y < CENTRE_Y + 220; y += 1) {
    for (let x = 0; x < widthPx; x += 1) {
      const dx = (x + 0.5 - CENTRE_X) / RADIUS;
      const dy = (y + 0.5 - CENTRE_Y - warp * ((x - CENTRE_X) / RADIUS)) / (RADIUS * FLATNESS);
      const away = Math.hypot(dx, dy);
      const rim = Math.hypot(dx, (y + 0.5 - CENTRE_Y - 8) / (RADIUS * FLATNESS));
      const at = (y * widthPx + x) * 3;
      if (away > 1.004) {
        if (rim < 1) for (let part = 0; part < 3; part += 1) rgb[at + part] = 0.05 + 0.06 * smooth(-0.6, 0.4, dx);
        continue;
      }
      groove(record, away, Math.atan2(dy, dx), colour);
      const cover = smooth(1.004, 0.998, away);
      for (let part = 0; part < 3; part += 1)
        rgb[at + part] = mix(rgb[at + part] as number, colour[part] as number, cover);
    }
  }
}

function groove(record: Turning, away: number, angle: number, out: Float32Array): void {
  const body = hex(record.deck.disc);
  const turned = angle - record.turn;
  if (away < 0.34) {
    labelAt(record, away, turned, out);
    const sheen = 0.12 * Math.abs(Math.cos(angle - 0.9)) ** 4;
    for (let part = 0; part < 3; part += 1) out[part] = (out[part] as number) * 0.86 + sheen;
    return;
  }
  const fine = record.seed.noise.at(away * 190, 3.5);
  const song = smooth(0.012, 0.004, Math.abs((((away - 0.36) * 5.2) % 1) - 0.5) * 0.2);
  const spread = 0.5 + 0.5 * record.seed.noise.at(away * 60, 8.1);
  const lobe =
    Math.abs(Math.cos(angle - 0.85)) ** (26 + 30 * spread) * 0.62 + Math.abs(Math.cos(angle + 0.35)) ** 60 * 0.2;
  const dust = 0.03 * record.seed.noise.at(Math.cos(turned) * 40 + away * 30, Math.sin(turned) * 40);
  const light = lobe * (0.55 + 0.6 * fine) * (1 - 0.5 * song) + dust;
  const edge = smooth(0.03, 0, Math.abs(away - 0.99)) * 0.18;
  for (let part = 0; part < 3; part += 1) {
    out[part] =
      (body[part] as number) * (0.75 + 0.45 * fine - 0.3 * song) + (light + edge) * ([1, 0.86, 0.7][part] as number);
  }
}

function labelAt(record: Turning, away: number, turned: number, out: Float32Array): void {
  const a = hex(record.deck.label[0]);
  const b = hex(record.deck.label[1]);
  const petal = 0.19 + 0.045 * Math.abs(Math.cos((turned * record.petals) / 2));
  let share = smooth(petal + 0.006, petal - 0.006, away);
  if (away < 0.13) share = 1 - share * smooth(0.13, 0.122, away);
  const ring = smooth(0.006, 0.002, Math.abs(away - 0.3));
  const writing = away > 0.25 && away < 0.28 ? (record.seed.noise.at(turned * 16 + 40, 2.2) > 0.5 ? 0.55 : 0) : 0;
  const hole = smooth(0.018, 0.014, away);
  for (let part = 0; part < 3; part += 1) {
    out[part] =
      mix(a[part] as number, b[part] as number, clamp(share + ring)) * (1 - writing) * (1 - hole) + hole * 0.75;
  }
}

function paintDust(picture: Picture, seed: SceneSeed, timeS: number): void {
  for (let mote = 0; mote < 26; mote += 1) {
    const x = 540 * seed.noise.at(mote * 7.3, 1.5) * 1.1 + 22 * Math.sin(timeS * 0.4 + mote);
    const y = (960 + 960 * seed.noise.at(mote * 3.1, 9.5) - timeS * (8 + (mote % 5) * 4)) % 900;
    const light = 0.22 * smooth(500, 100, Math.hypot(x - 430, y - 260));
    const at = (Math.floor(y) * picture.widthPx + Math.floor(clamp(x / 540) * 537)) * 3;
    for (let part = 0; part < 6; part += 1) picture.rgb[at + part] = (picture.rgb[at + part] as number) + light;
  }
}
