/** What an author may see of watching: nothing below 20 watches, and then only steps of 5, so that no single watch can be read. Pure. */
import { OUTCOME_BUCKETS } from '@vitrine/schema';
import { shownViews } from '../tickets/views.ts';

/** What is shown of a post on a day. */
interface ShownFigures {
  views: number | undefined;
  /** How many watched to each tenth and beyond, from the first moment on; null where they were too few. */
  retention: (number | null)[];
}

/** Figures of the sums of reports: views, and watches by outcome bucket. */
export function figuresOf(views: number, outcomes: ReadonlyMap<number, number>): ShownFigures {
  const counts = Array.from({ length: OUTCOME_BUCKETS }, (_, bucket) => outcomes.get(bucket) ?? 0);
  const retention = counts.map((_, bucket) => shownViews(sum(counts.slice(bucket))) ?? null);
  return { views: shownViews(views), retention };
}

function sum(counts: readonly number[]): number {
  return counts.reduce((all, count) => all + count, 0);
}

/** Whether there is anything to show. */
export function isAnyShown({ views, retention }: ShownFigures): boolean {
  return views !== undefined || retention.some((count) => count !== null);
}
