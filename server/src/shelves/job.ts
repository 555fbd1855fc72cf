/** What shelves hears of, and does now and then. */
import type { MediaStore } from '../platform/media-store.ts';
import type { OutboxEvent } from '../platform/outbox.ts';
import type { Sweep } from '../platform/sweeps.ts';
import type { Db } from '../platform/database.ts';
import type { World } from '../platform/world.ts';
import { noteChange } from './changes.ts';
import { fileKey, type ShelfStore } from './store.ts';

const FORGET_EVERY_MS = 3_600_000;
const POST_KINDS = [
  'post.published',
  'post.changed',
  'post.deleted',
  'post.undeleted',
  'post.erased',
  'post.removed',
  'post.restored',
] as const;
const ACCOUNT_KINDS = [
  'account.privacyChanged',
  'account.leaving',
  'account.returned',
  'account.erased',
  'account.suspended',
  'account.unsuspended',
] as const;

type Listen = (event: OutboxEvent) => Promise<void>;

/** Events after which a post may stand on other shelves, or on none. Each may come twice. */
export function shelfEvents({ db, world }: { db: Db; world: World }): Readonly<Record<string, Listen>> {
  const onPost: Listen = ({ body }) =>
    noteChange(db, world, {
      subjectId: String(body.postId),
      kind: 'post',
      publicNumber: typeof body.publicNumber === 'string' ? Number(body.publicNumber) : undefined,
    });
  const onAccount: Listen = ({ body }) => noteChange(db, world, { subjectId: String(body.accountId), kind: 'account' });
  return Object.fromEntries([
    ...POST_KINDS.map((kind) => [kind, onPost] as const),
    ...ACCOUNT_KINDS.map((kind) => [kind, onAccount] as const),
  ]);
}

/** What shelves does now and then. */
export function shelfSweeps({ shelves, media }: { shelves: ShelfStore; media: MediaStore }): Sweep[] {
  return [
    {
      name: 'old shelves',
      everyMs: FORGET_EVERY_MS,
      run: async () => {
        for (const hash of await shelves.forgetOld()) await media.remove(fileKey(hash));
      },
    },
  ];
}
