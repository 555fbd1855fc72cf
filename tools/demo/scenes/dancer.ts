import { hex, mix, smooth, type Colour } from '../picture/colour.ts';
import { disc, glow, strokeOfLight, type StrokePoint } from '../picture/light.ts';
import { enlargeInto, pictureOf, shade, type Picture } from '../picture/picture.ts';
import { SCENE_HEIGHT_PX, SCENE_WIDTH_PX, type Generator, type Scene, type SceneSeed } from '../picture/scene.ts';

type Stage = { back: string; floor: string; beams: readonly string[]; dress: readonly [string, string]; skin: string };

const STAGES: readonly Stage[] = [
  {
    back: '#1c0f2e',
    floor: '#3a1d3f',
    beams: ['#ff7a5c', '#b06bff', '#ffb86b'],
    dress: ['#ff5f4a', '#ffb37a'],
    skin: '#c98a64',
  },
  {
    back: '#0a1730',
    floor: '#14304a',
    beams: ['#5cc8ff', '#7a8bff', '#8affd8'],
    dress: ['#4a9bff', '#c0f0ff'],
    skin: '#8a5637',
  },
];

const FLOOR_Y = 800;

type Joint = { x: number; y: number };

/** A dancer drawn in a few strokes turns on a stage, trailing ribbons. */
export const dancer: Generator = {
  name: 'dancer',
  widthPx: SCENE_WIDTH_PX,
  heightPx: SCENE_HEIGHT_PX,
  isCalm: false,
  open,
};

function open(seed: SceneSeed): Scene {
  const stage = STAGES[seed.variant % STAGES.length] as Stage;
  const small = pictureOf(SCENE_WIDTH_PX / 2, SCENE_HEIGHT_PX / 2);
  const back = hex(stage.back);
  const floor = hex(stage.floor);
  const beams = stage.beams.map((colour, index) => ({
    colour: hex(colour),
    x: 90 + index * 180,
    phase: seed.random.between(0, 6),
  }));
  const motes = Array.from({ length: 70 }, () => ({
    x: seed.random.between(0, 540),
    y: seed.random.between(0, 800),
    radius: seed.random.between(1, 3),
  }));
  return (timeS, picture) => {
    shade(small, (px, py, out) => {
      const x = px * 2;
      const y = py * 2;
      const isFloor = smooth(FLOOR_Y - 60, FLOOR_Y - 40, y);
      const boards = isFloor * 0.06 * seed.noise.at(((x - 270) / (y - 600)) * 22, 3.5);
      for (let part = 0; part < 3; part += 1)
        out[part] = mix((back[part] as number) * (0.5 + 0.6 * (y / 800)), floor[part] as number, isFloor) + boards;
      for (const beam of beams) {
        const aim = 270 + 130 * Math.sin(timeS * 0.5 + beam.phase);
        const middle = mix(beam.x, aim, y / FLOOR_Y);
        const wide = 22 + y * 0.13;
        const haze = 0.7 + 0.6 * seed.noise.in(x * 0.008, y * 0.006, timeS * 0.3);
        const light =
          y < FLOOR_Y ? smooth(wide, wide * 0.25, Math.abs(x - middle)) * 0.3 * haze * (1 - 0.5 * (y / FLOOR_Y)) : 0;
        const pool = 0.6 * smooth(1, 0.3, Math.hypot((x - aim) / 150, (y - FLOOR_Y - 14) / 46));
        for (let part = 0; part < 3; part += 1)
          out[part] = (out[part] as number) + (beam.colour[part] as number) * (light + pool);
      }
    });
    enlargeInto(picture, small);
    for (const mote of motes)
      glow(
        picture,
        { x: (mote.x + timeS * 9) % 540, y: mote.y + 8 * Math.sin(timeS + mote.x), radius: mote.radius },
        [1, 0.9, 0.8],
        0.3,
      );
    paintRibbons(picture, stage, timeS);
    paintBody(picture, stage, timeS);
  };
}

/** Where the body's joints are at a moment; one phrase of movement lasts six seconds. */
function pose(
  timeS: number,
): Record<
  'hip' | 'chest' | 'head' | 'kneeA' | 'footA' | 'kneeB' | 'footB' | 'elbowA' | 'handA' | 'elbowB' | 'handB',
  Joint
> {
  const t = timeS * 1.05;
  const turn = Math.sin(t * 0.9);
  const lift = Math.max(0, Math.sin(t * 1.05));
  const sway = 22 * Math.sin(t * 0.52);
  const hip = { x: 270 + sway, y: 545 - 20 * lift };
  const lean = 0.16 * Math.sin(t * 0.9 + 0.6);
  const chest = { x: hip.x + 128 * Math.sin(lean), y: hip.y - 128 * Math.cos(lean) };
  const head = { x: chest.x + 62 * Math.sin(lean * 1.9), y: chest.y - 62 };
  const limb = (from: Joint, angle: number, length: number): Joint => ({
    x: from.x + length * Math.sin(angle),
    y: from.y + length * Math.cos(angle),
  });
  const footA = { x: 270 + sway * 0.35, y: FLOOR_Y - 4 };
  const kneeA = { x: (hip.x + footA.x) / 2 + 10, y: (hip.y + footA.y) / 2 };
  const thigh = 0.35 + 1.15 * lift;
  const kneeB = limb(hip, thigh * (turn > -2 ? 1 : -1), 124);
  const footB = limb(kneeB, thigh * 0.9 - 0.75 * (1 - lift) * 0.6, 130);
  const elbowA = limb(chest, Math.PI - 0.7 - 0.8 * Math.sin(t * 0.8), 84);
  const handA = limb(elbowA, Math.PI - 0.3 - 1.1 * Math.sin(t * 0.8 - 0.5), 86);
  const elbowB = limb(chest, -(Math.PI / 2 + 0.25 + 0.85 * Math.sin(t * 0.9 + 1)), 84);
  const handB = limb(elbowB, -(Math.PI / 2 + 0.5 + 1.1 * Math.sin(t * 0.9 + 0.5)), 86);
  return { hip, chest, head, kneeA, footA, kneeB, footB, elbowA, handA, elbowB, handB };
}

function paintBody(picture: Picture, stage: Stage, timeS: number): void {
  const body = pose(timeS);
  const skin = hex(stage.skin);
  const dark: Colour = [skin[0] * 0.62, skin[1] * 0.55, skin[2] * 0.6];
  const dress = hex(stage.dress[0]);
  disc(picture, { x: body.footA.x, y: FLOOR_Y + 4, radius: 46 }, [0, 0, 0], { alpha: 0.3, softness: 0.9 });
  limb(picture, [body.chest, body.elbowB, body.handB], [13, 10, 6], dark);
  limb(picture, [body.hip, body.kneeB, body.footB], [24, 15, 6], dark);
  limb(picture, [body.hip, body.kneeA, body.footA], [25, 16, 7], skin);
  limb(
    picture,
    [{ x: body.chest.x, y: body.chest.y - 8 }, mid(body.chest, body.hip, 0.55), body.hip],
    [31, 22, 30],
    dress,
  );
  paintSkirt(picture, body.hip, { dress, timeS });
  limb(picture, [{ x: body.chest.x, y: body.chest.y - 26 }, mid(body.chest, body.head, 0.7)], [12, 10], skin);
  disc(picture, { x: body.head.x, y: body.head.y - 12, radius: 30 }, skin);
  disc(picture, { x: body.head.x - 5, y: body.head.y - 23, radius: 28 }, [0.1, 0.06, 0.07], { alpha: 0.96 });
  disc(picture, { x: body.head.x - 14, y: body.head.y - 52, radius: 14 }, [0.1, 0.06, 0.07]);
  limb(picture, [body.chest, body.elbowA, body.handA], [13, 10, 6], skin);
}

function mid(a: Joint, b: Joint, share: number): Joint {
  return { x: mix(a.x, b.x, share), y: mix(a.y, b.y, share) };
}

/** A limb as overlapping discs along a bent line. */
function limb(picture: Picture, joints: readonly Joint[], radii: readonly number[], colour: Colour): void {
  for (let index = 1; index < joints.length; index += 1) {
    const a = joints[index - 1] as Joint;
    const b = joints[index] as Joint;
    const steps = Math.ceil(Math.hypot(b.x - a.x, b.y - a.y) / 3);
    for (let step = 0; step <= steps; step += 1) {
      const share = step / steps;
      const swell = 1 + 0.16 * Math.sin(Math.PI * Math.min(1, share * 1.6));
      disc(
        picture,
        { ...mid(a, b, share), radius: mix(radii[index - 1] as number, radii[index] as number, share) * swell },
        colour,
      );
    }
  }
}

function paintSkirt(picture: Picture, hip: Joint, cloth: { dress: Colour; timeS: number }): void {
  const { widthPx, rgb } = picture;
  const swirl = 0.75 + 0.35 * Math.sin(cloth.timeS * 0.95);
  const long = 165;
  for (let y = Math.floor(hip.y - 14); y < hip.y + long; y += 1) {
    const down = (y - hip.y + 14) / (long + 14);
    const half = 28 + 150 * down ** 1.25 * swirl;
    const shift = 34 * Math.sin(cloth.timeS * 1.1 - down * 2) * down;
    for (let x = Math.max(0, Math.floor(hip.x + shift - half)); x < Math.min(widthPx, hip.x + shift + half); x += 1) {
      const across = (x - hip.x - shift) / half;
      const hem = 0.9 + 0.07 * Math.sin(across * 9 + cloth.timeS * 2.2);
      const cover = smooth(1, 0.95, Math.abs(across)) * smooth(hem, hem - 0.03, down);
      if (cover <= 0) continue;
      const fold = 0.5 + 0.5 * Math.sin(across * 13 + 2.4 * down + cloth.timeS * 1.7);
      const light = 0.55 + 0.4 * fold + 0.2 * (1 - Math.abs(across));
      const at = (y * widthPx + x) * 3;
      for (let part = 0; part < 3; part += 1)
        rgb[at + part] = mix(
          rgb[at + part] as number,
          (cloth.dress[part] as number) * light,
          cover * (0.96 - 0.25 * down),
        );
    }
  }
}

/** Two ribbons of light lie where the hands have been. */
function paintRibbons(picture: Picture, stage: Stage, timeS: number): void {
  const colours = stage.dress.map(hex);
  (['handA', 'handB'] as const).forEach((hand, index) => {
    const points: StrokePoint[] = Array.from({ length: 60 }, (_, step) => {
      const ago = step * 0.034;
      const at = pose(timeS - ago)[hand];
      return {
        x: at.x - ago * 46 * (index === 0 ? -1 : 1) * Math.sin(ago * 2.4),
        y: at.y + ago * 30 + 12 * Math.sin(ago * 7 - timeS * 3),
        radius: 3 + 13 * Math.sin(Math.PI * (step / 60)),
      };
    });
    strokeOfLight(picture, points, colours[index] ?? [1, 1, 1], 0.62);
  });
}
