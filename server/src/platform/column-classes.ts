/**
 * The class of every column and the key by which each table is spread. From this one table are made: the privacy page, the export,
 * the erasure, the border and the residue scan. A column that stands in the database and not here fails the tests.
 */

import { STUDIO_CLASSES } from './studio-column-classes.ts';
import { MEDIA_CLASSES } from './media-column-classes.ts';
import { SOUND_CLASSES } from './sound-column-classes.ts';
import { SHELF_CLASSES } from './shelf-column-classes.ts';
import { TICKET_CLASSES } from './ticket-column-classes.ts';

/** public: shown to anyone · private: its owner's alone · secret: nobody reads it back · derived: counted from others · ops: running the machine. */
export type ColumnClass = 'public' | 'private' | 'secret' | 'derived' | 'ops';

/** Which row decides where a row lives on a database of many machines; `reference` tables are kept everywhere. */
export type DistributionKey = 'account' | 'post' | 'sound' | 'handle' | 'ticket' | 'region' | 'reference';

export interface TableClass {
  /** The folder of server/src whose store alone writes this table. */
  owner: string;
  key: DistributionKey;
  columns: Readonly<Record<string, ColumnClass>>;
}

/** Every table of the database. */
export const COLUMN_CLASSES: Readonly<Record<string, TableClass>> = {
  ...STUDIO_CLASSES,
  ...MEDIA_CLASSES,
  ...SOUND_CLASSES,
  ...TICKET_CLASSES,
  ...SHELF_CLASSES,
  accounts: {
    owner: 'accounts',
    key: 'account',
    columns: {
      id: 'public',
      handle: 'public',
      name: 'public',
      bio: 'public',
      links: 'public',
      avatar_file_id: 'public',
      is_private: 'private',
      age_band: 'private',
      follower_count: 'derived',
      following_count: 'derived',
      post_count: 'derived',
      like_count: 'derived',
      created_at: 'public',
      leaves_at: 'private',
      active_days: 'private',
      last_active_day: 'private',
    },
  },
  handles: {
    owner: 'accounts',
    key: 'handle',
    columns: { handle: 'public', account_id: 'public', is_current: 'public', released_at: 'private' },
  },
  account_roles: {
    owner: 'accounts',
    key: 'account',
    columns: { account_id: 'public', role: 'public', granted_at: 'ops' },
  },
  passwords: {
    owner: 'accounts',
    key: 'account',
    columns: { account_id: 'private', hash: 'secret', changed_at: 'private' },
  },
  passkeys: {
    owner: 'accounts',
    key: 'account',
    columns: {
      account_id: 'private',
      credential_id: 'secret',
      public_key: 'secret',
      counter: 'secret',
      transports: 'private',
      created_at: 'private',
      last_used_day: 'private',
    },
  },
  recovery_codes: {
    owner: 'accounts',
    key: 'account',
    columns: { account_id: 'private', code_hash: 'secret', used_at: 'private' },
  },
  sessions: {
    owner: 'accounts',
    key: 'account',
    columns: {
      account_id: 'private',
      id: 'private',
      token_hash: 'secret',
      kind: 'private',
      created_at: 'private',
      last_used_day: 'private',
      expires_at: 'private',
      stepped_up_at: 'private',
    },
  },
  challenges: {
    owner: 'accounts',
    key: 'region',
    columns: { id: 'ops', challenge: 'secret', purpose: 'ops', account_id: 'ops', intent: 'secret', expires_at: 'ops' },
  },
  invites: {
    owner: 'accounts',
    key: 'region',
    columns: { code_hash: 'secret', created_at: 'ops', expires_at: 'ops', used_by: 'ops', used_at: 'ops' },
  },
  follows: {
    owner: 'accounts',
    key: 'account',
    columns: { follower_id: 'public', followee_id: 'public', created_at: 'public' },
  },
  follow_requests: {
    owner: 'accounts',
    key: 'account',
    columns: { account_id: 'private', requester_id: 'private', created_at: 'private' },
  },
  blocks: {
    owner: 'accounts',
    key: 'account',
    columns: { blocker_id: 'private', blocked_id: 'private', created_at: 'private' },
  },
  mutes: {
    owner: 'accounts',
    key: 'account',
    columns: { muter_id: 'private', muted_id: 'private', created_at: 'private' },
  },
  ledger_entries: { owner: 'ledger', key: 'region', columns: { index: 'public', entry: 'public', minute: 'public' } },
  restrictions: {
    owner: 'restrict',
    key: 'region',
    columns: {
      id: 'ops',
      subject_kind: 'public',
      subject_id: 'public',
      what: 'public',
      ground: 'public',
      scope: 'public',
      ledger_index: 'public',
      made_at: 'public',
      lifted_at: 'public',
      lifted_ledger_index: 'public',
    },
  },
  uploads: {
    owner: 'upload',
    key: 'account',
    columns: {
      account_id: 'private',
      id: 'private',
      file_name: 'private',
      size_bytes: 'private',
      offset_bytes: 'private',
      sha256: 'private',
      idempotency_key: 'private',
      state: 'private',
      problem_code: 'private',
      problem_detail: 'private',
      is_editing: 'private',
      created_at: 'private',
      expires_at: 'private',
      finished_at: 'private',
    },
  },
  quotas: {
    owner: 'upload',
    key: 'account',
    columns: { account_id: 'private', held_bytes: 'derived', reserved_bytes: 'derived' },
  },
  sources: {
    owner: 'upload',
    key: 'account',
    columns: {
      account_id: 'private',
      id: 'private',
      upload_id: 'private',
      store_key: 'private',
      size_bytes: 'private',
      sha256: 'private',
      created_at: 'private',
    },
  },
  posts: {
    owner: 'publish',
    key: 'account',
    columns: {
      account_id: 'public',
      id: 'public',
      video_id: 'public',
      idempotency_key: 'private',
      text: 'public',
      audience: 'public',
      allow_comments: 'public',
      allow_duet: 'public',
      allow_stitch: 'public',
      allow_save: 'public',
      allow_embed: 'public',
      allow_recommend: 'public',
      labels: 'public',
      alt_text: 'public',
      language: 'public',
      cover_ms: 'public',
      sound_id: 'public',
      state: 'private',
      public_number: 'public',
      created_at: 'private',
      published_at: 'public',
      edited_at: 'public',
      deleted_at: 'private',
      like_count: 'derived',
      comment_count: 'derived',
      repost_count: 'derived',
      save_count: 'derived',
      view_count: 'derived',
    },
  },
  post_tags: { owner: 'publish', key: 'post', columns: { tag: 'public', post_id: 'public', published_at: 'public' } },
  post_mentions: { owner: 'publish', key: 'post', columns: { post_id: 'public', account_id: 'public' } },
  caption_tracks: {
    owner: 'publish',
    key: 'post',
    columns: { post_id: 'public', language: 'public', label: 'public', file_id: 'public', created_at: 'public' },
  },
  likes: {
    owner: 'interact',
    key: 'account',
    columns: { account_id: 'private', post_id: 'private', created_at: 'private' },
  },
  saves: {
    owner: 'interact',
    key: 'account',
    columns: { account_id: 'private', post_id: 'private', created_at: 'private' },
  },
  reposts: {
    owner: 'interact',
    key: 'account',
    columns: { account_id: 'private', post_id: 'private', created_at: 'private' },
  },
  comments: {
    owner: 'interact',
    key: 'post',
    columns: {
      post_id: 'public',
      id: 'public',
      account_id: 'public',
      parent_id: 'public',
      idempotency_key: 'private',
      text: 'public',
      like_count: 'derived',
      reply_count: 'derived',
      is_pinned: 'public',
      created_at: 'public',
      deleted_at: 'private',
      deleted_by: 'private',
    },
  },
  comment_likes: {
    owner: 'interact',
    key: 'account',
    columns: { account_id: 'private', comment_id: 'private', created_at: 'private' },
  },
  notifications: {
    owner: 'notify',
    key: 'account',
    columns: {
      account_id: 'private',
      id: 'private',
      kind: 'private',
      actor_id: 'private',
      post_id: 'private',
      comment_id: 'private',
      body: 'private',
      created_at: 'private',
      read_at: 'private',
    },
  },
  complaints: {
    owner: 'moderate',
    key: 'region',
    columns: {
      id: 'private',
      subject_kind: 'private',
      subject_id: 'private',
      reason: 'private',
      text: 'private',
      complainant_id: 'private',
      created_at: 'private',
      decided_at: 'private',
      decision: 'private',
    },
  },
  jobs: {
    owner: 'platform',
    key: 'region',
    columns: {
      id: 'ops',
      kind: 'ops',
      subject_id: 'ops',
      account_id: 'ops',
      body: 'ops',
      priority: 'ops',
      state: 'ops',
      run_at: 'ops',
      attempts: 'ops',
      fence: 'ops',
      lease_until: 'ops',
      holder: 'ops',
      problem: 'ops',
      created_at: 'ops',
      ended_at: 'ops',
    },
  },
  outbox: {
    owner: 'platform',
    key: 'region',
    columns: {
      id: 'ops',
      writer_key: 'ops',
      kind: 'ops',
      body: 'ops',
      created_at: 'ops',
      acknowledged_at: 'ops',
      attempts: 'ops',
      next_at: 'ops',
      problem: 'ops',
    },
  },
  rate_counters: {
    owner: 'platform',
    key: 'region',
    columns: { key: 'private', window_start: 'private', count: 'private' },
  },
  counters: { owner: 'platform', key: 'region', columns: { name: 'ops', value: 'ops' } },
  region_facts: { owner: 'platform', key: 'region', columns: { name: 'ops', value: 'secret' } },
  locks: { owner: 'platform', key: 'region', columns: { name: 'ops', holder: 'ops', lease_until: 'ops' } },
};
