/** Covers: square pictures of ours, made of whatever comes in. */
import { withSquarePicture } from '../accounts/square-picture.ts';
import type { Db } from '../platform/database.ts';
import type { MediaStore } from '../platform/media-store.ts';
import { refuse } from '../platform/problem.ts';
import type { World } from '../platform/world.ts';
import { insertFiles, keepFile, newFileId } from '../transcode/files.ts';

/** What it needs. `workDir` is a folder for files that live as long as the request. */
export interface CoverGrounds {
  db: Db;
  world: World;
  media: MediaStore;
  workDir: string;
}

/** The size that pages show, twice as dense. */
const SHOWN_PX = 512;

/**
 * Makes a picture the cover of a sound of one's own; of the library's sounds, for the operator.
 * @throws not_found, or a refusal with the reason when it is no picture
 */
export async function putCover(
  grounds: CoverGrounds,
  own: { accountId: string; soundId: string; isOperator: boolean },
  picture: Uint8Array,
): Promise<void> {
  const { db, world, media, workDir } = grounds;
  const sound = await db.selectFrom('sounds').selectAll().where('id', '=', own.soundId).executeTakeFirst();
  const isOwn = sound?.account_id === own.accountId || (sound?.origin === 'library' && own.isOperator);
  if (!sound || !isOwn) throw refuse('not_found');
  await withSquarePicture({ workDir, picture, widthPx: SHOWN_PX }, async (made) => {
    const file = { ...made, id: newFileId(world), kind: 'sound-cover' as const, mime: made.type };
    const kept = await keepFile(media, `sounds/${sound.id}`, file);
    const gone = await db.transaction().execute(async (tx) => {
      const now = await tx.selectFrom('sounds').selectAll().where('id', '=', sound.id).forUpdate().executeTakeFirst();
      if (!now) return [kept.storeKey];
      const before = await tx
        .deleteFrom('media_files')
        .where('sound_id', '=', sound.id)
        .where('kind', '=', 'sound-cover')
        .returning('store_key')
        .execute();
      await insertFiles(tx, world, {
        accountId: own.accountId,
        soundId: sound.id,
        isPublic: now.is_public,
        files: [kept],
      });
      await tx.updateTable('sounds').set({ cover_file_id: kept.id }).where('id', '=', sound.id).execute();
      return before.map((row) => row.store_key);
    });
    for (const key of gone) await media.remove(key);
  });
}
