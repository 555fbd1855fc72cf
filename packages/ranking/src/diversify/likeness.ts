import { squareRoot } from '../integer/square-root.ts';
import { truncDiv } from '../integer/whole.ts';
import { DIMENSIONS } from '../shelf/rows.ts';
import type { RowAt } from './limits.ts';

/** Cosine of two rows' vectors in 2^-8, 0 where it is negative; products stay below 127^2 x 64 < 2^20. */
export function likeness(a: RowAt, b: RowAt): number {
  const product = dot(a, b);
  if (product <= 0) return 0;
  return truncDiv(product * 256, Math.max(1, squareRoot(dot(a, a) * dot(b, b))));
}

function dot(a: RowAt, b: RowAt): number {
  const [ours, theirs] = [a.rows.vectors, b.rows.vectors];
  const [one, two] = [a.row * DIMENSIONS, b.row * DIMENSIONS];
  let sum = 0;
  for (let d = 0; d < DIMENSIONS; d += 1) sum += (ours[one + d] ?? 0) * (theirs[two + d] ?? 0);
  return sum;
}
