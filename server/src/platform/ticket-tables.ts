/** The rows of blind tickets and of the watch reports made with them. */
import type { Bytes, Day, Int8, Nullable, Timestamp } from './column-types.ts';

interface TicketKeysTable {
  day: Day;
  weight_millis: number;
  public_key: Bytes;
  secret_key: Bytes;
  ledger_index: Nullable<Int8>;
}
interface TicketDrawsTable {
  account_id: string;
  day: Day;
  drawn: number;
  previous_day: Nullable<Day>;
}
interface SpentTicketsTable {
  ticket_hash: string;
  key_day: Day;
  body_hash: string;
}
interface PendingReportsTable {
  post: Int8;
  second_post: Nullable<Int8>;
  third_post: Nullable<Int8>;
  outcome_bucket: Nullable<number>;
  loops: Nullable<number>;
  is_skip: Nullable<boolean>;
  weight_millis: number;
}
interface ReportBatchesTable {
  minute: Timestamp;
  singles: number;
  chunks: number;
}
interface WatchSinglesTable {
  minute: Timestamp;
  post: Int8;
  outcome_bucket: number;
  loops: number;
  is_skip: boolean;
  weight_millis: number;
}
interface WatchChunksTable {
  minute: Timestamp;
  first_post: Int8;
  second_post: Int8;
  third_post: Int8;
  weight_millis: number;
}
interface PostReportsTable {
  post: Int8;
  impressions: number;
  views: number;
  skips: number;
  loops: Int8;
  published_views: Nullable<number>;
}
interface PostOutcomesTable {
  post: Int8;
  outcome_bucket: number;
  count: number;
}
interface ReportWindowsTable {
  post: Int8;
  weight_millis: number;
  window_start: Timestamp;
  seen: number;
  accepted: number;
}

/** Tables that server/src/tickets owns. */
export interface TicketTables {
  ticket_keys: TicketKeysTable;
  ticket_draws: TicketDrawsTable;
  spent_tickets: SpentTicketsTable;
  pending_reports: PendingReportsTable;
  report_batches: ReportBatchesTable;
  watch_singles: WatchSinglesTable;
  watch_chunks: WatchChunksTable;
  post_reports: PostReportsTable;
  post_outcomes: PostOutcomesTable;
  report_windows: ReportWindowsTable;
}
