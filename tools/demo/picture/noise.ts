import { randomFrom } from './random.ts';

/** Smooth value noise over a wrapping lattice; every answer lies in 0..1. */
export type Noise = {
  /** Noise of the plane; one bump about every unit. */
  at: (x: number, y: number) => number;
  /** Noise of space; use the third number as time. */
  in: (x: number, y: number, z: number) => number;
  /** Several octaves of `at`, each half as strong and twice as fine. */
  fbm: (x: number, y: number, octaves: number) => number;
  /** Several octaves of `in`. */
  cloud: (x: number, y: number, z: number, octaves: number) => number;
};

const SIDE = 64;
const MASK = SIDE - 1;

/** Makes the noise of a seed. */
export function noiseFrom(seed: number): Noise {
  const random = randomFrom(seed);
  const lattice = new Float32Array(SIDE * SIDE * SIDE);
  for (let index = 0; index < lattice.length; index += 1) lattice[index] = random.next();
  const at = (x: number, y: number): number => plane(lattice, x, y);
  const inside = (x: number, y: number, z: number): number => space(lattice, x, y, z);
  return {
    at,
    in: inside,
    fbm: (x, y, octaves) => {
      let sum = 0;
      let weight = 0.5;
      for (let octave = 0; octave < octaves; octave += 1) {
        sum += weight * plane(lattice, x, y);
        x = x * 2.03 + 17.3;
        y = y * 2.03 + 9.1;
        weight *= 0.5;
      }
      return sum / (1 - 2 * weight);
    },
    cloud: (x, y, z, octaves) => {
      let sum = 0;
      let weight = 0.5;
      for (let octave = 0; octave < octaves; octave += 1) {
        sum += weight * space(lattice, x, y, z);
        x = x * 2.03 + 17.3;
        y = y * 2.03 + 9.1;
        z = z * 1.7 + 3.7;
        weight *= 0.5;
      }
      return sum / (1 - 2 * weight);
    },
  };
}

/* The lattice reads below are always in range: every index is masked. */
function plane(lattice: Float32Array, x: number, y: number): number {
  const fx = Math.floor(x);
  const fy = Math.floor(y);
  let u = x - fx;
  let v = y - fy;
  u = u * u * (3 - 2 * u);
  v = v * v * (3 - 2 * v);
  const x0 = fx & MASK;
  const x1 = (fx + 1) & MASK;
  const row0 = (fy & MASK) * SIDE + ((fy >> 6) & MASK) * SIDE * SIDE;
  const row1 = ((fy + 1) & MASK) * SIDE + (((fy + 1) >> 6) & MASK) * SIDE * SIDE;
  const a = lattice[row0 + x0] as number;
  const b = lattice[row0 + x1] as number;
  const c = lattice[row1 + x0] as number;
  const d = lattice[row1 + x1] as number;
  const top = a + (b - a) * u;
  return top + (c + (d - c) * u - top) * v;
}

function space(lattice: Float32Array, x: number, y: number, z: number): number {
  const fx = Math.floor(x);
  const fy = Math.floor(y);
  const fz = Math.floor(z);
  let u = x - fx;
  let v = y - fy;
  let w = z - fz;
  u = u * u * (3 - 2 * u);
  v = v * v * (3 - 2 * v);
  w = w * w * (3 - 2 * w);
  const x0 = fx & MASK;
  const x1 = (fx + 1) & MASK;
  const y0 = (fy & MASK) * SIDE;
  const y1 = ((fy + 1) & MASK) * SIDE;
  const z0 = (fz & MASK) * SIDE * SIDE;
  const z1 = ((fz + 1) & MASK) * SIDE * SIDE;
  const near = quad(lattice, [z0 + y0, z0 + y1, x0, x1], u, v);
  return near + (quad(lattice, [z1 + y0, z1 + y1, x0, x1], u, v) - near) * w;
}

function quad(lattice: Float32Array, at: readonly [number, number, number, number], u: number, v: number): number {
  const [row0, row1, x0, x1] = at;
  const a = lattice[row0 + x0] as number;
  const c = lattice[row1 + x0] as number;
  const top = a + ((lattice[row0 + x1] as number) - a) * u;
  return top + (c + ((lattice[row1 + x1] as number) - c) * u - top) * v;
}
