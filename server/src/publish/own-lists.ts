/** What an author sees of work under way: uploads, and posts in every state. */
import type { OwnPosts, Post, PostState, Rendition, Upload } from '@vitrine/schema';
import { sql } from 'kysely';
import { cursorText, readCursor } from '../platform/cursor.ts';
import type { Db } from '../platform/database.ts';
import { sentenceOf } from '../platform/problem.ts';
import { fileUrl, type AddressSettings } from '../transcode/file-address.ts';
import { readRungs } from '../transcode/progress.ts';

/** What these lists need. */
interface OwnListGrounds {
  db: Db;
  settings: AddressSettings;
}

const UPLOADS_LISTED = 50;

interface VideoColumns {
  video_state: string | null;
  video_kind: string | null;
  is_public: boolean | null;
  is_waiting: boolean | null;
  video_problem: string | null;
  video_detail: string | null;
  duration_ms: number | null;
  width_px: number | null;
  height_px: number | null;
  has_audio: boolean | null;
  poster_file_id: string | null;
  storyboard_file_id: string | null;
  storyboard_frames: number | null;
  storyboard_width_px: number | null;
  storyboard_height_px: number | null;
  rungs: unknown;
}

interface UploadColumns extends VideoColumns {
  id: string;
  file_name: string;
  size_bytes: string;
  offset_bytes: string;
  state: string;
  problem_code: string | null;
  problem_detail: string | null;
  post_id: string | null;
  preview_file_id: string | null;
  sound_state: string | null;
  sound_ms: number | null;
}

const VIDEO_COLUMNS = sql`videos.state as video_state, videos.kind as video_kind, videos.is_public, videos.is_waiting, videos.problem_code as video_problem, videos.problem_detail as video_detail,
  videos.duration_ms, videos.width_px, videos.height_px, videos.has_audio, videos.poster_file_id, videos.storyboard_file_id,
  videos.storyboard_frames, videos.storyboard_width_px, videos.storyboard_height_px, videos.rungs`;

/** Uploads of an account: those with the given ids, those of one content, or those going on or not yet posted. */
export async function ownUploads(
  { db, settings }: OwnListGrounds,
  accountId: string,
  which: { ids?: readonly string[]; sha256?: string | undefined },
): Promise<Upload[]> {
  const condition = which.ids
    ? sql`uploads.id in (${sql.join(which.ids)})`
    : which.sha256
      ? sql`uploads.sha256 = ${which.sha256} and uploads.finished_at is not null`
      : sql`posts.id is null and uploads.state != 'expired'
          and not exists (select 1 from post_uploads parts where parts.upload_id = uploads.id)
          and not exists (select 1 from draft_uploads named where named.upload_id = uploads.id and named.dropped_at is null)`;
  const found = await sql<UploadColumns>`
    select uploads.id, uploads.file_name, uploads.size_bytes, uploads.offset_bytes, uploads.state, uploads.problem_code, uploads.problem_detail,
      posts.id as post_id,
      (select m.id from media_files m where m.video_id = uploads.id and m.kind = 'preview' limit 1) as preview_file_id, sounds.state as sound_state, sounds.duration_ms as sound_ms, ${VIDEO_COLUMNS}
    from uploads left join videos on videos.id = uploads.id left join posts on posts.video_id = uploads.id
      left join sounds on sounds.id = uploads.id
    where uploads.account_id = ${accountId} and ${condition}
    order by uploads.created_at desc, uploads.id desc limit ${which.ids?.length ?? UPLOADS_LISTED}`.execute(db);
  return found.rows.map((row) => toUpload(settings, row));
}

function toUpload(settings: AddressSettings, row: UploadColumns): Upload {
  const code = row.problem_code ?? row.video_problem;
  return {
    id: row.id,
    fileName: row.file_name,
    kind: uploadKind(row),
    previewUrl: row.preview_file_id ? fileUrl(settings, { id: row.preview_file_id, isPublic: false }) : null,
    state: uploadState(row),
    sizeBytes: Number(row.size_bytes),
    offsetBytes: Number(row.offset_bytes),
    ...(code ? { problem: { code, detail: row.problem_detail ?? row.video_detail ?? '' } } : {}),
    ...shownVideo(settings, row),
    ...(row.video_state === 'sound' ? { durationMs: row.sound_ms ?? row.duration_ms, hasAudio: true } : {}),
    storyboard: row.storyboard_file_id
      ? {
          url: fileUrl(settings, { id: row.storyboard_file_id, isPublic: row.is_public ?? false }),
          frames: row.storyboard_frames ?? 0,
          frameWidthPx: row.storyboard_width_px ?? 0,
          frameHeightPx: row.storyboard_height_px ?? 0,
        }
      : null,
    encoding: row.rungs ? readRungs(row.rungs) : [],
    postId: row.post_id,
  };
}

function uploadKind(row: UploadColumns): Upload['kind'] {
  if (row.video_state === 'sound') return 'sound';
  if (row.duration_ms === null) return null;
  return row.video_kind === 'photos' ? 'photo' : 'video';
}

function uploadState(row: UploadColumns): Upload['state'] {
  if (row.state === 'receiving' || row.state === 'expired') return row.state;
  if (row.state === 'failed' || row.video_state === 'failed') return 'failed';
  if (row.video_state === 'sound') return isSoundReady(row) ? 'ready' : 'checking';
  // What waits for an edit is ready once it is probed; anything else once it shows or plays.
  const isKnown = row.video_state === 'ready' || (row.video_state === 'probed' && row.is_waiting === true);
  return isKnown || row.poster_file_id !== null ? 'ready' : 'checking';
}

/** What the studio sent to edit with is used as it came and gets no page. */
function isSoundReady(row: UploadColumns): boolean {
  return row.sound_state === 'ready' || (row.sound_state === null && row.is_waiting === true);
}

function shownVideo(settings: AddressSettings, row: VideoColumns) {
  return {
    durationMs: row.duration_ms,
    widthPx: row.width_px,
    heightPx: row.height_px,
    hasAudio: row.has_audio,
    posterUrl: row.poster_file_id
      ? fileUrl(settings, { id: row.poster_file_id, isPublic: row.is_public ?? false })
      : null,
  };
}

interface OwnPostColumns extends VideoColumns {
  id: string;
  video_id: string;
  state: string;
  created_at: Date;
  publish_at: Date | null;
  /** On the post, else on its author. */
  restriction: { what: string; ground: string } | null;
  upload_problem: string | null;
  upload_detail: string | null;
  like_count: number;
  comment_count: number;
  repost_count: number;
  save_count: number;
  view_count: number | null;
}

/** An account's posts in every state, newest first. */
export async function ownPosts(
  { db, settings }: OwnListGrounds,
  accountId: string,
  page: { after?: string | undefined; limit: number },
): Promise<OwnPosts> {
  const after = readCursor(page.after);
  const found = await sql<OwnPostColumns>`
    select posts.id, posts.video_id, posts.state, posts.created_at, posts.publish_at, posts.like_count, posts.comment_count, posts.repost_count, posts.save_count, posts.view_count,
      uploads.problem_code as upload_problem, uploads.problem_detail as upload_detail,
      (select json_build_object('what', r.what, 'ground', r.ground) from restrictions r
        where r.subject_id in (posts.id, posts.account_id) and r.lifted_at is null
        order by r.subject_kind desc, r.made_at limit 1) as restriction, ${VIDEO_COLUMNS}
    from posts left join videos on videos.id = posts.video_id left join uploads on uploads.id = posts.video_id
    where posts.account_id = ${accountId} and ${after ? sql`(posts.created_at, posts.id) < (${after.at}, ${after.id})` : sql`true`}
    order by posts.created_at desc, posts.id desc limit ${page.limit + 1}`.execute(db);
  const rows = found.rows.slice(0, page.limit);
  const renditions = await renditionsOf({ db, settings }, rows);
  const last = rows.at(-1);
  return {
    posts: rows.map((row) => toPost(settings, row, renditions.get(row.video_id) ?? [])),
    next: found.rows.length > page.limit && last ? cursorText({ at: last.created_at, id: last.id }) : null,
  };
}

function toPost(settings: AddressSettings, row: OwnPostColumns, renditions: Rendition[]): Post {
  const problem = ownProblem(row);
  return {
    id: row.id,
    state: ownState(row),
    ...(problem ? { problem } : {}),
    ...shownVideo(settings, row),
    sound: null,
    ...(row.state === 'scheduled' && row.publish_at ? { publishAt: row.publish_at.toISOString() } : {}),
    renditions,
    counts: {
      likes: row.like_count,
      comments: row.comment_count,
      reposts: row.repost_count,
      saves: row.save_count,
      views: row.view_count,
    },
    encoding: row.rungs ? readRungs(row.rungs) : [],
  };
}

/** Why the post is not shown: what the operator decided, else what was wrong with its file. */
function ownProblem({ restriction, ...row }: OwnPostColumns): Post['problem'] {
  if (restriction) {
    const code = restriction.what === 'suspended' ? 'suspended' : 'removed';
    return { code, detail: `${sentenceOf(code)} (${restriction.ground})` };
  }
  const code = row.video_problem ?? row.upload_problem;
  return code ? { code, detail: row.video_detail ?? row.upload_detail ?? '' } : undefined;
}

function ownState(row: OwnPostColumns): PostState {
  if (row.state === 'deleted') return 'deleted';
  if (row.restriction) return row.restriction.what === 'withheld' ? 'withheld' : 'removed';
  return row.state === 'published' || row.state === 'failed' || row.state === 'scheduled' ? row.state : 'processing';
}

async function renditionsOf(
  { db, settings }: OwnListGrounds,
  posts: readonly OwnPostColumns[],
): Promise<Map<string, Rendition[]>> {
  const byVideo = new Map<string, Rendition[]>();
  if (posts.length === 0) return byVideo;
  const ids = posts.map((post) => post.video_id);
  const rows = await db
    .selectFrom('renditions')
    .innerJoin('media_files', 'media_files.id', 'renditions.file_id')
    .selectAll('renditions')
    .select('media_files.is_public')
    .innerJoin('videos', 'videos.id', 'renditions.video_id')
    .whereRef('renditions.is_silent', '=', 'videos.is_muted')
    .where('renditions.video_id', 'in', ids)
    .orderBy('renditions.height_px', 'desc')
    .execute();
  for (const row of rows) {
    const shown: Rendition = {
      heightPx: row.height_px,
      widthPx: row.width_px,
      codec: row.codec,
      bitrateBps: row.bitrate_bps,
      sizeBytes: Number(row.size_bytes),
      headBytes: row.head_bytes,
      url: fileUrl(settings, { id: row.file_id, isPublic: row.is_public }),
    };
    byVideo.set(row.video_id, [...(byVideo.get(row.video_id) ?? []), shown]);
  }
  return byVideo;
}
