/** From ids to facts: one statement reads all that a card shows of a post, and how the viewer stands to it. */
import { sql, type RawBuilder } from 'kysely';
import { isFollowedBy } from '../accounts/visibility.ts';
import type { Db } from '../platform/database.ts';
import { isPostShown, wasPublic } from '../publish/visibility.ts';
import { cardSoundColumn, type CardSoundFacts } from './sound-facts.ts';
import { CHUNK_IMPRESSIONS } from '../tickets/counts.ts';

/** An encoded copy as read. */
interface RenditionFacts {
  fileId: string;
  isPublic: boolean;
  heightPx: number;
  widthPx: number;
  codec: string;
  bitrateBps: number;
  sizeBytes: number;
  headBytes: number;
}

/** A photo as read, with its copies, largest first. */
interface PhotoFacts {
  widthPx: number;
  heightPx: number;
  placeholder: string | null;
  altText: string;
  files: { fileId: string; isPublic: boolean; widthPx: number; mime: string }[];
}

/** A restriction in force on a post or on its author. */
export interface RestrictionFacts {
  what: string;
  ground: string;
  scope: string;
  at: string;
  ledgerIndex: number;
}

/** Everything about a post, before rules and presentation. */
export interface PostFacts {
  id: string;
  accountId: string;
  state: string;
  audience: string;
  text: string;
  publishAt: Date | null;
  labels: unknown;
  altText: string;
  language: string | null;
  allow: { comments: boolean; duet: boolean; stitch: boolean; save: boolean; embed: boolean; recommend: boolean };
  publishedAt: Date | null;
  editedAt: Date | null;
  deletedAt: Date | null;
  counts: { likes: number; comments: number; reposts: number; saves: number; views: number | null };
  handle: string;
  name: string;
  avatarFileId: string | null;
  videoState: string | null;
  problemCode: string | null;
  problemDetail: string | null;
  durationMs: number | null;
  widthPx: number | null;
  heightPx: number | null;
  hasAudio: boolean | null;
  posterFileId: string | null;
  posterAvifFileId: string | null;
  posterPlaceholder: string | null;
  posterIsBright: boolean | null;
  /** Whether the pictures and playlists of the video are public files. */
  isMediaPublic: boolean | null;
  publicNumber: number | null;
  mayStandInChunk: boolean;
  storyboardFileId: string | null;
  storyboardFrames: number | null;
  storyboardWidthPx: number | null;
  storyboardHeightPx: number | null;
  hlsFileId: string | null;
  rungs: unknown;
  tags: string[];
  renditions: RenditionFacts[];
  kind: string | null;
  parentKind: string | null;
  parent: { id: string; handle: string; name: string; avatarFileId: string | null } | null;
  photos: PhotoFacts[];
  captions: { language: string; label: string; fileId: string; isPublic: boolean }[];
  sound: CardSoundFacts | null;
  soundOffsetMs: number;
  soundGain: number;
  viewer: {
    isMine: boolean;
    hasLiked: boolean;
    hasSaved: boolean;
    hasReposted: boolean;
    isFollowingAuthor: boolean;
  } | null;
}

/** A post with what decides whether it is shown. */
export interface JudgedFacts extends PostFacts {
  /** The viewer may watch it. */
  isShown: boolean;
  /** Everyone could watch it if the operator had not restricted it. */
  wasPublic: boolean;
  restriction: RestrictionFacts | null;
  uploadProblemCode: string | null;
  uploadProblemDetail: string | null;
}

const IS_LIVE_FILE = sql`files.withdrawn_at is null`;

const COLUMNS = sql`
  posts.id, posts.account_id as "accountId", posts.state, posts.audience, posts.text, posts.publish_at as "publishAt", posts.sound_offset_ms as "soundOffsetMs", posts.sound_gain as "soundGain", posts.parent_kind as "parentKind", posts.labels, posts.alt_text as "altText", posts.language,
  json_build_object('comments', posts.allow_comments, 'duet', posts.allow_duet, 'stitch', posts.allow_stitch,
    'save', posts.allow_save, 'embed', posts.allow_embed, 'recommend', posts.allow_recommend) as allow,
  posts.published_at as "publishedAt", posts.edited_at as "editedAt", posts.deleted_at as "deletedAt",
  json_build_object('likes', posts.like_count, 'comments', posts.comment_count, 'reposts', posts.repost_count,
    'saves', posts.save_count, 'views', posts.view_count) as counts, posts.public_number::integer as "publicNumber",
  exists (select 1 from post_reports where post_reports.post = posts.public_number
    and post_reports.impressions >= ${sql.lit(CHUNK_IMPRESSIONS)}) as "mayStandInChunk",
  accounts.handle, accounts.name, accounts.avatar_file_id as "avatarFileId",
  videos.state as "videoState", videos.kind, coalesce(videos.problem_code, (select uploads.problem_code from uploads where uploads.id = posts.video_id)) as "problemCode", coalesce(videos.problem_detail, (select uploads.problem_detail from uploads where uploads.id = posts.video_id)) as "problemDetail",
  videos.duration_ms as "durationMs", videos.width_px as "widthPx", videos.height_px as "heightPx", (videos.has_audio and (not videos.is_muted or exists (select 1 from renditions kept where kept.video_id = videos.id
    and kept.is_silent and kept.codec like '%mp4a%'))) as "hasAudio",
  videos.poster_file_id as "posterFileId", videos.poster_avif_file_id as "posterAvifFileId",
  videos.poster_placeholder as "posterPlaceholder", videos.poster_is_bright as "posterIsBright",
  (select files.is_public from media_files files where files.id = videos.poster_file_id) as "isMediaPublic",
  videos.storyboard_file_id as "storyboardFileId", videos.storyboard_frames as "storyboardFrames",
  videos.storyboard_width_px as "storyboardWidthPx", videos.storyboard_height_px as "storyboardHeightPx",
  videos.hls_file_id as "hlsFileId", videos.rungs,
  (select coalesce(json_agg(post_tags.tag order by post_tags.tag), '[]') from post_tags where post_tags.post_id = posts.id) as tags,
  (select coalesce(json_agg(json_build_object('fileId', renditions.file_id, 'isPublic', files.is_public, 'heightPx', renditions.height_px,
      'widthPx', renditions.width_px, 'codec', renditions.codec, 'bitrateBps', renditions.bitrate_bps,
      'sizeBytes', renditions.size_bytes, 'headBytes', renditions.head_bytes) order by renditions.height_px desc), '[]')
    from renditions join media_files files on files.id = renditions.file_id and ${IS_LIVE_FILE}
    where renditions.video_id = posts.video_id) as renditions,
  (select coalesce(json_agg(json_build_object('widthPx', photos.width_px, 'heightPx', photos.height_px, 'placeholder', photos.placeholder,
      'altText', photos.alt_text, 'files', (select coalesce(json_agg(json_build_object('fileId', copies.file_id, 'isPublic', files.is_public,
        'widthPx', copies.width_px, 'mime', copies.mime) order by copies.place), '[]')
        from photo_files copies join media_files files on files.id = copies.file_id and ${IS_LIVE_FILE}
        where copies.video_id = photos.video_id and copies.position = photos.position)) order by photos.position), '[]')
    from photos where photos.video_id = posts.video_id and videos.state = 'ready') as photos,
  (select coalesce(json_agg(json_build_object('language', tracks.language, 'label', tracks.label, 'fileId', tracks.file_id,
      'isPublic', files.is_public) order by tracks.language), '[]')
    from caption_tracks tracks join media_files files on files.id = tracks.file_id and ${IS_LIVE_FILE}
    where tracks.post_id = posts.id) as captions`;

const CHILD = sql`cross join lateral (select posts.parent_post_id as parent_id) child`;
const TABLES = sql`posts join accounts on accounts.id = posts.account_id join videos on videos.id = posts.video_id ${CHILD}`;
/** A post whose upload still arrives, or failed on the way, has no video yet; only its author is told of it. */
const TABLES_FROM_THE_START = sql`posts join accounts on accounts.id = posts.account_id left join videos on videos.id = posts.video_id
  left join uploads on uploads.id = posts.video_id ${CHILD}`;

/** The post that this one was made from, as far as the viewer is shown it. Inside, `posts` is the parent. */
function parentColumn(viewerId: string | undefined): RawBuilder<unknown> {
  return sql`(select json_build_object('id', posts.id, 'handle', accounts.handle, 'name', accounts.name, 'avatarFileId', accounts.avatar_file_id)
    from posts join accounts on accounts.id = posts.account_id where posts.id = child.parent_id and ${isPostShown(viewerId)}) as parent`;
}

function viewerColumn(viewerId: string | undefined): RawBuilder<unknown> {
  if (viewerId === undefined) return sql`null as viewer`;
  const isThere = (table: string) =>
    sql`exists (select 1 from ${sql.table(table)} marks where marks.account_id = ${viewerId} and marks.post_id = posts.id)`;
  return sql`json_build_object('isMine', posts.account_id = ${viewerId}, 'hasLiked', ${isThere('likes')}, 'hasSaved', ${isThere('saves')},
    'hasReposted', ${isThere('reposts')}, 'isFollowingAuthor', ${isFollowedBy('posts.account_id', viewerId)}) as viewer`;
}

/** Facts of the posts that the viewer may watch; in no order. Ids that are not shown are simply missing. */
export async function hydrate(db: Db, ids: readonly string[], viewerId: string | undefined): Promise<PostFacts[]> {
  if (ids.length === 0) return [];
  const found =
    await sql<PostFacts>`select ${COLUMNS}, ${parentColumn(viewerId)}, ${cardSoundColumn(viewerId)} as sound, ${viewerColumn(viewerId)} from ${TABLES}
    where posts.id in (${sql.join(ids)}) and ${isPostShown(viewerId)}`.execute(db);
  return found.rows;
}

/** One post with all that decides whether it is shown; undefined when there is none. */
export async function hydrateOne(db: Db, id: string, viewerId: string | undefined): Promise<JudgedFacts | undefined> {
  const found =
    await sql<JudgedFacts>`select ${COLUMNS}, ${parentColumn(viewerId)}, ${cardSoundColumn(viewerId)} as sound, ${viewerColumn(viewerId)}, ${isPostShown(viewerId)} as "isShown",
      ${wasPublic(viewerId)} as "wasPublic",
      (select json_build_object('what', r.what, 'ground', r.ground, 'scope', r.scope, 'at', r.made_at, 'ledgerIndex', r.ledger_index)
        from restrictions r where r.subject_id in (posts.id, posts.account_id) and r.lifted_at is null
        order by r.subject_kind desc, r.made_at limit 1) as restriction,
      uploads.problem_code as "uploadProblemCode", uploads.problem_detail as "uploadProblemDetail"
    from ${TABLES_FROM_THE_START} where posts.id = ${id}`.execute(db);
  return found.rows[0];
}

/** Whom a card names beside its author. */
export interface PersonFacts {
  id: string;
  handle: string;
  name: string;
  avatarFileId: string | null;
}

/** Accounts by their ids, in no order. */
export function hydratePeople(db: Db, ids: readonly string[]): Promise<PersonFacts[]> {
  if (ids.length === 0) return Promise.resolve([]);
  return db
    .selectFrom('accounts')
    .select(['id', 'handle', 'name', 'avatar_file_id as avatarFileId'])
    .where('id', 'in', ids)
    .execute();
}
