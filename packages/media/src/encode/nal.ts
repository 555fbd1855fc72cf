/** NAL units of H.264 (ITU-T H.264, 7.3.1 and Annex B). Pure. */

const SEI = 6;

/** Drops supplemental units (type 6) from a stream with start codes. */
export function stripSei(annexB: Buffer): Buffer {
  const starts: number[] = [];
  for (let at = annexB.indexOf(START_CODE); at >= 0; at = annexB.indexOf(START_CODE, at + 3)) starts.push(at);
  const units = starts.map((start, n) => annexB.subarray(start + 3, starts[n + 1] ?? annexB.length));
  if (!units.some((unit) => ((unit[0] ?? 0) & 31) === SEI)) return annexB;
  return Buffer.concat(
    units.filter((unit) => ((unit[0] ?? 0) & 31) !== SEI).flatMap((unit) => [LONG_START_CODE, trimZeros(unit)]),
  );
}

const START_CODE = Buffer.from([0, 0, 1]);
const LONG_START_CODE = Buffer.from([0, 0, 0, 1]);

/** A zero before the next start code belongs to that start code. */
function trimZeros(unit: Buffer): Buffer {
  let end = unit.length;
  while (end > 0 && unit[end - 1] === 0) end -= 1;
  return unit.subarray(0, end);
}

/** True if the units of an MP4 sample (each behind its length of `lengthBytes`) fill it exactly. */
export function hasWholeUnits(sample: Buffer, lengthBytes: number): boolean {
  let at = 0;
  while (at < sample.length) {
    if (at + lengthBytes > sample.length) return false;
    const size = sample.readUIntBE(at, lengthBytes);
    at += lengthBytes + size;
    if (size === 0) return false;
  }
  return sample.length > 0 && at === sample.length;
}

/** Drops supplemental units from an MP4 sample; gives the same buffer back where there are none. */
export function stripSampleSei(sample: Buffer, lengthBytes: number): Buffer {
  const kept: Buffer[] = [];
  let at = 0;
  while (at + lengthBytes < sample.length) {
    const end = at + lengthBytes + sample.readUIntBE(at, lengthBytes);
    if (((sample[at + lengthBytes] ?? 0) & 31) !== SEI) kept.push(sample.subarray(at, end));
    at = end;
  }
  const size = kept.reduce((sum, unit) => sum + unit.length, 0);
  return size === sample.length || size === 0 ? sample : Buffer.concat(kept);
}
