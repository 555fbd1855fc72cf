import { fallInto, fallOf, hex, mix, smooth, type Colour } from '../picture/colour.ts';
import { glow, strokeOfLight } from '../picture/light.ts';
import { shade, type Picture } from '../picture/picture.ts';
import { SCENE_HEIGHT_PX, SCENE_WIDTH_PX, type Generator, type Scene, type SceneSeed } from '../picture/scene.ts';

type Deep = { water: readonly string[]; bell: string; rim: string };

const DEEPS: readonly Deep[] = [
  { water: ['#0f5f8a', '#0b3f70', '#08244f', '#050f2c'], bell: '#ff9a8a', rim: '#ffd9b0' },
  { water: ['#2a2a7a', '#1c1658', '#120a3a', '#08041c'], bell: '#8ab0ff', rim: '#e0c0ff' },
  { water: ['#0f6a64', '#0a4a50', '#06303c', '#031820'], bell: '#b8ffd0', rim: '#fff0b0' },
];

type Jelly = { x: number; y: number; size: number; pace: number; phase: number; lean: number };

/** Jellyfish that pulse upward through dark water, trailing threads of light. */
export const jellyfish: Generator = {
  name: 'jellyfish',
  widthPx: SCENE_WIDTH_PX,
  heightPx: SCENE_HEIGHT_PX,
  isCalm: true,
  open,
};

function open(seed: SceneSeed): Scene {
  const deep = DEEPS[seed.variant % DEEPS.length] as Deep;
  const fall = fallOf(deep.water);
  const jellies: Jelly[] = [
    { x: 260, y: 420, size: 118, pace: 1.7, phase: seed.random.between(0, 6), lean: seed.random.between(-0.12, 0.12) },
    { x: 440, y: 180, size: 54, pace: 2.1, phase: seed.random.between(0, 6), lean: 0.2 },
    { x: 96, y: 720, size: 66, pace: 1.9, phase: seed.random.between(0, 6), lean: -0.16 },
    { x: 410, y: 800, size: 40, pace: 2.4, phase: seed.random.between(0, 6), lean: 0.1 },
    { x: 120, y: 160, size: 30, pace: 2.6, phase: seed.random.between(0, 6), lean: -0.1 },
  ];
  const specks = Array.from({ length: 90 }, () => ({
    x: seed.random.between(0, 540),
    y: seed.random.between(0, 960),
    radius: seed.random.between(1.2, 4.5),
  }));
  const bell = hex(deep.bell);
  const rim = hex(deep.rim);
  return (timeS, picture) => {
    shade(picture, (x, y, out) => {
      const ray = seed.noise.in((x - 270) / (1 + y * 0.0016) / 46 + 20, 0.5, timeS * 0.22);
      const shaft = smooth(0.5, 0.9, ray) * smooth(700, 0, y) * 0.22;
      fallInto(fall, y / 960, out, 1 + shaft * 1.5);
      for (let part = 0; part < 3; part += 1) out[part] = (out[part] as number) + shaft * 0.22;
    });
    for (const speck of specks) {
      const y = (speck.y + 960 - timeS * (6 + speck.radius * 4)) % 960;
      glow(picture, { x: speck.x + 9 * Math.sin(timeS * 0.5 + speck.y), y, radius: speck.radius }, rim, 0.16);
    }
    for (const jelly of jellies.toReversed()) paintJelly(picture, jelly, { bell, rim, timeS });
  };
}

function paintJelly(picture: Picture, jelly: Jelly, light: { bell: Colour; rim: Colour; timeS: number }): void {
  const beat = light.timeS * jelly.pace + jelly.phase;
  const squeeze = Math.sin(beat) * 0.5 + 0.5 * Math.sin(beat * 2 + 0.6) * 0.35;
  const x = jelly.x + 14 * Math.sin(light.timeS * 0.4 + jelly.phase);
  const y = jelly.y + 40 - light.timeS * 7 - 12 * Math.sin(beat - 0.9);
  const wide = jelly.size * (1 + 0.13 * squeeze);
  const tall = jelly.size * (0.86 - 0.12 * squeeze);
  const strength = jelly.size > 50 ? 1 : 0.6;
  glow(picture, { x, y, radius: jelly.size * 2.3 }, light.bell, 0.16 * strength);
  paintThreads(picture, { jelly, x, y, wide, beat, light, strength });
  paintBell(picture, { x, y, wide, tall, beat, light, strength, lean: jelly.lean });
}

type Bell = {
  x: number;
  y: number;
  wide: number;
  tall: number;
  beat: number;
  lean: number;
  light: { bell: Colour; rim: Colour };
  strength: number;
};

function paintBell(picture: Picture, bell: Bell): void {
  const { widthPx, heightPx, rgb } = picture;
  const lastY = Math.min(heightPx - 1, Math.ceil(bell.y + bell.tall * 0.4));
  for (let py = Math.max(0, Math.floor(bell.y - bell.tall)); py <= lastY; py += 1) {
    for (
      let px = Math.max(0, Math.floor(bell.x - bell.wide * 1.2));
      px < Math.min(widthPx, bell.x + bell.wide * 1.2);
      px += 1
    ) {
      const v = (py + 0.5 - bell.y) / bell.tall;
      const u = (px + 0.5 - bell.x - bell.lean * (py - bell.y)) / bell.wide;
      const hem = 0.16 + 0.05 * Math.cos(u * 22 + bell.beat * 0.5);
      const edge = Math.sqrt(Math.max(0, 1 - Math.max(0, -v) ** 2)) * (v > 0 ? 1 - v * 0.5 : 1);
      const inside = smooth(edge + 0.012, edge - 0.012, Math.abs(u)) * smooth(hem, hem - 0.04, v);
      if (inside <= 0) continue;
      const across = u / Math.max(edge, 0.01);
      const skin = across ** 4 * 0.6 + 0.24 + 0.5 * smooth(-0.4, -1, v);
      const ribs =
        0.12 * Math.abs(Math.cos(Math.asin(Math.max(-1, Math.min(1, across))) * 9)) ** 6 * smooth(-0.8, 0.1, v);
      const heart =
        0.75 *
        smooth(0.5, 0.1, Math.hypot(u * 1.1, (v + 0.3) * 1.3)) *
        (0.7 + 0.3 * Math.cos(Math.atan2(v + 0.3, u) * 4));
      const frill = 0.5 * smooth(0.09, 0, Math.abs(v - hem + 0.05));
      const at = (py * widthPx + px) * 3;
      for (let part = 0; part < 3; part += 1) {
        const tone =
          (bell.light.bell[part] as number) * (skin + ribs) + (bell.light.rim[part] as number) * (heart * 0.75 + frill);
        rgb[at + part] = mix(
          rgb[at + part] as number,
          (rgb[at + part] as number) * 0.5 + tone * bell.strength,
          inside * 0.86,
        );
      }
    }
  }
}

function paintThreads(
  picture: Picture,
  threads: {
    jelly: Jelly;
    x: number;
    y: number;
    wide: number;
    beat: number;
    light: { bell: Colour; rim: Colour; timeS: number };
    strength: number;
  },
): void {
  const { jelly, light } = threads;
  const count = jelly.size > 50 ? 13 : 7;
  for (let thread = 0; thread < count; thread += 1) {
    const start = (thread / (count - 1)) * 2 - 1;
    const isArm = Math.abs(start) < 0.4;
    const length = jelly.size * (isArm ? 2.3 : 3.4) * (1 - 0.25 * Math.abs(start));
    const points = Array.from({ length: 26 }, (_, index) => {
      const down = index / 25;
      const sway =
        Math.sin(down * 5.2 - threads.beat * 0.9 + thread * 1.3) * down * jelly.size * 0.3 +
        Math.sin(down * 11 - threads.beat * 1.5 + thread) * down * jelly.size * 0.09;
      return {
        x: threads.x + start * threads.wide * (0.86 - 0.42 * down) + sway,
        y: threads.y + jelly.size * 0.08 + down * length,
        radius:
          (isArm ? jelly.size * 0.1 * (1 + 0.5 * Math.sin(down * 24 - threads.beat * 2)) : jelly.size * 0.024) *
            (1 - 0.75 * down) +
          1,
      };
    });
    strokeOfLight(picture, points, isArm ? light.bell : light.rim, (isArm ? 0.34 : 0.42) * threads.strength);
  }
}
