/** Diversify: the page, post by post; the best that no limit forbids. Every post that a rule moved says so. */
import { mix } from '../integer/mix.ts';
import { floorDiv } from '../integer/whole.ts';
import type { Viewer } from '../scorers/viewer.ts';
import { followedDue, reservedFresh } from '../select/reserved.ts';
import { likeness } from './likeness.ts';
import { limitBroken } from './limits.ts';
import type { Field, Placed, Pooled } from './placed.ts';

/** Only so many times the page's length are looked at: the best by score, ties by hash of epoch and post. */
const POOL_FACTOR = 10;

/** The page in order. */
export function placeAll(field: Field): Placed[] {
  const { viewer } = field;
  const pool = poolOf(field);
  const fresh = reservedFresh(pool.all, field);
  const page: Placed[] = [];
  const taken = new Set<number>();
  while (page.length < viewer.controls.count && taken.size < pool.all.length) {
    const chosen =
      fresh(page, taken) ?? followedDue(page, pool.best, { taken, viewer }) ?? best(pool, page, { taken, field });
    if (chosen === undefined) break;
    taken.add(chosen.kept);
    page.push(chosen);
  }
  return page;
}

interface Pool {
  /** All kept candidates, best first. */
  all: Pooled[];
  best: Pooled[];
}

function poolOf({ candidates, kept, scored, viewer }: Field): Pool {
  const all: Pooled[] = [];
  for (const [index, place] of kept.entries()) {
    const rows = candidates.shelves[place]?.rows;
    const post = candidates.posts[place] ?? 0;
    if (rows === undefined) continue;
    const tie = mix(viewer.heads.epoch, post);
    all.push({ kept: index, post, rows, row: candidates.rows[place] ?? 0, total: scored.totals[index] ?? 0, tie });
  }
  all.sort((a, b) => b.total - a.total || a.tie - b.tie || a.post - b.post);
  return { all, best: all.slice(0, viewer.controls.count * POOL_FACTOR) };
}

function best(
  pool: Pool,
  page: readonly Placed[],
  at: { taken: ReadonlySet<number>; field: Field },
): Placed | undefined {
  const { viewer } = at.field;
  const recent = page.slice(-viewer.weights.numbers.similarityWindow.value);
  const passed: { post: number; rule: string }[] = [];
  let chosen: { pooled: Pooled; worth: number; penalty: number } | undefined;
  for (const pooled of pool.best) {
    if (at.taken.has(pooled.kept)) continue;
    if (chosen !== undefined && pooled.total <= chosen.worth) break;
    const rule = limitBroken(pooled, page, viewer);
    if (rule !== undefined) {
      passed.push({ post: pooled.post, rule });
      continue;
    }
    const penalty = penaltyOf(pooled, recent, viewer);
    if (chosen === undefined || pooled.total - penalty > chosen.worth) {
      chosen = { pooled, worth: pooled.total - penalty, penalty };
    }
  }
  if (chosen === undefined) {
    const left = pool.all.find(({ kept }) => !at.taken.has(kept));
    return left && { ...left, placement: 'relaxed', penalty: 0, passed: [] };
  }
  return { ...chosen.pooled, placement: 'score', penalty: chosen.penalty, passed };
}

function penaltyOf(pooled: Pooled, recent: readonly Placed[], viewer: Viewer): number {
  const weight = viewer.weights.numbers.similarityWeight.value;
  if (weight === 0) return 0;
  let most = 0;
  for (const other of recent) most = Math.max(most, likeness(pooled, other));
  return floorDiv(weight * most, 256);
}
