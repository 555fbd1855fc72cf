/** Times a ranking beside a plain pass over the same bytes, in whatever engine this runs. */
import { rank, type RankInputs } from '@vitrine/ranking';

/** Milliseconds of a ranking and of the plain passes just before and after it. */
export interface Timed {
  candidates: number;
  rounds: { rankMs: number; beforeMs: number; afterMs: number; wasInterrupted: boolean }[];
}

const WARM = 40;

/** Ranks so many times. `interruptions` counts how often others took the processor away, where the engine can tell. */
export function timeRankings(inputs: RankInputs, rounds: number, interruptions: () => number = () => 0): Timed {
  const pass = plainPass(inputs);
  for (let i = 0; i < WARM; i += 1) {
    rank(inputs);
    pass();
  }
  let kept = 0;
  const timeOf = (task: () => number): number => {
    const startedMs = performance.now();
    kept = (kept + task()) | 0;
    return performance.now() - startedMs;
  };
  const timed = Array.from({ length: rounds }, () => {
    const beforeMs = timeOf(pass);
    const before = interruptions();
    const rankMs = timeOf(() => rank(inputs).candidates);
    const wasInterrupted = interruptions() !== before;
    return { rankMs, beforeMs, afterMs: timeOf(pass), wasInterrupted };
  });
  return { candidates: rank(inputs).candidates, rounds: timed };
}

/** Sums up every byte that the shelves' rows hold; ten times, so that a browser's clock can tell. */
function plainPass({ shelves }: RankInputs): () => number {
  const columns = shelves.flatMap(({ rows }) => Object.values(rows).filter((column) => typeof column !== 'number'));
  const bytes = columns.map(({ buffer }) => new Uint8Array(buffer as ArrayBuffer));
  return () => {
    let sum = 0;
    for (let turn = 0; turn < PASSES; turn += 1) {
      for (const column of bytes) for (let at = 0; at < column.length; at += 1) sum = (sum + (column[at] ?? 0)) | 0;
    }
    return sum;
  };
}

/** Passes that one measure holds; its time is divided by as many. */
export const PASSES = 10;
