/** The uploads of a post that is put together. */
import type { SourceFacts } from '@vitrine/edit';
import { EDIT_LIMITS } from '@vitrine/schema';
import type { Tx } from '../platform/database.ts';

/** An upload of the post, and what it turned out to be. */
export interface Part {
  id: string;
  state: string;
  problem: string | null;
  storeKey: string | null;
  videoState: string | null;
  kind: string | null;
  facts: SourceFacts;
}

/** All of them, those too that are still arriving. */
export async function partsOf(tx: Tx, postId: string): Promise<Part[]> {
  const rows = await tx
    .selectFrom('post_uploads')
    .innerJoin('uploads', 'uploads.id', 'post_uploads.upload_id')
    .leftJoin('sources', 'sources.id', 'uploads.id')
    .leftJoin('videos', 'videos.id', 'uploads.id')
    .select(['uploads.id', 'uploads.state', 'uploads.problem_detail', 'sources.store_key'])
    .select(['videos.state as video_state', 'videos.kind', 'videos.problem_detail as video_detail'])
    .select(['videos.duration_ms', 'videos.width_px', 'videos.height_px', 'videos.has_audio'])
    .where('post_uploads.post_id', '=', postId)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    state: row.state,
    problem: row.problem_detail ?? row.video_detail,
    storeKey: row.store_key,
    videoState: row.video_state,
    kind: row.video_state === 'sound' ? 'sound' : row.kind,
    facts: {
      durationMs: row.duration_ms ?? EDIT_LIMITS.durationMs,
      widthPx: row.video_state === 'sound' ? 0 : (row.width_px ?? 0),
      heightPx: row.video_state === 'sound' ? 0 : (row.height_px ?? 0),
      hasAudio: row.video_state === 'sound' || (row.has_audio ?? false),
    },
  }));
}
