/** The rows of every table, as Kysely sees them. Made to agree with migrations/ by a test (columns.test.ts). */
import type { Generated } from 'kysely';
import type { StudioTables } from './studio-tables.ts';
import type { SoundTables } from './sound-tables.ts';
import type { ShelfTables } from './shelf-tables.ts';
import type { TicketTables } from './ticket-tables.ts';
import type { InsightTables } from './insight-tables.ts';
import type { Bytes, Day, Int8, Int8Counter, Json, JsonWithDefault, Nullable, Timestamp } from './column-types.ts';

interface AccountsTable {
  id: string;
  handle: string;
  name: string;
  bio: string;
  links: Json;
  avatar_file_id: Nullable<string>;
  is_private: boolean;
  age_band: string;
  follower_count: Generated<number>;
  following_count: Generated<number>;
  post_count: Generated<number>;
  like_count: Int8Counter;
  created_at: Timestamp;
  leaves_at: Nullable<Timestamp>;
  active_days: Generated<number>;
  last_active_day: Nullable<Day>;
}
interface HandlesTable {
  handle: string;
  account_id: string;
  is_current: boolean;
  released_at: Nullable<Timestamp>;
}
interface AccountRolesTable {
  account_id: string;
  role: string;
  granted_at: Timestamp;
}
interface PasswordsTable {
  account_id: string;
  hash: string;
  changed_at: Timestamp;
}
interface PasskeysTable {
  account_id: string;
  credential_id: string;
  public_key: Bytes;
  counter: Int8;
  transports: Json;
  created_at: Timestamp;
  last_used_day: Nullable<Day>;
}
interface RecoveryCodesTable {
  account_id: string;
  code_hash: string;
  used_at: Nullable<Timestamp>;
}
interface SessionsTable {
  account_id: string;
  id: string;
  token_hash: string;
  kind: string;
  created_at: Timestamp;
  last_used_day: Day;
  expires_at: Timestamp;
  stepped_up_at: Nullable<Timestamp>;
}
interface ChallengesTable {
  id: string;
  challenge: string;
  purpose: string;
  account_id: Nullable<string>;
  intent: Json;
  expires_at: Timestamp;
}
interface InvitesTable {
  code_hash: string;
  created_at: Timestamp;
  expires_at: Timestamp;
  used_by: Nullable<string>;
  used_at: Nullable<Timestamp>;
}
interface FollowsTable {
  follower_id: string;
  followee_id: string;
  created_at: Timestamp;
}
interface FollowRequestsTable {
  account_id: string;
  requester_id: string;
  created_at: Timestamp;
}
interface BlocksTable {
  blocker_id: string;
  blocked_id: string;
  created_at: Timestamp;
}
interface MutesTable {
  muter_id: string;
  muted_id: string;
  created_at: Timestamp;
}
interface LedgerEntriesTable {
  index: Int8;
  entry: string;
  minute: Timestamp;
}
interface RestrictionsTable {
  id: string;
  subject_kind: string;
  subject_id: string;
  what: string;
  ground: string;
  scope: string;
  ledger_index: Int8;
  made_at: Timestamp;
  lifted_at: Nullable<Timestamp>;
  lifted_ledger_index: Nullable<Int8>;
}
interface UploadsTable {
  account_id: string;
  id: string;
  file_name: string;
  size_bytes: Int8;
  offset_bytes: Int8;
  sha256: Nullable<string>;
  idempotency_key: Nullable<string>;
  state: string;
  problem_code: Nullable<string>;
  problem_detail: Nullable<string>;
  is_editing: boolean;
  created_at: Timestamp;
  expires_at: Timestamp;
  finished_at: Nullable<Timestamp>;
}
interface QuotasTable {
  account_id: string;
  held_bytes: Int8Counter;
  reserved_bytes: Int8Counter;
}
interface SourcesTable {
  account_id: string;
  id: string;
  upload_id: string;
  store_key: string;
  size_bytes: Int8;
  sha256: string;
  created_at: Timestamp;
}
interface VideosTable {
  account_id: string;
  id: string;
  source_id: Nullable<string>;
  kind: Generated<string>;
  state: string;
  is_waiting: boolean;
  is_public: Generated<boolean>;
  is_muted: Generated<boolean>;
  is_withdrawn: Generated<boolean>;
  probe: Nullable<Json>;
  problem_code: Nullable<string>;
  problem_detail: Nullable<string>;
  duration_ms: Nullable<number>;
  width_px: Nullable<number>;
  height_px: Nullable<number>;
  has_audio: Nullable<boolean>;
  cover_ms: Nullable<number>;
  poster_file_id: Nullable<string>;
  poster_avif_file_id: Nullable<string>;
  poster_placeholder: Nullable<string>;
  poster_is_bright: Nullable<boolean>;
  storyboard_file_id: Nullable<string>;
  storyboard_frames: Nullable<number>;
  storyboard_width_px: Nullable<number>;
  storyboard_height_px: Nullable<number>;
  hls_file_id: Nullable<string>;
  rungs: JsonWithDefault;
  created_at: Timestamp;
  playable_at: Nullable<Timestamp>;
  complete_at: Nullable<Timestamp>;
}
interface MediaFilesTable {
  id: string;
  account_id: string;
  video_id: Nullable<string>;
  sound_id: Nullable<string>;
  kind: string;
  store_key: string;
  mime: string;
  size_bytes: Int8;
  sha256: string;
  is_public: boolean;
  created_at: Timestamp;
  withdrawn_at: Nullable<Timestamp>;
}
interface RenditionsTable {
  video_id: string;
  id: string;
  file_id: string;
  height_px: number;
  width_px: number;
  codec: string;
  bitrate_bps: number;
  size_bytes: Int8;
  head_bytes: number;
  fragments: Json;
  is_silent: Generated<boolean>;
  created_at: Timestamp;
}
interface LikesTable {
  account_id: string;
  post_id: string;
  created_at: Timestamp;
}
interface SavesTable {
  account_id: string;
  post_id: string;
  created_at: Timestamp;
}
interface RepostsTable {
  account_id: string;
  post_id: string;
  created_at: Timestamp;
}
interface CommentsTable {
  post_id: string;
  id: string;
  account_id: string;
  parent_id: Nullable<string>;
  idempotency_key: Nullable<string>;
  text: string;
  like_count: Generated<number>;
  reply_count: Generated<number>;
  is_pinned: Generated<boolean>;
  created_at: Timestamp;
  deleted_at: Nullable<Timestamp>;
  deleted_by: Nullable<string>;
}
interface CommentLikesTable {
  account_id: string;
  comment_id: string;
  created_at: Timestamp;
}
interface NotificationsTable {
  account_id: string;
  id: string;
  kind: string;
  actor_id: Nullable<string>;
  post_id: Nullable<string>;
  comment_id: Nullable<string>;
  body: Json;
  created_at: Timestamp;
  read_at: Nullable<Timestamp>;
}
interface ComplaintsTable {
  id: string;
  subject_kind: string;
  subject_id: string;
  reason: string;
  text: string;
  complainant_id: Nullable<string>;
  created_at: Timestamp;
  decided_at: Nullable<Timestamp>;
  decision: Nullable<string>;
}
interface JobsTable {
  id: string;
  kind: string;
  subject_id: string;
  account_id: Nullable<string>;
  body: Json;
  priority: number;
  state: string;
  run_at: Timestamp;
  attempts: Generated<number>;
  fence: Int8Counter;
  lease_until: Nullable<Timestamp>;
  /** The process that has it: host, process id, and an id of its start. */
  holder: Nullable<string>;
  problem: Nullable<string>;
  created_at: Timestamp;
  ended_at: Nullable<Timestamp>;
}
export interface OutboxTable {
  id: string;
  writer_key: string;
  kind: string;
  body: Json;
  created_at: Timestamp;
  acknowledged_at: Nullable<Timestamp>;
  attempts: Generated<number>;
  next_at: Nullable<Timestamp>;
  problem: Nullable<string>;
}
interface RateCountersTable {
  key: string;
  window_start: Timestamp;
  count: number;
}
interface CountersTable {
  name: string;
  value: Int8;
}
interface RegionFactsTable {
  name: string;
  value: Json;
}
interface LocksTable {
  name: string;
  holder: string;
  lease_until: Timestamp;
}

/** All tables of a region. */
export interface Tables extends SoundTables, StudioTables, TicketTables, ShelfTables, InsightTables {
  accounts: AccountsTable;
  handles: HandlesTable;
  account_roles: AccountRolesTable;
  passwords: PasswordsTable;
  passkeys: PasskeysTable;
  recovery_codes: RecoveryCodesTable;
  sessions: SessionsTable;
  challenges: ChallengesTable;
  invites: InvitesTable;
  follows: FollowsTable;
  follow_requests: FollowRequestsTable;
  blocks: BlocksTable;
  mutes: MutesTable;
  ledger_entries: LedgerEntriesTable;
  restrictions: RestrictionsTable;
  uploads: UploadsTable;
  quotas: QuotasTable;
  sources: SourcesTable;
  videos: VideosTable;
  media_files: MediaFilesTable;
  renditions: RenditionsTable;
  likes: LikesTable;
  saves: SavesTable;
  reposts: RepostsTable;
  comments: CommentsTable;
  comment_likes: CommentLikesTable;
  notifications: NotificationsTable;
  complaints: ComplaintsTable;
  jobs: JobsTable;
  outbox: OutboxTable;
  rate_counters: RateCountersTable;
  counters: CountersTable;
  region_facts: RegionFactsTable;
  locks: LocksTable;
}
