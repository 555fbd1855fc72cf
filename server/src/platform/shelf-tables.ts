/** The rows of the public shelves: epochs, their files, what waits for the learner. */
import type { Bytes, Day, Int8, JsonWithDefault, Nullable, Timestamp } from './column-types.ts';

interface ShelfEpochsTable {
  epoch: Int8;
  heads_hash: string;
  root: string;
  size: number;
  note: string;
  made_at: Timestamp;
  ledger_index: Nullable<Int8>;
}
interface ShelfFilesTable {
  hash: string;
  kind: string;
  size_bytes: number;
  posts: JsonWithDefault;
  block: Nullable<number>;
  made_at: Timestamp;
  left_at: Nullable<Timestamp>;
  withdrawn_at: Nullable<Timestamp>;
}
interface ShelfChangesTable {
  subject_id: string;
  kind: string;
  public_number: Nullable<Int8>;
  noted_at: Timestamp;
}
interface ShelfSeedsTable {
  day: Day;
  secret: Bytes;
  promised_in: Nullable<Int8>;
}
/** Tables that server/src/shelves owns. */
export interface ShelfTables {
  shelf_epochs: ShelfEpochsTable;
  shelf_files: ShelfFilesTable;
  shelf_changes: ShelfChangesTable;
  shelf_seeds: ShelfSeedsTable;
}
