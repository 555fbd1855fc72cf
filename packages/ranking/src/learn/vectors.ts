/** Vectors: each post of a chunk of three is predicted from the other two (BPR, Rendle et al. 2009). */
import { DIMENSIONS } from '../shelf/rows.ts';
import { type Chance, normal } from './chance.ts';

/** Three finished posts of one viewer, sent together and never linked to other chunks. */
export interface Chunk {
  posts: readonly [number, number, number];
  /** Weight of the weakest ticket. */
  weight: number;
}

/** How vectors are trained. */
interface TrainingNumbers {
  rate: number;
  decay: number;
  negatives: number;
  /** Share of negatives taken from the list of accepted positives; the rest are uniform. */
  popularShare: number;
  /** Length of the context. */
  contextNorm: number;
  /** Stored chunks trained again after each new one. */
  replayed: number;
  startDeviation: number;
}

/** Chosen on the tuning days (docs/algorithm.md). */
export const TRAINING: TrainingNumbers = {
  rate: 0.05,
  decay: 0.00025,
  negatives: 4,
  popularShare: 0.8,
  contextNorm: 2,
  replayed: 8,
  startDeviation: 0.1,
};

/** Vectors in training. */
export interface VectorState {
  vectors: Map<number, Float64Array>;
  /** Posts that have a vector, in the order of their first appearance: uniform negatives. */
  posts: number[];
  /** Accepted positives in order: popular negatives. */
  positives: number[];
  chunks: Chunk[];
  chance: Chance;
}

/** Vectors before anything was learned. */
export function vectorState(chance: Chance): VectorState {
  return { vectors: new Map(), posts: [], positives: [], chunks: [], chance };
}

/** The post's vector; a post that is met first gets a start near zero. */
export function vectorOf(state: VectorState, post: number): Float64Array {
  const known = state.vectors.get(post);
  if (known !== undefined) return known;
  const vector = new Float64Array(DIMENSIONS);
  for (let d = 0; d < DIMENSIONS; d += 1) vector[d] = normal(state.chance, TRAINING.startDeviation);
  state.vectors.set(post, vector);
  state.posts.push(post);
  return vector;
}

/** Counts a positive for the choice of negatives. */
export function notePositive(state: VectorState, post: number): void {
  vectorOf(state, post);
  state.positives.push(post);
}

/** Learns a chunk, then some of all kept chunks again, drawn by chance. */
export function learnChunk(state: VectorState, chunk: Chunk): void {
  for (const post of chunk.posts) vectorOf(state, post);
  train(state, chunk);
  state.chunks.push(chunk);
  for (let i = 0; i < TRAINING.replayed; i += 1) {
    const old = state.chunks[state.chance.below(state.chunks.length)];
    if (old !== undefined) train(state, old);
  }
}

function train(state: VectorState, { posts, weight }: Chunk): void {
  const [x, y, z] = posts;
  step(state, { target: x, context: [y, z], weight });
  step(state, { target: y, context: [x, z], weight });
  step(state, { target: z, context: [x, y], weight });
}

interface Step {
  target: number;
  context: readonly number[];
  weight: number;
}

const context = new Float64Array(DIMENSIONS);

function step(state: VectorState, { target, context: others, weight }: Step): void {
  context.fill(0);
  for (const post of others) {
    const vector = vectorOf(state, post);
    for (let d = 0; d < DIMENSIONS; d += 1) context[d] = (context[d] as number) + (vector[d] as number);
  }
  rescale(context, TRAINING.contextNorm);
  pull(state, { context, target: vectorOf(state, target), post: target, weight });
}

/** One positive against the negatives: moves target and negatives, never the context. */
export function pull(
  state: VectorState,
  { context: c, target, post, weight }: { context: Float64Array; target: Float64Array; post: number; weight: number },
): void {
  for (let n = 0; n < TRAINING.negatives; n += 1) {
    const other = drawNegative(state);
    if (other === post) continue;
    const negative = vectorOf(state, other);
    let margin = 0;
    for (let d = 0; d < DIMENSIONS; d += 1) {
      margin += (c[d] as number) * ((target[d] as number) - (negative[d] as number));
    }
    const error = (weight * TRAINING.rate) / (1 + exponential(margin));
    for (let d = 0; d < DIMENSIONS; d += 1) {
      const move = error * (c[d] as number);
      target[d] = (target[d] as number) + move - TRAINING.decay * (target[d] as number);
      negative[d] = (negative[d] as number) - move - TRAINING.decay * (negative[d] as number);
    }
  }
}

/** Rescales in place to a length; zero stays zero. */
export function rescale(vector: Float64Array, length: number): void {
  let square = 0;
  for (const part of vector) square += part * part;
  if (square === 0) return;
  const factor = length / Math.sqrt(square);
  for (let d = 0; d < DIMENSIONS; d += 1) vector[d] = (vector[d] as number) * factor;
}

function drawNegative({ chance, positives, posts }: VectorState): number {
  const pool = chance.fraction() < TRAINING.popularShare && positives.length > 0 ? positives : posts;
  return pool[chance.below(pool.length)] ?? 0;
}

/** (1 + x / 4096)^4096 by twelve squarings, within 1 % for |x| < 9: engines agree on + and x, not on `Math.exp`. */
function exponential(x: number): number {
  let power = 1 + Math.max(-30, Math.min(30, x)) / 4096;
  for (let i = 0; i < 12; i += 1) power *= power;
  return power;
}
