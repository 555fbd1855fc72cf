/** From learned vectors to published ones: int8 with one scale an epoch. */

/** Of |entries|, the share that fits into int8; the rest is clipped. */
const QUANTILE = 0.9995;

/** Steps of the histogram that finds the quantile's neighbourhood. */
const STEPS = 65_536;

/** int8 steps per unit: 127 over the 99.95 % quantile of all |entries|, to one part in `STEPS` of the largest. */
export function scaleOf(vectors: Iterable<Float64Array>): number {
  const all = [...vectors];
  let largest = 0;
  let count = 0;
  for (const vector of all) {
    count += vector.length;
    for (const part of vector) if (part > largest || -part > largest) largest = Math.abs(part);
  }
  if (largest === 0) return 1;
  const histogram = new Uint32Array(STEPS + 1);
  for (const vector of all) {
    for (const part of vector) {
      const step = Math.floor((Math.abs(part) / largest) * STEPS);
      histogram[step] = (histogram[step] ?? 0) + 1;
    }
  }
  let above = count - Math.floor(QUANTILE * count);
  let step = STEPS;
  while (step > 0 && above > (histogram[step] ?? 0)) {
    above -= histogram[step] ?? 0;
    step -= 1;
  }
  return 127 / ((largest * (step + 1)) / STEPS);
}

/** clamp(round(scale x vector)), written into `target`. */
export function quantise(vector: Float64Array, scale: number, target: Int8Array): void {
  for (let d = 0; d < vector.length; d += 1) {
    target[d] = Math.max(-127, Math.min(127, Math.round(scale * (vector[d] ?? 0))));
  }
}
