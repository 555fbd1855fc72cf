/** What would have changed a post's place: the same page scored again with something left out. */
import { type RankInputs, scoreCandidates } from '@vitrine/ranking';
import type { Change } from './calls.ts';
import type { Run } from './run.ts';

/** Without profile, without the strongest watch, and how much less would have cost it its place. */
export function changesOf({ runs }: { runs: ReadonlyMap<number, Run> }, post: number): Change[] {
  const run = runs.get(post);
  if (run === undefined) return [];
  const index = run.ranking.order.findIndex((ranked) => ranked.post === post);
  const strongest = run.ranking.reasons[index]?.watches.find(({ part }) => part > 0)?.post;
  const { taste } = run.inputs;
  const changes: Change[] = [];
  const next = run.ranking.order[index + 1];
  const own = run.ranking.order[index];
  if (own && next && own.score > next.score)
    changes.push({ kind: 'points', points: own.score - next.score + 1, place: index + 2 });
  if (strongest !== undefined) {
    const positives = taste.positives.filter((positive) => positive.post !== strongest);
    changes.push({ kind: 'forget', points: 0, place: placeBy(run, post, { ...taste, positives }) });
  }
  if (taste.positives.length > 0)
    changes.push({ kind: 'noProfile', points: 0, place: placeBy(run, post, { ...taste, positives: [] }) });
  return changes;
}

/** Place by score alone; 0 = a filter removed it. */
function placeBy({ inputs }: Run, post: number, taste: RankInputs['taste']): number {
  const { candidates, kept, scored } = scoreCandidates({ ...inputs, taste });
  const own = kept.findIndex((place) => candidates.posts[place] === post);
  if (own < 0) return 0;
  const score = scored.totals[own] ?? 0;
  return 1 + scored.totals.filter((total) => total > score).length;
}
