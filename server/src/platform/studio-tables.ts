/** The rows of posts and of what they are made from in the studio. */
import type { Generated } from 'kysely';
import type { Int8, Json, Nullable, Timestamp } from './column-types.ts';

interface PostsTable {
  account_id: string;
  id: string;
  video_id: string;
  idempotency_key: Nullable<string>;
  text: string;
  audience: string;
  allow_comments: boolean;
  allow_duet: boolean;
  allow_stitch: boolean;
  allow_save: boolean;
  allow_embed: boolean;
  allow_recommend: boolean;
  labels: Json;
  alt_text: string;
  language: Nullable<string>;
  cover_ms: Nullable<number>;
  sound_offset_ms: Generated<number>;
  sound_gain: Generated<number>;
  parent_kind: Nullable<string>;
  parent_post_id: Nullable<string>;
  publish_at: Nullable<Timestamp>;
  sound_id: Nullable<string>;
  state: string;
  public_number: Nullable<Int8>;
  created_at: Timestamp;
  published_at: Nullable<Timestamp>;
  edited_at: Nullable<Timestamp>;
  deleted_at: Nullable<Timestamp>;
  like_count: Generated<number>;
  comment_count: Generated<number>;
  repost_count: Generated<number>;
  save_count: Generated<number>;
  view_count: Nullable<number>;
}
interface PostTagsTable {
  tag: string;
  post_id: string;
  published_at: Nullable<Timestamp>;
}
interface PostMentionsTable {
  post_id: string;
  account_id: string;
}
interface CaptionTracksTable {
  post_id: string;
  language: string;
  label: string;
  file_id: string;
  created_at: Timestamp;
}
interface DraftsTable {
  account_id: string;
  id: string;
  version: number;
  idempotency_key: Nullable<string>;
  title: string;
  edit: Nullable<Json>;
  words: Json;
  post_id: Nullable<string>;
  created_at: Timestamp;
  updated_at: Timestamp;
  deleted_at: Nullable<Timestamp>;
}
interface DraftUploadsTable {
  account_id: string;
  draft_id: string;
  upload_id: string;
  dropped_at: Nullable<Timestamp>;
}

interface PostEditsTable {
  account_id: string;
  post_id: string;
  draft_id: Nullable<string>;
  edit: Nullable<Json>;
  begun_at: Nullable<Timestamp>;
}
interface PostUploadsTable {
  account_id: string;
  post_id: string;
  upload_id: string;
}
interface PostTextsTable {
  post_id: string;
  said_at: Timestamp;
  text: string;
}
interface PhotosTable {
  video_id: string;
  position: number;
  source_id: string;
  alt_text: string;
  width_px: Nullable<number>;
  height_px: Nullable<number>;
  placeholder: Nullable<string>;
}
interface PhotoFilesTable {
  video_id: string;
  position: number;
  /** Largest first. */
  place: number;
  file_id: string;
  width_px: number;
  mime: string;
}

/** Their tables. */
export interface StudioTables {
  posts: PostsTable;
  post_tags: PostTagsTable;
  post_mentions: PostMentionsTable;
  caption_tracks: CaptionTracksTable;
  drafts: DraftsTable;
  draft_uploads: DraftUploadsTable;
  post_edits: PostEditsTable;
  post_uploads: PostUploadsTable;
  post_texts: PostTextsTable;
  photos: PhotosTable;
  photo_files: PhotoFilesTable;
}
