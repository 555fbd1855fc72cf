/** Vectors of posts of which nothing, or little, was learned yet. */
import { chanceFrom, normal } from '../learn/chance.ts';
import type { PostFacts } from '../learn/epoch.ts';
import { rescale } from '../learn/vectors.ts';
import { DIMENSIONS, TAGS_READ } from '../shelf/rows.ts';

/** A post's own vector counts from so many positives. */
export const LEARNED_FROM_POSITIVES = 5;
/** No start is longer: a guess must not outshout what was learned. */
const START_NORM = 0.5;
/** A content vector's parts: tags say more than who made it, which has a term of its own. */
const CREATOR_PART = 0.5;
const SOUND_PART = 0.5;

/** int8 steps per unit, times 256, for content vectors: of length 1, so that 99.95 % of entries lie below 0.44. */
export const CONTENT_SCALE256 = 73_984;

/** A fixed direction for a key: the same everywhere and for ever. Kept, since few keys make many posts. */
export function contentVectors(): (facts: PostFacts) => Float64Array {
  const directions = new Map<number, Float64Array>();
  const directionOf = (key: number): Float64Array => {
    const known = directions.get(key);
    if (known !== undefined) return known;
    const chance = chanceFrom(key);
    const direction = Float64Array.from({ length: DIMENSIONS }, () => normal(chance, 1));
    rescale(direction, 1);
    directions.set(key, direction);
    return direction;
  };
  return ({ creator, sound, tags }) => {
    const vector = new Float64Array(DIMENSIONS);
    for (const tag of tags.slice(0, TAGS_READ)) add(vector, directionOf(tag), 1);
    if (creator !== 0) add(vector, directionOf(creator), CREATOR_PART);
    if (sound !== 0) add(vector, directionOf(sound), SOUND_PART);
    rescale(vector, 1);
    return vector;
  };
}

/** Mean learned vectors by creator, sound and tag. */
export interface GroupMeans {
  sums: Map<number, { vector: Float64Array; count: number }>;
}

/** Means over posts whose own vector counts. */
export function groupMeans(learned: Iterable<readonly [PostFacts, Float64Array]>): GroupMeans {
  const sums: GroupMeans['sums'] = new Map();
  for (const [facts, vector] of learned) {
    for (const key of keysOf(facts)) {
      const sum = sums.get(key) ?? { vector: new Float64Array(DIMENSIONS), count: 0 };
      if (sum.count === 0) sums.set(key, sum);
      add(sum.vector, vector, 1);
      sum.count += 1;
    }
  }
  return { sums };
}

/** Where a new post starts: the mean of the means of its creator, sound and tags, at most 0.5 long; zero if none is known. */
export function startVector({ sums }: GroupMeans, facts: PostFacts): Float64Array {
  const start = new Float64Array(DIMENSIONS);
  let count = 0;
  for (const key of keysOf(facts)) {
    const sum = sums.get(key);
    if (sum === undefined) continue;
    add(start, sum.vector, 1 / sum.count);
    count += 1;
  }
  if (count === 0) return start;
  let square = 0;
  for (let d = 0; d < DIMENSIONS; d += 1) {
    start[d] = (start[d] ?? 0) / count;
    square += (start[d] ?? 0) ** 2;
  }
  if (square > START_NORM ** 2) rescale(start, START_NORM);
  return start;
}

function keysOf({ creator, sound, tags }: PostFacts): number[] {
  return [creator, sound, ...tags.slice(0, TAGS_READ)].filter((key) => key !== 0);
}

function add(target: Float64Array, vector: Float64Array, factor: number): void {
  for (let d = 0; d < DIMENSIONS; d += 1) target[d] = (target[d] ?? 0) + factor * (vector[d] ?? 0);
}
