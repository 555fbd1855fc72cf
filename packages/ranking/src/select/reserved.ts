/** Select: places that are kept for new posts and for followed creators. */
import type { Field, Placed, Pooled } from '../diversify/placed.ts';
import { SPAN } from '../diversify/limits.ts';
import { mix } from '../integer/mix.ts';
import type { Viewer } from '../scorers/viewer.ts';

/** Draws of the lottery of which the best by score is taken: chance opens the door, taste chooses within. */
const DRAWN = 8;

/**
 * New posts get their places by lottery: of each ten, as many as the weights file says, at places and with posts that
 * follow from the seed. In an open ranking a post without watches would never appear.
 */
export function reservedFresh(
  all: readonly Pooled[],
  { candidates, kept, seed, viewer }: Field,
): (page: readonly Placed[], taken: ReadonlySet<number>) => Placed | undefined {
  const fresh = all.filter((pooled) => {
    const shelf = candidates.shelves[kept[pooled.kept] ?? 0];
    return shelf?.kind === 'fresh';
  });
  const drawn = fresh
    .map((pooled) => ({ pooled, lot: mix(...seed, pooled.post) }))
    .sort((a, b) => a.lot - b.lot || a.pooled.post - b.pooled.post)
    .map(({ pooled }) => pooled);
  return (page, taken) => {
    if (!isFreshPlace(page.length, seed, viewer.weights.numbers.freshInTen.value)) return undefined;
    const open = drawn.filter(({ kept: index }) => !taken.has(index)).slice(0, DRAWN);
    open.sort((a, b) => b.total - a.total || a.tie - b.tie || a.post - b.post);
    const [first] = open;
    return first && { ...first, placement: 'fresh', penalty: 0, passed: [] };
  };
}

/** Whether the place is one of the reserved ones of its ten. */
function isFreshPlace(place: number, seed: readonly number[], inTen: number): boolean {
  const ten = place - (place % SPAN);
  const places = Array.from({ length: SPAN }, (_, i) => ({ i, lot: mix(...seed, ten, i) }));
  places.sort((a, b) => a.lot - b.lot || a.i - b.i);
  return places.slice(0, inTen).some(({ i }) => ten + i === place);
}

/** The best followed post, when fewer of the last ten would be followed than promised. */
export function followedDue(
  page: readonly Placed[],
  best: readonly Pooled[],
  { taken, viewer }: { taken: ReadonlySet<number>; viewer: Viewer },
): Placed | undefined {
  const { followedCreators } = viewer.taste;
  const promised = viewer.weights.numbers.followedInTen.value;
  if (followedCreators.size === 0 || promised === 0) return undefined;
  const isFollowed = ({ rows, row }: Pooled | Placed) => followedCreators.has(rows.creators[row] ?? 0);
  const inThisTen = page.slice(page.length - (page.length % SPAN));
  const missing = promised - inThisTen.filter(isFollowed).length;
  if (missing < SPAN - inThisTen.length) return undefined;
  const found = best.find((pooled) => !taken.has(pooled.kept) && isFollowed(pooled));
  return found && { ...found, placement: 'followed', penalty: 0, passed: [] };
}
