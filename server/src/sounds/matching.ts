/** Whether two fingerprints are of the same recording. Pure. */

/** Words of 32 bits, about eight a second. */
export type Print = Uint32Array;

/** One word in so many is in the index: the same ones of every copy of a recording. */
const SAMPLE = 4;
/** Bits of a word that differ between copies most often are left out of the index. */
const INDEX_SHIFT = 4;
/** Fewer words (about four seconds) are too few to be sure. */
const MIN_OVERLAP_WORDS = 30;
/** Copies differ in 2 to 20 % of the bits, other recordings in 45 to 50 %. */
const MAX_DIFFERENCE = 0.28;

/** Reads the bytes of a print; a rest that is no whole word is left out. */
export function readPrint(bytes: Uint8Array): Print {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  return Uint32Array.from({ length: Math.floor(bytes.byteLength / 4) }, (_, n) => view.getUint32(n * 4, true));
}

/** The words by which a print is found: whole numbers of PostgreSQL's `integer`, each once. */
export function indexWords(print: Print): number[] {
  const words = new Set<number>();
  for (const word of print) {
    const kept = word >>> INDEX_SHIFT;
    // Spread by a multiplication (Knuth), so that the choice does not follow the sound.
    if ((Math.imul(kept, 2_654_435_761) >>> 16) % SAMPLE === 0) words.add(kept);
  }
  return [...words];
}

/** How two recordings overlap. */
interface Overlap {
  words: number;
  /** Share of bits that differ, 0 to 1. */
  difference: number;
}

/** True when one holds the other, or a good part of it. */
export function isSameRecording(one: Print, other: Print): boolean {
  const overlap = bestOverlap(one, other);
  return overlap !== undefined && overlap.words >= MIN_OVERLAP_WORDS && overlap.difference <= MAX_DIFFERENCE;
}

/** The overlap at the shift at which most words agree; undefined where none do. */
function bestOverlap(one: Print, other: Print): Overlap | undefined {
  const places = new Map<number, number[]>();
  other.forEach((word, at) => {
    const kept = word >>> INDEX_SHIFT;
    places.set(kept, [...(places.get(kept) ?? []), at].slice(0, 16));
  });
  const votes = new Map<number, number>();
  one.forEach((word, at) => {
    for (const place of places.get(word >>> INDEX_SHIFT) ?? []) votes.set(place - at, (votes.get(place - at) ?? 0) + 1);
  });
  const [best] = [...votes].toSorted((a, b) => b[1] - a[1]);
  return best && overlapAt(one, other, best[0]);
}

function overlapAt(one: Print, other: Print, shift: number): Overlap {
  let words = 0;
  let bits = 0;
  one.forEach((word, at) => {
    const beside = other[at + shift];
    if (beside === undefined) return;
    words += 1;
    bits += countBits(word ^ beside);
  });
  return { words, difference: words === 0 ? 1 : bits / (32 * words) };
}

function countBits(word: number): number {
  let left = word >>> 0;
  let count = 0;
  for (; left !== 0; left = (left & (left - 1)) >>> 0) count += 1;
  return count;
}
