/** What publish hears of, and does now and then. */
import type { OutboxEvent } from '../platform/outbox.ts';
import type { Sweep } from '../platform/sweeps.ts';
import { addOwnCaptions, type CaptionGrounds } from './captions.ts';
import { discardForgotten, eraseAccount, eraseDeleted, eraseDeletedDrafts, type EraseGrounds } from './erase.ts';
import { goOnWith } from './made.ts';
import { onFailed, onPlayable, onStored, showPost, type PublishGrounds } from './store.ts';

const ERASE_EVERY_MS = 60_000;
const FORGET_EVERY_MS = 3_600_000;

/** Events that publish listens to. Each may come twice. */
export function publishEvents(
  grounds: EraseGrounds & CaptionGrounds,
): Readonly<Record<string, (event: OutboxEvent) => Promise<void>>> {
  return {
    'upload.stored': (event) => onStored(grounds, text(event, 'uploadId')),
    'upload.ended': async (event) => {
      await onFailed(grounds, text(event, 'uploadId'));
      await goOnWith(grounds, text(event, 'uploadId'));
    },
    'video.probed': (event) => goOnWith(grounds, text(event, 'videoId')),
    'video.playable': async (event) => {
      await addOwnCaptions(grounds, text(event, 'videoId'));
      await onPlayable(grounds, text(event, 'videoId'));
    },
    'video.failed': async (event) => {
      await onFailed(grounds, text(event, 'videoId'));
      await goOnWith(grounds, text(event, 'videoId'));
    },
    'upload.sound': async (event) => {
      await onFailed(grounds, text(event, 'uploadId'));
      await goOnWith(grounds, text(event, 'uploadId'));
    },
    'account.privacyChanged': (event) => showPostsOf(grounds, text(event, 'accountId')),
    'account.erased': (event) => eraseAccount(grounds, text(event, 'accountId')),
  };
}

/** What publish does now and then. */
export function publishSweeps(grounds: EraseGrounds): Sweep[] {
  return [
    { name: 'deleted posts', everyMs: ERASE_EVERY_MS, run: () => eraseDeleted(grounds) },
    { name: 'deleted drafts', everyMs: ERASE_EVERY_MS, run: () => eraseDeletedDrafts(grounds) },
    { name: 'forgotten uploads', everyMs: FORGET_EVERY_MS, run: () => discardForgotten(grounds) },
  ];
}

/** An account became private or public: the files of its posts move to other addresses. */
async function showPostsOf(grounds: PublishGrounds, accountId: string): Promise<void> {
  const posts = await grounds.db
    .selectFrom('posts')
    .select(['id', 'account_id', 'video_id', 'audience'])
    .where('account_id', '=', accountId)
    .where('audience', '=', 'everyone')
    .execute();
  for (const post of posts) await grounds.db.transaction().execute((tx) => showPost(tx, grounds, post));
}

function text(event: OutboxEvent, name: string): string {
  const value = event.body[name];
  if (typeof value !== 'string') throw new Error(`an event ${event.kind} without ${name}`);
  return value;
}
