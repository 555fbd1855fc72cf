/** The classes of the columns of the public shelves. */
import type { TableClass } from './table-class.ts';

/** Tables that server/src/shelves owns. */
export const SHELF_CLASSES: Readonly<Record<string, TableClass>> = {
  shelf_epochs: {
    owner: 'shelves',
    key: 'region',
    columns: {
      epoch: 'public',
      heads_hash: 'public',
      root: 'public',
      size: 'public',
      note: 'public',
      made_at: 'public',
      ledger_index: 'public',
    },
  },
  shelf_files: {
    owner: 'shelves',
    key: 'region',
    columns: {
      hash: 'public',
      kind: 'public',
      size_bytes: 'public',
      posts: 'public',
      block: 'public',
      made_at: 'public',
      left_at: 'ops',
      withdrawn_at: 'ops',
    },
  },
  shelf_changes: {
    owner: 'shelves',
    key: 'region',
    columns: { subject_id: 'ops', kind: 'ops', public_number: 'ops', noted_at: 'ops' },
  },
  shelf_seeds: { owner: 'shelves', key: 'region', columns: { day: 'public', secret: 'secret', promised_in: 'public' } },
};
