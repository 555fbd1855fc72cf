/** Avatars: square pictures of ours, made of whatever comes in. */
import type { Db, Tx } from '../platform/database.ts';
import type { MediaStore } from '../platform/media-store.ts';
import type { World } from '../platform/world.ts';
import { setAvatar } from './account-rows.ts';
import { withSquarePicture } from './square-picture.ts';

/** What it needs. `workDir` is a folder for files that live as long as the request. */
export interface AvatarGrounds {
  db: Db;
  world: World;
  media: MediaStore;
  workDir: string;
}

/** The size that pages show, twice as dense as their largest. */
const SHOWN_PX = 256;

/**
 * Makes a picture the account's avatar.
 * @throws a refusal with the reason when it is no picture, or one too large
 */
export async function putAvatar(grounds: AvatarGrounds, accountId: string, picture: Uint8Array): Promise<void> {
  const { db, world, media, workDir } = grounds;
  await withSquarePicture({ workDir, picture, widthPx: SHOWN_PX }, async (made) => {
    const id = Buffer.from(world.randomBytes(16)).toString('hex');
    const storeKey = `avatars/${id}`;
    await media.put(storeKey, made.path);
    const gone = await db.transaction().execute(async (tx) => {
      await tx
        .insertInto('media_files')
        .values({
          id,
          account_id: accountId,
          kind: 'avatar',
          store_key: storeKey,
          mime: made.type,
          size_bytes: made.sizeBytes,
          sha256: made.sha256,
          is_public: true,
          created_at: world.now(),
        })
        .execute();
      return replaceAvatar(tx, accountId, id);
    });
    await removeAll(media, gone);
  });
}

/** Takes the avatar away. */
export async function dropAvatar({ db, media }: AvatarGrounds, accountId: string): Promise<void> {
  await removeAll(media, await db.transaction().execute((tx) => replaceAvatar(tx, accountId, null)));
}

/** Deletes what remains of an erased account's avatars. */
export async function eraseAvatars(
  { db, media }: Pick<AvatarGrounds, 'db' | 'media'>,
  accountId: string,
): Promise<void> {
  await removeAll(media, await db.transaction().execute((tx) => deleteRows(tx, accountId, null)));
}

async function replaceAvatar(tx: Tx, accountId: string, fileId: string | null): Promise<string[]> {
  await setAvatar(tx, accountId, fileId);
  return deleteRows(tx, accountId, fileId);
}

/** Forgets all avatar files of an account but one; answers with their keys on the store, to be removed after the commit. */
async function deleteRows(tx: Tx, accountId: string, keptId: string | null): Promise<string[]> {
  let gone = tx.deleteFrom('media_files').where('account_id', '=', accountId).where('kind', '=', 'avatar');
  if (keptId !== null) gone = gone.where('id', '!=', keptId);
  return (await gone.returning('store_key').execute()).map((row) => row.store_key);
}

async function removeAll(media: MediaStore, keys: readonly string[]): Promise<void> {
  for (const key of keys) await media.remove(key);
}
