/** Which new posts stand on the fresh shelf: every one until it has had its share of viewers, by lot where they are too many. */
import { mix } from '../integer/mix.ts';

/** Reported watches that every post is promised. */
export const PROMISED_IMPRESSIONS = 100;
/** Newest posts that stand there without a draw: a new post is seen within seconds. */
const NEWEST = 100;
/** Drawn from all others that are still owed. */
const DRAWN = 100;

/** A lottery that was held: who was owed watches then, and who may stand on fresh since. */
export interface Draw {
  epoch: number;
  owed: ReadonlySet<number>;
  drawn: ReadonlySet<number>;
}

/**
 * Draws from the posts that are owed watches, by rising number (which is the order of publication); undefined where all of them have room.
 * @param seed words that follow from the day's secret and the epoch of the draw
 */
export function drawFresh(
  owed: readonly number[],
  { epoch, seed }: { epoch: number; seed: readonly number[] },
): Draw | undefined {
  if (owed.length <= NEWEST + DRAWN) return undefined;
  const newest = owed.slice(-NEWEST);
  const others = owed.slice(0, -NEWEST).map((post) => ({ post, lot: mix(...seed, post) }));
  others.sort((a, b) => a.lot - b.lot || a.post - b.post);
  const drawn = new Set([...newest, ...others.slice(0, DRAWN).map(({ post }) => post)]);
  return { epoch, owed: new Set(owed), drawn };
}

/** Who stands on fresh: of those who are owed watches now, who was drawn, and who was not there to be drawn. */
export function freshOf(owed: readonly number[], draw: Omit<Draw, 'epoch'> | undefined): number[] {
  if (draw === undefined) return [...owed];
  return owed.filter((post) => draw.drawn.has(post) || !draw.owed.has(post));
}
