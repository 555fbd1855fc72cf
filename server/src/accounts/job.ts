/** What accounts does by itself: erases who has left for 30 days, and tidies up what has run out. */
import type { Sweep } from '../platform/sweeps.ts';
import type { OutboxEvent } from '../platform/outbox.ts';
import { eraseAvatars, type AvatarGrounds } from './avatar.ts';
import type { AccountStore } from './store.ts';

const HOUR_MS = 3_600_000;

/** What it listens to: its own erasures, for the files that no transaction reaches. */
export function accountEvents(
  grounds: Pick<AvatarGrounds, 'db' | 'media'>,
): Readonly<Record<string, (event: OutboxEvent) => Promise<void>>> {
  return { 'account.erased': ({ writerKey }) => eraseAvatars(grounds, writerKey) };
}

/** Its regular work. */
export function accountSweeps({ accounts }: { accounts: AccountStore }): Sweep[] {
  return [
    {
      name: 'leaving accounts',
      everyMs: HOUR_MS,
      run: async (signal) => {
        for (const id of await accounts.dueForErasure()) if (!signal.aborted) await accounts.erase(id);
      },
    },
    { name: 'sessions and handles', everyMs: HOUR_MS, run: () => accounts.sweep() },
  ];
}
