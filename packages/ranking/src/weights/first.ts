import file from '../../weights/0001.json' with { type: 'json' };
import { checkWeights, type Weights } from './weights.ts';

/** The weights in force: weights/0001.json. */
export const WEIGHTS: Weights = checkWeights(file);
