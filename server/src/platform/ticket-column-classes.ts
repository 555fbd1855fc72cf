/** The classes of the columns of blind tickets and watch reports. No column of a report belongs to anybody. */
import type { TableClass } from './table-class.ts';

/** Tables that server/src/tickets owns. */
export const TICKET_CLASSES: Readonly<Record<string, TableClass>> = {
  ticket_keys: {
    owner: 'tickets',
    key: 'region',
    columns: {
      day: 'public',
      weight_millis: 'public',
      public_key: 'public',
      secret_key: 'secret',
      ledger_index: 'public',
    },
  },
  ticket_draws: {
    owner: 'tickets',
    key: 'account',
    columns: { account_id: 'private', day: 'private', drawn: 'private', previous_day: 'private' },
  },
  spent_tickets: {
    owner: 'tickets',
    key: 'ticket',
    columns: { ticket_hash: 'ops', key_day: 'ops', body_hash: 'ops' },
  },
  pending_reports: {
    owner: 'tickets',
    key: 'post',
    columns: {
      post: 'ops',
      second_post: 'ops',
      third_post: 'ops',
      outcome_bucket: 'ops',
      loops: 'ops',
      is_skip: 'ops',
      weight_millis: 'ops',
    },
  },
  report_batches: {
    owner: 'tickets',
    key: 'region',
    columns: { minute: 'ops', singles: 'ops', chunks: 'ops' },
  },
  watch_singles: {
    owner: 'tickets',
    key: 'post',
    columns: {
      minute: 'ops',
      post: 'ops',
      outcome_bucket: 'ops',
      loops: 'ops',
      is_skip: 'ops',
      weight_millis: 'ops',
    },
  },
  watch_chunks: {
    owner: 'tickets',
    key: 'post',
    columns: { minute: 'ops', first_post: 'ops', second_post: 'ops', third_post: 'ops', weight_millis: 'ops' },
  },
  post_reports: {
    owner: 'tickets',
    key: 'post',
    columns: {
      post: 'public',
      impressions: 'derived',
      views: 'derived',
      skips: 'derived',
      loops: 'derived',
      published_views: 'derived',
    },
  },
  post_outcomes: {
    owner: 'tickets',
    key: 'post',
    columns: { post: 'public', outcome_bucket: 'public', count: 'derived' },
  },
  report_windows: {
    owner: 'tickets',
    key: 'post',
    columns: { post: 'ops', weight_millis: 'ops', window_start: 'ops', seen: 'ops', accepted: 'ops' },
  },
};
