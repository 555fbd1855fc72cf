/** What moderation does when an account is erased. */
import { z } from 'zod';
import type { OutboxEvent } from '../platform/outbox.ts';
import type { ModerateStore } from './store.ts';

const erasedBody = z.object({ accountId: z.string() });

/** What it listens to. */
export function moderateEvents({
  moderate,
}: {
  moderate: ModerateStore;
}): Readonly<Record<string, (event: OutboxEvent) => Promise<void>>> {
  return { 'account.erased': ({ body }) => moderate.forgetComplainant(erasedBody.parse(body).accountId) };
}
