/** What algorithms hears of. */
import type { OutboxEvent } from '../platform/outbox.ts';
import type { AlgorithmStore } from './store.ts';

/** Events that algorithms listens to. Each may come twice. */
export function algorithmEvents({
  algorithms,
}: {
  algorithms: AlgorithmStore;
}): Readonly<Record<string, (event: OutboxEvent) => Promise<void>>> {
  return { 'account.erased': ({ body }) => algorithms.forgetAccount(String(body.accountId)) };
}
