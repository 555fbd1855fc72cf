/** The rows of what is made in the studio. */
import type { Json, Nullable, Timestamp } from './column-types.ts';

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
  drafts: DraftsTable;
  draft_uploads: DraftUploadsTable;
  photos: PhotosTable;
  photo_files: PhotoFilesTable;
}
