import { clamp, fallInto, fallOf, hex, mix, smooth, type Colour } from '../picture/colour.ts';
import { drawSvg } from '../picture/layer.ts';
import { enlargeInto, pictureOf, shade, type Picture } from '../picture/picture.ts';
import { SCENE_HEIGHT_PX, SCENE_WIDTH_PX, type Generator, type Scene, type SceneSeed } from '../picture/scene.ts';

type Pond = { water: readonly string[]; lily: readonly [string, string]; flower: string };

const PONDS: readonly Pond[] = [
  { water: ['#06282e', '#0c444a', '#1a6a68', '#5aa898'], lily: ['#2f7a4a', '#7fb868'], flower: '#f7c6d4' },
  { water: ['#101c34', '#1c3560', '#2f5f8c', '#86b4cc'], lily: ['#3a6a5c', '#86b090'], flower: '#fff0e0' },
];

const COATS = [
  ['#fbf4ea', '#e2502a'],
  ['#f28a2e', '#fbe6c8'],
  ['#fbf6f0', '#2a2a30'],
  ['#e9b83a', '#fdf3d8'],
  ['#e24a2c', '#ffffff'],
] as const;

type Fish = {
  length: number;
  centreX: number;
  centreY: number;
  reachX: number;
  reachY: number;
  pace: number;
  phase: number;
  coat: readonly [string, string];
  spots: readonly (readonly [number, number, number])[];
};

/** Koi that wind through a pond under lily pads, with rings where the rain begins. */
export const koi: Generator = { name: 'koi', widthPx: SCENE_WIDTH_PX, heightPx: SCENE_HEIGHT_PX, isCalm: true, open };

function open(seed: SceneSeed): Scene {
  const pond = PONDS[seed.variant % PONDS.length] as Pond;
  const fall = fallOf(pond.water);
  const small = pictureOf(SCENE_WIDTH_PX / 2, SCENE_HEIGHT_PX / 2);
  const school = Array.from({ length: 5 }, (_, index) => fishOf(seed, index));
  const pads = Array.from({ length: 8 }, (_, index) => ({
    x: ([62, 480, 500, 30, 420, 130, 300, 520][index] ?? 0) + seed.random.between(-20, 20),
    y: ([120, 210, 320, 640, 800, 880, 60, 560][index] ?? 0) + seed.random.between(-24, 24),
    radius: seed.random.between(44, 84),
    turn: seed.random.between(0, 360),
    hasFlower: index % 3 === 1,
  }));
  const drops = Array.from({ length: 9 }, () => ({
    x: seed.random.between(40, 500),
    y: seed.random.between(60, 900),
    startS: seed.random.between(0, 5),
  }));
  return async (timeS, picture) => {
    shade(small, (x, y, out) => {
      const light = seed.noise.in(
        x * 0.02 + 0.8 * seed.noise.in(x * 0.02, y * 0.02, timeS * 0.25),
        y * 0.02,
        timeS * 0.3,
      );
      const net = clamp(1 - Math.abs(2 * light - 1) * 1.2) ** 8;
      const stones = smooth(0.5, 0.62, seed.noise.fbm(x * 0.035, y * 0.035, 3));
      fallInto(fall, 0.2 + 0.24 * seed.noise.at(x * 0.008, y * 0.008) + stones * 0.1 + net * 0.3, out);
    });
    enlargeInto(picture, small);
    await drawSvg(picture, school.map((fish) => drawFish(fish, timeS)).join(''));
    await drawSvg(picture, pads.map((pad) => drawPad(pad, pond, timeS)).join(''));
    for (const drop of drops) ripple(picture, { x: drop.x, y: drop.y, ageS: (timeS + drop.startS) % 5 });
  };
}

function fishOf(seed: SceneSeed, index: number): Fish {
  const { random } = seed;
  return {
    length: random.between(150, 235) * (index === 0 ? 1.2 : 1),
    centreX: random.between(200, 340),
    centreY: [430, 600, 300, 700, 480][index] ?? 480,
    reachX: random.between(90, 190),
    reachY: random.between(120, 260),
    pace: random.between(0.24, 0.4) * (index % 2 === 0 ? 1 : -1),
    phase: random.between(0, 6.28),
    coat: COATS[(index + seed.variant * 2) % COATS.length] as readonly [string, string],
    spots: Array.from(
      { length: 4 },
      () => [random.between(0.08, 0.75), random.between(-0.6, 0.6), random.between(0.05, 0.1)] as const,
    ),
  };
}

function placeOf(fish: Fish, time: number): { x: number; y: number } {
  const turn = time * fish.pace + fish.phase;
  return {
    x: fish.centreX + fish.reachX * Math.sin(turn) + 30 * Math.sin(turn * 2.3),
    y: fish.centreY + fish.reachY * Math.cos(turn * 0.9),
  };
}

type SpinePoint = { x: number; y: number; nx: number; ny: number };

/** The spine lies where the head has been, with a wave that grows toward the tail. */
function spineOf(fish: Fish, timeS: number): SpinePoint[] {
  const head = placeOf(fish, timeS);
  const ahead = placeOf(fish, timeS + 0.05);
  let angle = Math.atan2(ahead.y - head.y, ahead.x - head.x);
  const before = placeOf(fish, timeS - 1);
  const behind = placeOf(fish, timeS - 1.05);
  let bend = angle - Math.atan2(before.y - behind.y, before.x - behind.x);
  bend = Math.atan2(Math.sin(bend), Math.cos(bend));
  const step = fish.length / 16;
  let { x, y } = head;
  return Array.from({ length: 17 }, (_, index) => {
    const t = index / 16;
    const swing = Math.sin(timeS * 4.4 * Math.abs(fish.pace) * 3 - t * 4.6 + fish.phase) * 0.34 * t;
    angle -= bend / 24;
    const way = angle + swing;
    const point = { x, y, nx: -Math.sin(way), ny: Math.cos(way) };
    x -= Math.cos(way) * step;
    y -= Math.sin(way) * step;
    return point;
  });
}

function drawFish(fish: Fish, timeS: number): string {
  const spine = spineOf(fish, timeS);
  const half = (t: number): number =>
    fish.length * 0.112 * Math.sin(Math.PI * Math.min(1, t * 1.02 + 0.1) ** 0.62) ** 0.9 * (1 - 0.35 * t) + 1;
  const at = (t: number, side: number): string => {
    const point = spine[Math.round(clamp(t) * 16)] as SpinePoint;
    const wide = half(t) * side;
    return `${(point.x + point.nx * wide).toFixed(1)} ${(point.y + point.ny * wide).toFixed(1)}`;
  };
  const steps = Array.from({ length: 15 }, (_, index) => index / 16);
  const outline = `M${steps.map((t) => at(t, 1)).join('L')}L${steps
    .toReversed()
    .map((t) => at(t, -1))
    .join('L')}z`;
  const fin = (t: number, side: number, long: number): string =>
    `M${at(t, side * 0.8)}Q${at(t + 0.04, side * long)} ${at(t + 0.25, side * long * 1.15)}Q${at(t + 0.2, side * 1.4)} ${at(t + 0.12, side * 0.8)}z`;
  const tail = spine[16] as SpinePoint;
  const root = spine[13] as SpinePoint;
  const dx = (tail.x - root.x) * 2.1;
  const dy = (tail.y - root.y) * 2.1;
  const fork = (side: number): string =>
    `${(tail.x + dx + tail.nx * side * fish.length * 0.12).toFixed(1)} ${(tail.y + dy + tail.ny * side * fish.length * 0.12).toFixed(1)}`;
  const tailPath = `M${root.x} ${root.y}Q${tail.x + tail.nx * 4} ${tail.y + tail.ny * 4} ${fork(1)}Q${tail.x + dx * 0.5} ${tail.y + dy * 0.5} ${fork(-1)}Q${tail.x - tail.nx * 4} ${tail.y - tail.ny * 4} ${root.x} ${root.y}z`;
  const spots = fish.spots.map(([t, side, size]) => {
    const [x, y] = at(t, side).split(' ');
    return `<circle cx="${x}" cy="${y}" r="${(fish.length * size).toFixed(1)}"/>`;
  });
  const id = `k${Math.round(fish.phase * 1000)}`;
  const eye = (side: number): string => {
    const [x, y] = at(0.09, side * 0.72).split(' ');
    return `<circle cx="${x}" cy="${y}" r="${fish.length * 0.013}" fill="#15100c"/>`;
  };
  return `<clipPath id="${id}"><path d="${outline}"/></clipPath><path d="${outline}" transform="translate(18 30)" fill="#021416" opacity="0.42"/><path d="${tailPath}" transform="translate(18 30)" fill="#021416" opacity="0.3"/>
  <g fill="${fish.coat[0]}" opacity="0.72"><path d="${tailPath}"/><path d="${fin(0.25, 1, 2.5)}"/><path d="${fin(0.25, -1, 2.5)}"/><path d="${fin(0.56, 1, 1.9)}"/><path d="${fin(0.56, -1, 1.9)}"/></g>
  <path d="${outline}" fill="${fish.coat[0]}"/><g clip-path="url(#${id})" fill="${fish.coat[1]}">${spots.join('')}</g>
  <path d="M${[2, 4, 6, 8, 10, 12].map((step) => at(step / 16, 0.12)).join('L')}" fill="none" stroke="#fff" stroke-opacity="0.4" stroke-width="${fish.length * 0.02}" stroke-linecap="round"/>${eye(1)}${eye(-1)}`;
}

type Pad = { x: number; y: number; radius: number; turn: number; hasFlower: boolean };

function drawPad(pad: Pad, pond: Pond, timeS: number): string {
  const turn = pad.turn + 3 * Math.sin(timeS * 0.4 + pad.x);
  const x = pad.x + 4 * Math.sin(timeS * 0.5 + pad.y);
  const veins = Array.from({ length: 11 }, (_, index) => {
    const angle = 0.35 + (index / 10) * 5.6;
    return `M0 0L${(pad.radius * 0.92 * Math.cos(angle)).toFixed(1)} ${(pad.radius * 0.92 * Math.sin(angle)).toFixed(1)}`;
  });
  const leaf = `M0 0L${pad.radius} ${-pad.radius * 0.08}A${pad.radius} ${pad.radius} 0 1 0 ${pad.radius * 0.98} ${pad.radius * 0.2}z`;
  const petals = Array.from(
    { length: 16 },
    (_, index) =>
      `<path transform="rotate(${index * 45 + (index > 7 ? 22 : 0)}) scale(${index > 7 ? 0.62 : 1})" d="M0 0C${pad.radius * 0.1} ${-pad.radius * 0.2} ${pad.radius * 0.12} ${-pad.radius * 0.34} 0 ${-pad.radius * 0.5}C${-pad.radius * 0.12} ${-pad.radius * 0.34} ${-pad.radius * 0.1} ${-pad.radius * 0.2} 0 0z" fill="${pond.flower}" stroke="#b05a78" stroke-opacity="0.3"/>`,
  );
  return `<path d="${leaf}" transform="translate(${x + 12} ${pad.y + 18}) rotate(${turn})" fill="#01120f" opacity="0.4"/><g transform="translate(${x} ${pad.y}) rotate(${turn})"><path d="${leaf}" fill="${pond.lily[0]}" stroke="${pond.lily[1]}" stroke-width="2.5"/><path d="${veins.join('')}" stroke="${pond.lily[1]}" stroke-opacity="0.5" stroke-width="1.6"/>${pad.hasFlower ? `${petals.join('')}<circle r="${pad.radius * 0.09}" fill="#f4c542"/>` : ''}</g>`;
}

function ripple(picture: Picture, drop: { x: number; y: number; ageS: number }): void {
  if (drop.ageS > 2.4) return;
  const light: Colour = hex('#e8fff6');
  const reach = drop.ageS * 42;
  const strength = 0.34 * smooth(2.4, 0.2, drop.ageS);
  for (
    let y = Math.max(0, Math.floor(drop.y - reach - 4));
    y < Math.min(picture.heightPx, drop.y + reach + 4);
    y += 1
  ) {
    for (
      let x = Math.max(0, Math.floor(drop.x - reach - 4));
      x < Math.min(picture.widthPx, drop.x + reach + 4);
      x += 1
    ) {
      const away = Math.hypot(x - drop.x, y - drop.y);
      const ring = smooth(3, 0, Math.abs(away - reach)) + 0.6 * smooth(3, 0, Math.abs(away - reach * 0.62));
      if (ring <= 0) continue;
      const at = (y * picture.widthPx + x) * 3;
      for (let part = 0; part < 3; part += 1)
        picture.rgb[at + part] = mix(picture.rgb[at + part] as number, light[part] as number, ring * strength);
    }
  }
}
