/** Why a post stands where it stands, in full. */
import type { Memory } from '../taste/memory.ts';
import type { Why } from './calls.ts';
import type { Run } from './run.ts';

/** The answer for a post that is in the list. */
export function whyOf(
  { runs, memory }: { runs: ReadonlyMap<number, Run>; memory: Pick<Memory, 'watches'> },
  post: number,
): Why | undefined {
  const run = runs.get(post);
  const index = run?.ranking.order.findIndex((ranked) => ranked.post === post) ?? -1;
  const ranked = run?.ranking.order[index];
  const reasons = run?.ranking.reasons[index];
  const at = run?.places.get(post);
  if (!run || !ranked || !reasons || !at) return undefined;
  const idOf = (each: number): string =>
    run.places.get(each)?.id ?? memory.watches.find((watch) => watch.post === each)?.id ?? '';
  const last = run.ranking.order.at(-1);
  const { rows } = at.shelf;
  return {
    place: index + 1,
    candidates: run.ranking.candidates,
    score: ranked.score,
    parts: reasons.parts,
    watches: reasons.watches.map((share) => ({ ...share, id: idOf(share.post) })),
    placement: ranked.placement,
    penalty: ranked.penalty,
    passed: ranked.passed.map((each) => ({ ...each, id: idOf(each.post) })),
    sources: ranked.sources,
    next:
      last && last.post !== post
        ? { id: idOf(last.post), post: last.post, missing: ranked.score - last.score }
        : undefined,
    epoch: run.epoch.heads.epoch,
    tags: [...rows.tags.subarray(at.row * 5, at.row * 5 + 5)].filter((tag) => tag !== 0),
    creator: rows.creators[at.row] ?? 0,
    sound: rows.sounds[at.row] ?? 0,
  };
}
