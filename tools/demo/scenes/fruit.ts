import { clamp, hex, mix, smooth, type Colour } from '../picture/colour.ts';
import { shade } from '../picture/picture.ts';
import { SCENE_HEIGHT_PX, SCENE_WIDTH_PX, type Generator, type Scene, type SceneSeed } from '../picture/scene.ts';

type Bowl = { wall: string; cloth: string; plate: string; skin: readonly [string, string]; isGlass: boolean };

const BOWLS: readonly Bowl[] = [
  { wall: '#f4ecdd', cloth: '#efe3cf', plate: '#2f6f86', skin: ['#f2b441', '#c8321f'], isGlass: false },
  { wall: '#e7e3df', cloth: '#d9d4d0', plate: '#c9c2bd', skin: ['#5a86c8', '#d0607a'], isGlass: true },
  { wall: '#26403c', cloth: '#5a3f30', plate: '#d9c9a8', skin: ['#e8d24a', '#7fa82f'], isGlass: false },
];

type Ball = { x: number; y: number; radius: number; tone: Colour; blush: Colour; spin: number };

/** Fruit on a plate, or glass marbles, under light that comes through a blind and slowly moves. */
export const fruit: Generator = {
  name: 'fruit',
  widthPx: SCENE_WIDTH_PX,
  heightPx: SCENE_HEIGHT_PX,
  isCalm: true,
  open,
};

const PLACES = [
  [262, 408, 96],
  [130, 470, 88],
  [396, 482, 92],
  [270, 566, 104],
  [108, 640, 82],
  [428, 648, 86],
] as const;

function open(seed: SceneSeed): Scene {
  const bowl = BOWLS[seed.variant % BOWLS.length] as Bowl;
  const marbles = ['#5a86c8', '#d0607a', '#e09a4a', '#7fc8a0', '#b89ae0', '#e8c860'];
  const balls = PLACES.map(([x, y, radius], index) => ({
    x: x + seed.random.between(-12, 12),
    y: y + seed.random.between(-12, 12),
    radius: radius * seed.random.between(0.9, 1.04),
    tone: hex(bowl.isGlass ? (marbles[index] as string) : bowl.skin[0]),
    blush: hex(bowl.isGlass ? '#ffffff' : bowl.skin[1]),
    spin: seed.random.between(0, 6),
  }));
  const wall = hex(bowl.wall);
  const cloth = hex(bowl.cloth);
  const plate = hex(bowl.plate);
  return (timeS, picture) => {
    const move = timeS * 13;
    shade(picture, (x, y, out) => {
      const blind = lightAt(x, y, move, seed);
      const hit = nearest(balls, x, y);
      if (hit && hit.cover >= 1) {
        skinAt({ ball: hit.ball, bowl, seed, blind, timeS }, x, y, out);
        return;
      }
      groundAt({ wall, cloth, plate, balls, seed, blind, isGlass: bowl.isGlass }, x, y, out);
      if (!hit) return;
      const [r, g, b] = [out[0] as number, out[1] as number, out[2] as number];
      skinAt({ ball: hit.ball, bowl, seed, blind, timeS }, x, y, out);
      out[0] = mix(r, out[0] as number, hit.cover);
      out[1] = mix(g, out[1] as number, hit.cover);
      out[2] = mix(b, out[2] as number, hit.cover);
    });
  };
}

/** Bright stripes of a blind with the shadow of leaves. */
function lightAt(x: number, y: number, move: number, seed: SceneSeed): number {
  const aslant = x * 0.42 + y * 0.9 + move;
  const stripe = smooth(0.12, 0.24, Math.abs(((aslant / 86) % 1) - 0.5) * 1.1);
  const leaf = seed.noise.in(x * 0.008 + move * 0.004, y * 0.008, move * 0.02);
  const window = smooth(640, 300, Math.hypot(x - 250, (y - 480) * 0.72));
  return (1 - stripe) * smooth(0.36, 0.5, leaf) * window;
}

function nearest(balls: readonly Ball[], x: number, y: number): { ball: Ball; cover: number } | undefined {
  // Later fruit lies in front.
  for (let index = balls.length - 1; index >= 0; index -= 1) {
    const ball = balls[index] as Ball;
    const dx = x - ball.x;
    const dy = y - ball.y;
    if (Math.abs(dx) > ball.radius || Math.abs(dy) > ball.radius) continue;
    const inside = ball.radius - Math.sqrt(dx * dx + dy * dy);
    if (inside > 0) return { ball, cover: Math.min(1, inside / 1.3) };
  }
  return undefined;
}

type Ground = {
  wall: Colour;
  cloth: Colour;
  plate: Colour;
  balls: readonly Ball[];
  seed: SceneSeed;
  blind: number;
  isGlass: boolean;
};

function groundAt(ground: Ground, x: number, y: number, out: Float32Array): void {
  const plateAway = Math.hypot((x - 265) / 262, (y - 560) / 216);
  let shadow = 1;
  for (const ball of ground.balls) {
    const away =
      Math.hypot((x - ball.x - ball.radius * 0.42) / 1.08, (y - ball.y - ball.radius * 0.52) / 0.86) / ball.radius;
    shadow = Math.min(shadow, 0.42 + 0.58 * smooth(0.72, 1.22, away));
  }
  const weave = 0.03 * (ground.seed.noise.at(x * 0.7, y * 0.12) + ground.seed.noise.at(x * 0.12, y * 0.7) - 1);
  const isPlate = !ground.isGlass && plateAway < 1;
  const castByPlate = ground.isGlass ? 1 : 0.6 + 0.4 * smooth(0.86, 1.12, Math.hypot((x - 290) / 262, (y - 590) / 216));
  const table = smooth(180, 330, y);
  const rim = isPlate
    ? 0.22 * smooth(0.03, 0, Math.abs(plateAway - 0.97)) - 0.14 * smooth(0.05, 0, Math.abs(plateAway - 0.72))
    : 0;
  const stripes =
    isPlate && plateAway > 0.76 && plateAway < 0.92 && Math.cos(Math.atan2(y - 560, x - 265) * 40) > 0 ? 0.22 : 0;
  const light = (isPlate ? 0.74 : 0.76 * castByPlate) * shadow + ground.blind * 0.42 * (shadow * 0.8 + 0.2);
  for (let part = 0; part < 3; part += 1) {
    const base = isPlate
      ? mix(ground.plate[part] as number, 1, stripes)
      : mix(ground.wall[part] as number, ground.cloth[part] as number, table) + weave;
    out[part] = (base + rim) * light * ([1.06, 0.99, 0.9][part] as number);
  }
  if (!ground.isGlass) return;
  for (const ball of ground.balls) {
    // Glass gathers light into a bright stain on the far side of its shadow.
    const away = Math.hypot(x - ball.x - ball.radius * 0.6, (y - ball.y - ball.radius * 0.78) / 0.7) / ball.radius;
    const caustic = smooth(0.62, 0, away) ** 2 * 0.75;
    for (let part = 0; part < 3; part += 1) out[part] = (out[part] as number) + (ball.tone[part] as number) * caustic;
  }
}

type Skin = { ball: Ball; bowl: Bowl; seed: SceneSeed; blind: number; timeS: number };

function skinAt(skin: Skin, x: number, y: number, out: Float32Array): void {
  const { ball, seed } = skin;
  const nx = (x - ball.x) / ball.radius;
  const ny = (y - ball.y) / ball.radius;
  const nz = Math.sqrt(Math.max(0, 1 - nx * nx - ny * ny));
  const toward = clamp(-0.52 * nx - 0.58 * ny + 0.63 * nz);
  if (skin.bowl.isGlass) {
    const rim = (1 - nz) ** 2;
    const swirl =
      0.5 + 0.5 * Math.sin(6 * seed.noise.in(nx * 1.4 + ball.spin, ny * 1.4 + 9, nz + skin.timeS * 0.12) + nx * 3);
    const through = smooth(0.9, 0.1, Math.hypot(nx - 0.3, ny - 0.36));
    const shine = smooth(0.2, 0.12, Math.hypot((nx + 0.42) * 1.1, (ny + 0.46) * 1.6)) * 0.8;
    for (let part = 0; part < 3; part += 1) {
      const tone = ball.tone[part] as number;
      out[part] =
        mix(tone * 0.5, mix(tone, 1, 0.55), through * 0.8 + swirl * 0.22) * (1 - rim * 0.35) + rim * 0.2 + shine;
    }
    return;
  }
  const angle = Math.atan2(ny, nx) + ball.spin;
  const blush = clamp(
    smooth(0.25, 0.78, seed.noise.cloud(nx * 1.3 + ball.spin * 3, ny * 1.3 + 5, nz * 1.2, 3)) + 0.25 * Math.sin(angle),
  );
  const streak = seed.noise.at(Math.atan2(nx, nz + 0.4) * 16 + ball.spin * 9, ny * 2.2) - 0.5;
  const crease = smooth(0.07, 0, Math.abs(nx * Math.cos(ball.spin) + ny * Math.sin(ball.spin) - 0.22 * nz)) * 0.16;
  const fuzz = (1 - nz) ** 3 * 0.25;
  const lit = 0.3 + 0.62 * toward + skin.blind * 0.42 * (0.25 + toward) + 0.14 * clamp(ny * 0.6 + nx * 0.4) - crease;
  const shine = smooth(0.88, 1, toward) * 0.22;
  for (let part = 0; part < 3; part += 1) {
    const base = mix(ball.tone[part] as number, ball.blush[part] as number, clamp(blush + streak * 0.45));
    out[part] = base * lit * 1.12 + fuzz * 0.5 * base + shine;
  }
}
