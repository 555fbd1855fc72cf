/** What tickets hears of, and does now and then. */
import type { OutboxEvent } from '../platform/outbox.ts';
import type { Sweep } from '../platform/sweeps.ts';
import type { TicketStore } from './store.ts';

/** A new minute is noticed within so long. */
const CLOSE_EVERY_MS = 5000;
const VIEWS_EVERY_MS = 5 * 60_000;
const FORGET_EVERY_MS = 3_600_000;

/** Events that tickets listens to. Each may come twice. */
export function ticketEvents({
  tickets,
}: {
  tickets: TicketStore;
}): Readonly<Record<string, (event: OutboxEvent) => Promise<void>>> {
  return {
    'post.erased': async ({ body }) => {
      if (typeof body.publicNumber === 'string') await tickets.forgetPost(Number(body.publicNumber));
    },
    'account.erased': async ({ body }) => tickets.forgetAccount(String(body.accountId)),
  };
}

/** What tickets does now and then. */
export function ticketSweeps({ tickets }: { tickets: TicketStore }): Sweep[] {
  return [
    { name: 'minute of reports', everyMs: CLOSE_EVERY_MS, run: async () => void (await tickets.closeMinute()) },
    { name: 'views of the day', everyMs: VIEWS_EVERY_MS, run: () => tickets.publishViews() },
    { name: 'old tickets and reports', everyMs: FORGET_EVERY_MS, run: () => tickets.forgetOld() },
  ];
}
