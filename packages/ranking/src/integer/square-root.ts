import { floorDiv, whole } from './whole.ts';

/**
 * Largest whole r with r x r <= value; 0 <= value < 2^53. Newton's steps from above, each a whole division,
 * fall until they would rise (Hacker's Delight, 11-1): at most 60 steps.
 */
export function squareRoot(value: number): number {
  whole(value, 'square');
  if (value < 0) throw new RangeError('square is negative');
  if (value < 2) return value;
  let root = firstGuess(value);
  for (;;) {
    const next = floorDiv(root + floorDiv(value, root), 2);
    if (next >= root) return root;
    root = next;
  }
}

/** A power of two that is no less than the root. */
function firstGuess(value: number): number {
  let guess = 1;
  while (guess * guess < value) guess *= 2;
  return guess;
}
