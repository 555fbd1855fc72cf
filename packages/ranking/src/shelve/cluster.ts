/** Which posts stand together on a near shelf: two-means again and again, halves of equal size (bisecting k-means). */
import { DIMENSIONS } from '../shelf/rows.ts';

/** Posts on a shelf, about. */
const SHELF_POSTS = 100;
/** Steps of each two-means: more move few posts. */
const STEPS = 3;

/** A post's vector in the table of all: `vectors[slot x 64 …]`. */
interface ClusterTable {
  vectors: Int8Array;
}

/**
 * Groups slots into posts / 100 shelves, at least one. The same vectors give the same groups; ties fall by slot.
 * `breathe` is awaited between cuts, so that a process with other duties can do them.
 */
export async function clusterPosts(
  table: ClusterTable,
  slots: readonly number[],
  breathe: () => Promise<void>,
): Promise<number[][]> {
  const done: number[][] = [];
  const open: { members: Int32Array<ArrayBufferLike>; shelves: number }[] = [
    { members: Int32Array.from(slots).sort(), shelves: Math.max(1, Math.round(slots.length / SHELF_POSTS)) },
  ];
  for (let group = open.pop(); group !== undefined; group = open.pop()) {
    const { members, shelves } = group;
    if (shelves <= 1) {
      done.push(Array.from(members));
      continue;
    }
    const leftShelves = shelves >>> 1;
    const cut = Math.round((members.length * leftShelves) / shelves);
    const [left, right] = halve(table, members, cut);
    open.push({ members: right, shelves: shelves - leftShelves }, { members: left, shelves: leftShelves });
    await breathe();
  }
  return done;
}

/** Cuts across the line between two means, so that `cut` members fall to the first. */
function halve({ vectors }: ClusterTable, members: Int32Array, cut: number): [Int32Array, Int32Array] {
  const along = new Float64Array(members.length);
  let direction = firstDirection(vectors, members);
  for (let step = 0; step < STEPS; step += 1) {
    project(vectors, members, { direction, along });
    if (step + 1 < STEPS) direction = betweenMeans(vectors, members, { along, edge: quantile(along, cut) });
  }
  const order = Uint32Array.from(members, (_, i) => i);
  order.sort((a, b) => (along[a] ?? 0) - (along[b] ?? 0) || a - b);
  const sorted = Int32Array.from(order, (i) => members[i] ?? 0);
  return [sorted.slice(0, cut).sort(), sorted.slice(cut).sort()];
}

/** From the mean to the member that lies farthest from it. */
function firstDirection(vectors: Int8Array, members: Int32Array): Float64Array {
  const mean = new Float64Array(DIMENSIONS);
  for (const slot of members) {
    for (let d = 0; d < DIMENSIONS; d += 1) mean[d] = (mean[d] ?? 0) + (vectors[slot * DIMENSIONS + d] ?? 0);
  }
  for (let d = 0; d < DIMENSIONS; d += 1) mean[d] = (mean[d] ?? 0) / members.length;
  let farthest = members[0] ?? 0;
  let most = -1;
  for (const slot of members) {
    let square = 0;
    for (let d = 0; d < DIMENSIONS; d += 1) square += ((vectors[slot * DIMENSIONS + d] ?? 0) - (mean[d] ?? 0)) ** 2;
    if (square > most) [most, farthest] = [square, slot];
  }
  return mean.map((part, d) => (vectors[farthest * DIMENSIONS + d] ?? 0) - part);
}

interface Projection {
  direction: Float64Array;
  along: Float64Array;
}

function project(vectors: Int8Array, members: Int32Array, { direction, along }: Projection): void {
  for (let i = 0; i < members.length; i += 1) {
    const start = (members[i] ?? 0) * DIMENSIONS;
    let product = 0;
    for (let d = 0; d < DIMENSIONS; d += 1) product += (direction[d] ?? 0) * (vectors[start + d] ?? 0);
    along[i] = product;
  }
}

/** Direction between the means of both sides of the edge. */
function betweenMeans(
  vectors: Int8Array,
  members: Int32Array,
  { along, edge }: { along: Float64Array; edge: number },
): Float64Array {
  const sums = [new Float64Array(DIMENSIONS), new Float64Array(DIMENSIONS)] as const;
  const counts = [0, 0] as [number, number];
  for (let i = 0; i < members.length; i += 1) {
    const side = (along[i] ?? 0) < edge ? 0 : 1;
    counts[side] += 1;
    const start = (members[i] ?? 0) * DIMENSIONS;
    for (let d = 0; d < DIMENSIONS; d += 1) sums[side][d] = (sums[side][d] ?? 0) + (vectors[start + d] ?? 0);
  }
  const [low, high] = [Math.max(1, counts[0]), Math.max(1, counts[1])];
  return sums[1].map((sum, d) => sum / high - (sums[0][d] ?? 0) / low);
}

/** The value that `rank` values lie below, of a copy. */
function quantile(values: Float64Array, rank: number): number {
  return values.toSorted()[rank] ?? 0;
}
