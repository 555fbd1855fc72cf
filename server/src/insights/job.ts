/** What insights hears of, and does now and then. */
import type { OutboxEvent } from '../platform/outbox.ts';
import type { Sweep } from '../platform/sweeps.ts';
import type { InsightStore } from './store.ts';

const FIGURES_EVERY_MS = 5 * 60_000;
const STANDS_EVERY_MS = 60_000;
const FORGET_EVERY_MS = 3_600_000;

/** Events that insights listens to. Each may come twice. */
export function insightEvents({
  insights,
}: {
  insights: InsightStore;
}): Readonly<Record<string, (event: OutboxEvent) => Promise<void>>> {
  return {
    'post.erased': async ({ body }) => {
      if (typeof body.publicNumber === 'string') await insights.forgetPost(Number(body.publicNumber));
    },
  };
}

/** What insights does now and then. */
export function insightSweeps({ insights }: { insights: InsightStore }): Sweep[] {
  return [
    { name: 'figures of the day', everyMs: FIGURES_EVERY_MS, run: () => insights.publishDay() },
    { name: 'where posts stand', everyMs: STANDS_EVERY_MS, run: () => insights.recordStands() },
    { name: 'where posts stood', everyMs: FORGET_EVERY_MS, run: () => insights.forgetOld() },
  ];
}
