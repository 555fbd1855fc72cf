/**
 * Recomputes the figures of a replay from its trace, knowing nothing of the package that wrote it.
 * `node tools/figures-of-trace.ts FILE [ROW]`: one JSON object a line with row, target, rank and the best 20; prints one line of JSON.
 * With ROW only the events from that row of the log on are counted.
 */
import { readFileSync } from 'node:fs';

interface Line {
  row: number;
  target: number | string;
  rank: number;
  best: (number | string)[];
}

/** Mean of hits, discounted gain and deep hits; and how many lines contradict themselves. */
export function figuresOfTrace(
  text: string,
  fromRow = 0,
): {
  n: number;
  hr20: number;
  ndcg20: number;
  hr100: number;
  faults: number;
} {
  const lines = text
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line)
    .filter(({ row }) => row >= fromRow);
  let [hits, gain, deepHits, faults] = [0, 0, 0, 0];
  const rows = new Set<number>();
  for (const { row, target, rank, best } of lines) {
    // Ties count against the ranking, so the target may stand before its rank in the list, never after.
    const place = best.indexOf(target) + 1;
    if (rows.has(row) || place > rank || (rank <= best.length && place === 0)) faults += 1;
    rows.add(row);
    if (rank <= 20) hits += 1;
    if (rank <= 20) gain += Math.LN2 / Math.log(rank + 1);
    if (rank <= 100) deepHits += 1;
  }
  const n = lines.length;
  const share = (sum: number) => (n === 0 ? 0 : Math.round((sum / n) * 1e6) / 1e6);
  return { n, hr20: share(hits), ndcg20: share(gain), hr100: share(deepHits), faults };
}

if (import.meta.main) {
  const [path, fromRow] = process.argv.slice(2);
  if (path === undefined) throw new Error('name the trace: node tools/figures-of-trace.ts FILE');
  const figures = figuresOfTrace(readFileSync(path, 'utf8'), Number(fromRow ?? 0));
  console.log(JSON.stringify(figures));
  process.exitCode = figures.faults > 0 ? 1 : 0;
}
