/** Renditions already kept, as later work needs them. */
import type { FragmentIndex } from '@vitrine/media';
import type { Db } from '../platform/database.ts';
import type { KeptRendition } from './commits.ts';
import type { PlaylistRendition } from './outputs.ts';

/** All renditions of a video that are served, smallest first: those with sound, or of a muted one those without. */
export async function keptRenditions(db: Db, videoId: string): Promise<PlaylistRendition[]> {
  const rows = await db
    .selectFrom('renditions')
    .innerJoin('videos', 'videos.id', 'renditions.video_id')
    .selectAll('renditions')
    .where('renditions.video_id', '=', videoId)
    .whereRef('renditions.is_silent', '=', 'videos.is_muted')
    .orderBy('renditions.height_px')
    .execute();
  return rows.map((row) => {
    // Written by this folder alone.
    const { fps, ...index } = row.fragments as FragmentIndex & { fps: number };
    return {
      fileId: row.file_id,
      widthPx: row.width_px,
      heightPx: row.height_px,
      codec: row.codec,
      bitrateBps: row.bitrate_bps,
      fps,
      index,
    };
  });
}

/** The same of one just made. */
export function toPlaylistRendition({ made, file }: KeptRendition): PlaylistRendition {
  return {
    fileId: file.id,
    widthPx: made.widthPx,
    heightPx: made.heightPx,
    codec: made.codec,
    bitrateBps: made.bitrateBps,
    fps: made.fps,
    index: made.index,
  };
}

/** Where the largest copy that sounds lies: what others are made from when a video has no source of its own. */
export async function largestRenditionKey(db: Db, videoId: string): Promise<string | undefined> {
  const row = await db
    .selectFrom('renditions')
    .innerJoin('media_files', 'media_files.id', 'renditions.file_id')
    .select('media_files.store_key')
    .where('renditions.video_id', '=', videoId)
    .where('renditions.is_silent', '=', false)
    .orderBy('renditions.height_px', 'desc')
    .orderBy('renditions.size_bytes', 'desc')
    .executeTakeFirst();
  return row?.store_key;
}
