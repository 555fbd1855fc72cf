/** The posts from which duets and stitches are made: who may, and which file of theirs is used. */
import type { SourceFacts } from '@vitrine/edit';
import { sql } from 'kysely';
import type { Db, Tx } from '../platform/database.ts';
import { isUnrestricted } from '../restrict/store.ts';
import type { Reason } from './reason.ts';
import { isPostShown } from './visibility.ts';

/** How a post is used in another. */
type ParentKind = 'duet' | 'stitch';

/** A parent's best copy: what everyone sees and hears of it, not the file as it came. */
interface ParentFile {
  storeKey: string;
  facts: SourceFacts;
  soundId: string | null;
}

interface ParentRow {
  is_own: boolean;
  allow_duet: boolean;
  allow_stitch: boolean;
  sound_id: string | null;
  is_muted: boolean;
  duration_ms: number | null;
  width_px: number | null;
  height_px: number | null;
  has_audio: boolean | null;
  store_key: string | null;
}

const REFUSED: Record<ParentKind, Reason> = {
  duet: { code: 'duet_off', detail: 'The author does not let others make a duet with this post.' },
  stitch: { code: 'stitch_off', detail: 'The author does not let others stitch this post.' },
};

/** The parent's file, or why it may not be used. Of others only what everyone may see, so that nobody's circle is left. */
export async function findParent(
  db: Db | Tx,
  asked: { postId: string; accountId: string; kind: ParentKind },
): Promise<ParentFile | Reason> {
  const { postId, accountId, kind } = asked;
  const found = await sql<ParentRow>`
    select posts.account_id = ${accountId} as is_own, posts.allow_duet, posts.allow_stitch, posts.sound_id, videos.is_muted,
      videos.duration_ms, videos.width_px, videos.height_px, videos.has_audio,
      (select files.store_key from renditions join media_files files on files.id = renditions.file_id
        where renditions.video_id = videos.id and renditions.is_silent = videos.is_muted order by renditions.height_px desc limit 1) as store_key
    from posts join videos on videos.id = posts.video_id
    where posts.id = ${postId} and ((posts.account_id = ${accountId} and posts.state = 'published' and posts.deleted_at is null
      and ${isUnrestricted('posts.id')}) or (${isPostShown(undefined)} and ${isPostShown(accountId)}))`.execute(db);
  const [row] = found.rows;
  if (!row) return { code: 'not_found', detail: 'The post that this is made from is not shown any more.' };
  const isAllowed = kind === 'duet' ? row.allow_duet : row.allow_stitch;
  if (!isAllowed && !row.is_own) return REFUSED[kind];
  if (row.store_key === null) return { code: 'edit_refused', detail: 'Duets and stitches are made from videos.' };
  return {
    storeKey: row.store_key,
    soundId: row.sound_id,
    facts: {
      durationMs: row.duration_ms ?? 0,
      widthPx: row.width_px ?? 0,
      heightPx: row.height_px ?? 0,
      hasAudio: (row.has_audio ?? false) && !row.is_muted,
    },
  };
}

/** A parent's best copy for its pictures alone, whether it is muted by now or not; undefined when it is gone. */
export async function parentPicture(db: Db | Tx, postId: string): Promise<string | undefined> {
  const copy = await db
    .selectFrom('posts')
    .innerJoin('renditions', 'renditions.video_id', 'posts.video_id')
    .innerJoin('media_files', 'media_files.id', 'renditions.file_id')
    .select('media_files.store_key')
    .where('posts.id', '=', postId)
    .where('renditions.is_silent', '=', false)
    .orderBy('renditions.height_px', 'desc')
    .executeTakeFirst();
  return copy?.store_key;
}
