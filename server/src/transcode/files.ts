/** Files that are served: kept on the media store first, then named by a row. */
import type { Tx } from '../platform/database.ts';
import type { MediaStore } from '../platform/media-store.ts';
import type { World } from '../platform/world.ts';

/** What a file on the media store is. */
export type FileKind =
  | 'rendition'
  | 'poster'
  | 'poster-avif'
  | 'storyboard'
  | 'preview'
  | 'photo'
  | 'hls'
  | 'hls-rendition'
  | 'captions'
  | 'copy'
  | 'sound'
  | 'sound-cover';

/** A file on this machine's disk that shall be served. */
interface MadeFile {
  path: string;
  kind: FileKind;
  mime: string;
  sizeBytes: number;
  sha256: string;
}

/** The same, kept, under its own id. */
export interface KeptFile extends MadeFile {
  id: string;
  storeKey: string;
}

/** 128 random bits as hex: a file's name gives nothing away. */
export function newFileId(world: World): string {
  return Buffer.from(world.randomBytes(16)).toString('hex');
}

/** Puts a made file on the store under a folder key; safe to repeat. */
export async function keepFile(media: MediaStore, folder: string, file: MadeFile & { id: string }): Promise<KeptFile> {
  const storeKey = `${folder}/${file.id}`;
  await media.put(storeKey, file.path);
  return { ...file, storeKey };
}

/** Whose the files are and at which address they are served. */
interface FileOwner {
  accountId: string;
  videoId?: string;
  soundId?: string;
  isPublic: boolean;
}

/** Names kept files within the transaction of the caller. */
export async function insertFiles(
  tx: Tx,
  world: World,
  given: FileOwner & { files: readonly KeptFile[] },
): Promise<void> {
  if (given.files.length === 0) return;
  await tx
    .insertInto('media_files')
    .values(
      given.files.map((file) => ({
        id: file.id,
        account_id: given.accountId,
        video_id: given.videoId ?? null,
        sound_id: given.soundId ?? null,
        kind: file.kind,
        store_key: file.storeKey,
        mime: file.mime,
        size_bytes: file.sizeBytes,
        sha256: file.sha256,
        is_public: given.isPublic,
        created_at: world.now(),
      })),
    )
    .execute();
}

/** Forgets files by id; returns the keys to remove from the store after the commit. */
export async function deleteFiles(tx: Tx, ids: readonly (string | null | undefined)[]): Promise<string[]> {
  const known = ids.filter((id): id is string => Boolean(id));
  if (known.length === 0) return [];
  const rows = await tx.deleteFrom('media_files').where('id', 'in', known).returning('store_key').execute();
  return rows.map((row) => row.store_key);
}

/** Removes keys from the store, after the commit that made them needless. */
export async function removeKeys({ media }: { media: MediaStore }, keys: readonly string[]): Promise<void> {
  for (const key of keys) await media.remove(key);
}
