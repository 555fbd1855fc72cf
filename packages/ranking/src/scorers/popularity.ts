import type { ShelfRows } from '../shelf/rows.ts';
import type { ScorerFor } from './viewer.ts';

type Column = 'trends2h' | 'trends6h' | 'trends1d' | 'trends2d' | 'trends7d';

/** What popularity alone can add is bounded: the trend counts up to the cap of the weights file. */
const scoreTrend =
  (column: Column): ScorerFor =>
  ({ weights }) => {
    const cap = weights.numbers.trendCap256.value;
    return (rows: ShelfRows, row) => Math.min(rows[column][row] ?? 0, cap);
  };

export const scoreTrend2h = scoreTrend('trends2h');
export const scoreTrend6h = scoreTrend('trends6h');
export const scoreTrend1d = scoreTrend('trends1d');
export const scoreTrend2d = scoreTrend('trends2d');
export const scoreTrend7d = scoreTrend('trends7d');

/** How often watches of it are finished, over the region's rate. */
export const scoreRate: ScorerFor = () => (rows, row) => rows.rates[row] ?? 0;
