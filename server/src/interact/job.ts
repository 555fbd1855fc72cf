/** What earlier folders tell: a post or an account is gone for good. */
import type { OutboxEvent } from '../platform/outbox.ts';
import type { InteractStore } from './store.ts';

/** Events that this folder listens to. */
export function interactEvents({
  interact,
}: {
  interact: InteractStore;
}): Readonly<Record<string, (event: OutboxEvent) => Promise<void>>> {
  return {
    'post.erased': ({ body }) => interact.forgetPost(String(body['postId']), String(body['accountId'])),
    'account.erased': ({ body }) => interact.forgetAccount(String(body['accountId'])),
  };
}
