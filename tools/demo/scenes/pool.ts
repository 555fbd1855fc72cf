import { clamp, fallInto, fallOf, hex, mix, smooth } from '../picture/colour.ts';
import { enlargeInto, pictureOf, shade, type Picture } from '../picture/picture.ts';
import { SCENE_HEIGHT_PX, SCENE_WIDTH_PX, type Generator, type Scene, type SceneSeed } from '../picture/scene.ts';

type Water = { depth: readonly string[]; ring: readonly [string, string]; hasTiles: boolean; rings: number };

const WATERS: readonly Water[] = [
  { depth: ['#0b84ab', '#17a9c4', '#45c9d6', '#9be8e6'], ring: ['#e8633c', '#fbf3e6'], hasTiles: true, rings: 1 },
  { depth: ['#0a5f7f', '#118a94', '#3fb8a4', '#b8e8c8'], ring: ['#f2b632', '#fdf6e8'], hasTiles: false, rings: 2 },
  { depth: ['#1f4fa8', '#2f7fd0', '#5fb4e8', '#c4ecfa'], ring: ['#e85a8a', '#fff2f4'], hasTiles: true, rings: 1 },
];

const FLOOR_PX = 1.5;

/** A pool from above: a net of sunlight on the floor and a swimming ring that drifts and turns. */
export const pool: Generator = { name: 'pool', widthPx: SCENE_WIDTH_PX, heightPx: SCENE_HEIGHT_PX, isCalm: true, open };

function open(seed: SceneSeed): Scene {
  const water = WATERS[seed.variant % WATERS.length] as Water;
  const fall = fallOf(water.depth);
  const net = netOf(seed);
  // The floor is soft: two thirds of the pixels are enough, and half the work.
  const floor = pictureOf(SCENE_WIDTH_PX / FLOOR_PX, SCENE_HEIGHT_PX / FLOOR_PX);
  const rings = Array.from({ length: water.rings }, (_, index) => ({
    x: 270 + (index === 0 ? -20 : 150),
    y: index === 0 ? 400 : 770,
    radius: index === 0 ? 182 : 118,
    phase: seed.random.between(0, 6),
  }));
  return (timeS, picture) => {
    const shadows = rings.map((ring) => drifted(ring, timeS));
    shade(floor, (column, row, out) => {
      const x = column * FLOOR_PX;
      const y = row * FLOOR_PX;
      const sway = 5 * Math.sin(y * 0.021 + timeS * 1.1) + 4 * Math.sin(x * 0.017 - timeS * 0.9);
      const light = net(x + sway, y + sway * 0.6, timeS);
      const broad = seed.noise.in(x * 0.004, y * 0.004, timeS * 0.15);
      let share = 0.22 + 0.34 * broad + light * 0.55;
      if (water.hasTiles) share -= 0.1 * joint(x + sway * 1.5, y - sway);
      for (const ring of shadows) {
        const away = Math.abs(Math.hypot(x - ring.x - 46, y - ring.y - 60) - ring.radius * 0.74);
        share -= 0.34 * smooth(ring.radius * 0.34, ring.radius * 0.18, away);
      }
      fallInto(fall, share, out, 0.92 + light * 0.3);
    });
    enlargeInto(picture, floor);
    for (const ring of shadows) paintRing(picture, ring, { water, net, timeS });
  };
}

type Ring = { x: number; y: number; radius: number; phase: number };

function drifted(ring: Ring, timeS: number): Ring & { turn: number } {
  return {
    ...ring,
    x: ring.x + 30 * Math.sin(timeS * 0.32 + ring.phase),
    y: ring.y + 42 * Math.sin(timeS * 0.24 + ring.phase * 1.7) + 3 * Math.sin(timeS * 1.7),
    turn: timeS * 0.2 + ring.phase,
  };
}

function joint(x: number, y: number): number {
  const across = Math.abs(((x / 60) % 1) - 0.5);
  const down = Math.abs(((y / 60) % 1) - 0.5);
  return Math.max(smooth(0.46, 0.49, across), smooth(0.46, 0.49, down));
}

/** Bright lines of light: where two moving noises are equal to their middle, as lenses of water make them. */
function netOf(seed: SceneSeed): (x: number, y: number, timeS: number) => number {
  const { noise } = seed;
  return (x, y, timeS) => {
    const bend = 0.7 * noise.in(x * 0.012, y * 0.012, timeS * 0.35 + 20);
    const a = 1 - Math.abs(2 * noise.in(x * 0.0155 + bend, y * 0.0155 + timeS * 0.08, timeS * 0.5) - 1) * 1.15;
    const b = 1 - Math.abs(2 * noise.in(x * 0.021 - timeS * 0.07, y * 0.021 + bend, timeS * 0.55 + 9) - 1) * 1.15;
    return clamp(Math.max(a, 0) ** 9 * 0.75 + Math.max(b, 0) ** 9 * 0.55 + Math.max(a * b, 0) ** 5 * 0.5);
  };
}

function paintRing(
  picture: Picture,
  ring: Ring & { turn: number },
  air: { water: Water; net: ReturnType<typeof netOf>; timeS: number },
): void {
  const warm = hex(air.water.ring[0]);
  const pale = hex(air.water.ring[1]);
  const { widthPx, heightPx, rgb } = picture;
  const tube = ring.radius * 0.29;
  const middle = ring.radius - tube;
  for (
    let y = Math.max(0, Math.floor(ring.y - ring.radius));
    y < Math.min(heightPx, ring.y + ring.radius + 1);
    y += 1
  ) {
    for (
      let x = Math.max(0, Math.floor(ring.x - ring.radius));
      x < Math.min(widthPx, ring.x + ring.radius + 1);
      x += 1
    ) {
      const dx = x + 0.5 - ring.x;
      const dy = y + 0.5 - ring.y;
      const away = Math.hypot(dx, dy);
      const across = (away - middle) / tube;
      const cover = clamp((1 - Math.abs(across)) * tube);
      if (cover <= 0) continue;
      const angle = Math.atan2(dy, dx);
      const stripe = (((((angle + ring.turn) / (2 * Math.PI)) * 8) % 1) + 1) % 1;
      const share = smooth(0.48, 0.5, stripe) * smooth(1, 0.98, stripe);
      const height = Math.sqrt(Math.max(0, 1 - across * across));
      const nx = across * Math.cos(angle);
      const ny = across * Math.sin(angle);
      const toward = -0.5 * nx - 0.55 * ny + 0.67 * height;
      const bounce = 0.16 * (1 - height) + 0.1 * air.net(x * 1.6, y * 1.6, air.timeS) * (1 - height);
      const light = 0.4 + 0.66 * clamp(toward) + bounce;
      const shine = clamp(toward) ** 36 * 0.6;
      const seam = smooth(0.05, 0.02, Math.abs(across + 0.12)) * 0.08;
      const at = (y * widthPx + x) * 3;
      for (let part = 0; part < 3; part += 1) {
        const colour =
          mix(pale[part] as number, warm[part] as number, share) * (light - seam) +
          shine +
          (part === 2 ? 0.05 : 0) * (1 - height);
        rgb[at + part] = mix(rgb[at + part] as number, colour, cover);
      }
    }
  }
}
