/** The first posts of the shelves as two weights files would place them, for the same viewer at the same moment. */
import { rank, type Weights } from '@vitrine/ranking';
import type { Run } from './run.ts';

/** Ids in both orders, first first. */
export interface Comparison {
  now: string[];
  other: string[];
}

/** Ranks a run's inputs again with other weights. */
export function compareOrders({ inputs, places, ranking }: Run, weights: Weights): Comparison {
  const again = rank({ ...inputs, weights });
  const idsOf = (order: readonly { post: number }[]): string[] => order.map(({ post }) => places.get(post)?.id ?? '');
  return { now: idsOf(ranking.order), other: idsOf(again.order) };
}
