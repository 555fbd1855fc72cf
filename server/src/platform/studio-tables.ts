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

/** Their tables. */
export interface StudioTables {
  drafts: DraftsTable;
  draft_uploads: DraftUploadsTable;
}
