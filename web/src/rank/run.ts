import type { RankInputs, Ranking } from '@vitrine/ranking';
import type { Memory } from '../taste/memory.ts';
import type { Epoch, PostPlace } from './shelves.ts';

/** One ranking, for as long as its posts are in the list. */
export interface Run {
  epoch: Epoch;
  files: string[];
  inputs: RankInputs;
  memory: Pick<Memory, 'nonce' | 'counter'>;
  ranking: Ranking;
  places: Map<number, PostPlace>;
  isKept: boolean;
}
