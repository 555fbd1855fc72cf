/** Figures from judged events. */
import type { Judged } from './protocol.ts';

/** Hit rates and NDCG with one relevant post each. */
export interface Figures {
  n: number;
  hr20: number;
  ndcg20: number;
  hr100: number;
  /** Standard error of hr20, events taken as independent. */
  hr20Error: number;
}

/** Figures of the events; all zero without any. */
export function figuresOf(judged: readonly Pick<Judged, 'rank'>[]): Figures {
  const n = judged.length;
  const mean = (worth: (rank: number) => number) =>
    n === 0 ? 0 : judged.reduce((sum, { rank }) => sum + worth(rank), 0) / n;
  const hr20 = mean((rank) => (rank <= 20 ? 1 : 0));
  return {
    n,
    hr20: rounded(hr20),
    ndcg20: rounded(mean((rank) => (rank <= 20 ? 1 / Math.log2(rank + 1) : 0))),
    hr100: rounded(mean((rank) => (rank <= 100 ? 1 : 0))),
    hr20Error: rounded(n === 0 ? 0 : Math.sqrt((hr20 * (1 - hr20)) / n)),
  };
}

/** Figures of viewers and posts of whom little was known. */
export function cohortsOf(judged: readonly Judged[]): Record<string, Figures> {
  return {
    newViewer: figuresOf(judged.filter(({ userPositives }) => userPositives < 5)),
    someViewer: figuresOf(judged.filter(({ userPositives }) => userPositives >= 5 && userPositives < 20)),
    knownViewer: figuresOf(judged.filter(({ userPositives }) => userPositives >= 20)),
    newPost: figuresOf(judged.filter(({ postPositives }) => postPositives < 20)),
  };
}

function rounded(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}
