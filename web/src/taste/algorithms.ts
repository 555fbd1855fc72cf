/** Other people's weights files as this device takes them: asked for without a session, checked, and only by their hash. */
import { readWeights, type Weights, weightsHash } from '@vitrine/ranking';
import { sha256 } from '@noble/hashes/sha2.js';
import { request } from '../api/request.ts';

/** An algorithm chosen in place of the region's. */
export interface ChosenAlgorithm {
  hash: string;
  name: string;
  weights: Weights;
}

/** The hash in a link, or in a text that is one. */
export function hashIn(text: string): string | undefined {
  return /\b[0-9a-f]{64}\b/.exec(text.trim().toLowerCase())?.[0];
}

/**
 * An algorithm's weights.
 * @throws when there is none, when it is not what its hash says, or nothing that the ranking could use
 */
export async function fetchWeights(hash: string): Promise<Weights> {
  const weights = readWeights(await request<unknown>(`/algorithms/${hash}`));
  if (weightsHash(weights, sha256) !== hash) throw new Error('These weights are not what their hash says.');
  return weights;
}
