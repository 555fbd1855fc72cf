/** The classes of the columns of what is made in the studio. */
import type { TableClass } from './table-class.ts';

/** Tables of drafts, of what posts were made from, and photos. */
export const STUDIO_CLASSES: Readonly<Record<string, TableClass>> = {
  drafts: {
    owner: 'publish',
    key: 'account',
    columns: {
      account_id: 'private',
      id: 'private',
      version: 'private',
      idempotency_key: 'private',
      title: 'private',
      edit: 'private',
      words: 'private',
      post_id: 'private',
      created_at: 'private',
      updated_at: 'private',
      deleted_at: 'private',
    },
  },
  draft_uploads: {
    owner: 'publish',
    key: 'account',
    columns: { account_id: 'private', draft_id: 'private', upload_id: 'private', dropped_at: 'private' },
  },
  post_edits: {
    owner: 'publish',
    key: 'account',
    columns: { account_id: 'private', post_id: 'private', draft_id: 'private', edit: 'private', begun_at: 'ops' },
  },
  post_uploads: {
    owner: 'publish',
    key: 'account',
    columns: { account_id: 'private', post_id: 'private', upload_id: 'private' },
  },
  post_texts: {
    owner: 'publish',
    key: 'post',
    columns: { post_id: 'public', said_at: 'public', text: 'public' },
  },
  photos: {
    owner: 'transcode',
    key: 'post',
    columns: {
      video_id: 'public',
      position: 'public',
      source_id: 'ops',
      alt_text: 'public',
      width_px: 'public',
      height_px: 'public',
      placeholder: 'public',
    },
  },
  photo_files: {
    owner: 'transcode',
    key: 'post',
    columns: {
      video_id: 'public',
      position: 'public',
      place: 'public',
      file_id: 'public',
      width_px: 'public',
      mime: 'public',
    },
  },
};
