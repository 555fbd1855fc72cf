/** What shelves hears of, and does now and then. */
import type { MediaStore } from '../platform/media-store.ts';
import type { OutboxEvent } from '../platform/outbox.ts';
import type { Sweep } from '../platform/sweeps.ts';
import type { Db } from '../platform/database.ts';
import type { World } from '../platform/world.ts';
import { noteChange } from './changes.ts';
import { FILE_FOLDER, fileKey, LAST_SIGNED, type ShelfStore } from './store.ts';

const FORGET_EVERY_MS = 3_600_000;
const STRAY_EVERY_MS = 6 * 3_600_000;
const YOUNG_MS = 3_600_000;
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

interface SweepGrounds {
  shelves: ShelfStore;
  media: MediaStore;
  world: World;
}

/** Bytes that no row keeps: of an epoch that a crash cut off, or withdrawn just before one. Young ones may belong to an epoch in the making. */
async function removeStray({ shelves, media, world }: SweepGrounds): Promise<void> {
  const youngMs = world.now().getTime() - YOUNG_MS;
  for await (const { key, changedAt } of media.list(FILE_FOLDER)) {
    if (key === LAST_SIGNED || changedAt.getTime() > youngMs) continue;
    const file = await shelves.file(key.slice(key.lastIndexOf('/') + 1));
    if (file === undefined || file.isWithdrawn) await media.remove(key);
  }
}

/** What shelves does now and then. */
export function shelfSweeps({ shelves, media, world }: SweepGrounds): Sweep[] {
  return [
    {
      name: 'old shelves',
      everyMs: FORGET_EVERY_MS,
      run: async () => {
        for (const hash of await shelves.forgetOld()) await media.remove(fileKey(hash));
      },
    },
    { name: 'stray shelves', everyMs: STRAY_EVERY_MS, run: () => removeStray({ shelves, media, world }) },
  ];
}
