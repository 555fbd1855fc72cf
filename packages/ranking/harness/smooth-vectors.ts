/** The smoothest vectors of places: leading right singular vectors of the normalised visits (Halko et al. 2011). */
import { type Chance, normal } from '@vitrine/ranking';

/** Normalised visits D_u^-1/2 R D_i^-1/2. */
export interface Normalised {
  byUser: readonly (readonly number[])[];
  places: number;
  /** 1 / sqrt(degree). */
  userFactor: Float64Array;
  placeFactor: Float64Array;
}

/** Extra columns that make the leading ones converge sooner. */
const SPARE = 32;

/** `rank` columns, place by place: row p at p x rank. */
export function smoothVectors(
  visits: Normalised,
  rank: number,
  { rounds, chance }: { rounds: number; chance: Chance },
): Float64Array {
  const width = rank + SPARE;
  let columns: Float64Array = new Float64Array(visits.places * width);
  for (let i = 0; i < columns.length; i += 1) columns[i] = normal(chance, 1);
  orthonormalise(columns, width);
  for (let round = 0; round < rounds; round += 1) {
    columns = applyGram(visits, columns, width);
    orthonormalise(columns, width);
  }
  // Once more: the first pass of an ill-conditioned table is not exact.
  orthonormalise(columns, width);
  return leading(visits, columns, { width, rank });
}

/** R^T R X. */
function applyGram(
  { byUser, places, userFactor, placeFactor }: Normalised,
  x: Float64Array,
  width: number,
): Float64Array {
  const result = new Float64Array(places * width);
  const mean = new Float64Array(width);
  for (const [user, visited] of byUser.entries()) {
    mean.fill(0);
    for (const place of visited) {
      const factor = placeFactor[place] ?? 0;
      for (let k = 0, at = place * width; k < width; k += 1, at += 1)
        mean[k] = (mean[k] as number) + factor * (x[at] as number);
    }
    const square = (userFactor[user] ?? 0) ** 2;
    for (const place of visited) {
      const factor = square * (placeFactor[place] ?? 0);
      for (let k = 0, at = place * width; k < width; k += 1, at += 1) {
        result[at] = (result[at] as number) + factor * (mean[k] as number);
      }
    }
  }
  return result;
}

/** Makes the columns orthonormal by the Cholesky factor of X^T X. */
function orthonormalise(x: Float64Array, width: number): void {
  solveRows(x, cholesky(product(x, x, width), width), width);
}

/** X^T Y of two tables of the same height. */
function product(x: Float64Array, y: Float64Array, width: number): Float64Array {
  const gram = new Float64Array(width * width);
  for (let row = 0; row < x.length; row += width) {
    for (let i = 0; i < width; i += 1) {
      const value = x[row + i] as number;
      for (let j = 0, at = i * width; j < width; j += 1, at += 1)
        gram[at] = (gram[at] as number) + value * (y[row + j] as number);
    }
  }
  return gram;
}

/** Lower factor L with L L^T = gram. */
function cholesky(gram: Float64Array, width: number): Float64Array {
  const lower = new Float64Array(width * width);
  for (let i = 0; i < width; i += 1) {
    for (let j = 0; j <= i; j += 1) {
      let sum = gram[i * width + j] as number;
      for (let k = 0; k < j; k += 1) sum -= (lower[i * width + k] as number) * (lower[j * width + k] as number);
      lower[i * width + j] = i === j ? Math.sqrt(Math.max(sum, 1e-300)) : sum / (lower[j * width + j] as number);
    }
  }
  return lower;
}

/** X := X L^-T, row by row. */
function solveRows(x: Float64Array, lower: Float64Array, width: number): void {
  for (let row = 0; row < x.length; row += width) {
    for (let i = 0; i < width; i += 1) {
      let sum = x[row + i] as number;
      for (let k = 0; k < i; k += 1) sum -= (lower[i * width + k] as number) * (x[row + k] as number);
      x[row + i] = sum / (lower[i * width + i] as number);
    }
  }
}

/** Turns the columns to the singular directions (Rayleigh and Ritz) and keeps the leading ones. */
function leading(visits: Normalised, x: Float64Array, { width, rank }: { width: number; rank: number }): Float64Array {
  const turn = eigenvectors(product(x, applyGram(visits, x, width), width), width);
  const result = new Float64Array(visits.places * rank);
  for (let place = 0; place < visits.places; place += 1) {
    for (let k = 0; k < rank; k += 1) {
      let sum = 0;
      for (let i = 0; i < width; i += 1) sum += (x[place * width + i] as number) * (turn[i * width + k] as number);
      result[place * rank + k] = sum;
    }
  }
  return result;
}

/** Eigenvectors of a symmetric matrix as columns, largest value first: Jacobi's turns until nothing is left to turn. */
function eigenvectors(matrix: Float64Array, width: number): Float64Array {
  const a = Float64Array.from(matrix);
  const turned = new Float64Array(width * width);
  for (let i = 0; i < width; i += 1) turned[i * width + i] = 1;
  for (let sweep = 0; sweep < 12; sweep += 1) {
    for (let p = 0; p < width; p += 1) for (let q = p + 1; q < width; q += 1) turnPair({ a, turned, width }, p, q);
  }
  const order = Array.from({ length: width }, (_, i) => i);
  order.sort((i, j) => (a[j * width + j] as number) - (a[i * width + i] as number));
  const sorted = new Float64Array(width * width);
  for (const [to, from] of order.entries()) {
    for (let i = 0; i < width; i += 1) sorted[i * width + to] = turned[i * width + from] as number;
  }
  return sorted;
}

function turnPair(
  { a, turned, width }: { a: Float64Array; turned: Float64Array; width: number },
  p: number,
  q: number,
): void {
  const off = a[p * width + q] as number;
  if (Math.abs(off) < 1e-14) return;
  const theta = ((a[q * width + q] as number) - (a[p * width + p] as number)) / (2 * off);
  const t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
  const c = 1 / Math.sqrt(t * t + 1);
  const s = t * c;
  const mix = (table: Float64Array, one: number, two: number) => {
    const [x, y] = [table[one] as number, table[two] as number];
    table[one] = c * x - s * y;
    table[two] = s * x + c * y;
  };
  for (let k = 0; k < width; k += 1) mix(a, k * width + p, k * width + q);
  for (let k = 0; k < width; k += 1) mix(a, p * width + k, q * width + k);
  for (let k = 0; k < width; k += 1) mix(turned, k * width + p, k * width + q);
}
