/** Which media file may be served to whom: decided in the statement itself, at each look-up. */
import { sql, type RawBuilder } from 'kysely';
import { isAccountOpen, isAccountShown } from '../accounts/visibility.ts';
import type { Db } from '../platform/database.ts';
import { isPostShown } from '../publish/visibility.ts';
import { isSoundMuted, isSoundShown } from '../sounds/visibility.ts';

/** What serving a file needs. */
export interface MediaFile {
  id: string;
  storeKey: string;
  mime: string;
  sizeBytes: number;
}

function isOfShownPost(viewerId: string | undefined): RawBuilder<boolean> {
  return sql<boolean>`exists (select 1 from posts where posts.video_id = files.video_id and ${isPostShown(viewerId)})`;
}

/** Of a sound whose page is shown; the sound itself only while no claim mutes it. */
function isOfShownSound(viewerId: string | undefined): RawBuilder<boolean> {
  return sql<boolean>`exists (select 1 from sounds where sounds.id = files.sound_id and ${isSoundShown(viewerId)}
    and (files.kind != 'sound' or not ${isSoundMuted('sounds.id')}))`;
}

/** Public: an avatar of an account that is open, or a file of a post that everyone may watch. */
function isForEveryone(): RawBuilder<boolean> {
  return sql<boolean>`(files.is_public and case when files.sound_id is not null then ${isOfShownSound(undefined)}
    when files.video_id is null then ${isAccountOpen('files.account_id')} else ${isOfShownPost(undefined)} end)`;
}

/** The viewer's own, or of a post that the viewer may watch. */
function isForViewer(viewerId: string): RawBuilder<boolean> {
  return sql<boolean>`case when files.sound_id is not null then ${isOfShownSound(viewerId)}
    else (files.account_id = ${viewerId} or case when files.video_id is null
    then files.is_public and ${isAccountShown('files.account_id', viewerId)} else ${isOfShownPost(viewerId)} end) end`;
}

/** A file that may be served; undefined when it does not exist, is withdrawn, or is not for this viewer. */
export async function findMediaFile(
  db: Db,
  id: string,
  access: 'public' | { viewerId: string },
): Promise<MediaFile | undefined> {
  const isAllowed = access === 'public' ? isForEveryone() : isForViewer(access.viewerId);
  const found = await sql<{
    storeKey: string;
    mime: string;
    sizeBytes: string;
  }>`select files.store_key as "storeKey", files.mime, files.size_bytes as "sizeBytes"
    from media_files files where files.id = ${id} and files.withdrawn_at is null and ${isAllowed}`.execute(db);
  const [row] = found.rows;
  return row && { id, storeKey: row.storeKey, mime: row.mime, sizeBytes: Number(row.sizeBytes) };
}
