/** A claim of rights silences a video: its copies with sound are withdrawn at once, copies without it take their place, and back. */
import { sql } from 'kysely';
import type { Tx } from '../platform/database.ts';
import type { World } from '../platform/world.ts';
import { ask } from './asking.ts';
import type { ComposeOrder } from './compose-rows.ts';
import { deleteFiles } from './files.ts';

/** What is muted; `without`: how the same is put together without the sound that is claimed, where something is left to be heard. */
export interface Muting {
  id: string;
  isMuted: boolean;
  without?: ComposeOrder | undefined;
}

/** Silences a video, or gives its sound back. A video without sound stays as it is. */
export async function muteVideo(tx: Tx, world: World, given: Muting): Promise<void> {
  const video = await tx
    .updateTable('videos')
    .set({ is_muted: given.isMuted })
    .where('id', '=', given.id)
    .where('is_muted', '!=', given.isMuted)
    .where('has_audio', '=', true)
    .returning(['id', 'account_id'])
    .executeTakeFirst();
  if (!video) return;
  // They name, or are made of, what is heard no longer; the sweep removes their bytes.
  await tx
    .deleteFrom('media_files')
    .where('video_id', '=', video.id)
    .where('kind', 'in', ['hls', 'hls-rendition', 'copy'])
    .execute();
  await tx.updateTable('videos').set({ hls_file_id: null }).where('id', '=', video.id).execute();
  await settleFiles(tx, world, video.id);
  if (!given.isMuted) await forgetSilentCopies(tx, video.id);
  if (!given.isMuted)
    return ask(tx, world, { kind: 'video.playlists', videoId: video.id, accountId: video.account_id });
  await ask(tx, world, {
    kind: 'video.silence',
    videoId: video.id,
    accountId: video.account_id,
    body: given.without ? { without: given.without } : {},
  });
}

/** Another claim may be on another sound: then they are made anew. */
async function forgetSilentCopies(tx: Tx, videoId: string): Promise<void> {
  const gone = await tx
    .deleteFrom('renditions')
    .where('video_id', '=', videoId)
    .where('is_silent', '=', true)
    .returning('file_id')
    .execute();
  await deleteFiles(
    tx,
    gone.map((rendition) => rendition.file_id),
  );
}

/** Withdraws what is not to be served: everything of a withdrawn video, and the copies that sound of a muted one (or are silent of another). */
export async function settleFiles(tx: Tx, world: World, videoId: string): Promise<void> {
  const isOver = sql`(videos.is_withdrawn or exists (select 1 from renditions where renditions.file_id = media_files.id
    and renditions.is_silent != videos.is_muted))`;
  await sql`update media_files set withdrawn_at = case when ${isOver} then coalesce(media_files.withdrawn_at, ${world.now()}) end
    from videos where videos.id = media_files.video_id and media_files.video_id = ${videoId}`.execute(tx);
}
