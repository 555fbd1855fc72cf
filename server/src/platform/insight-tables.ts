/** The rows of figures for authors, of algorithms that people made, and of sealed tastes. */
import type { Bytes, Day, Int8, Json, Nullable, Timestamp } from './column-types.ts';

interface PostFiguresTable {
  post: Int8;
  day: Day;
  views: Nullable<number>;
  retention: Json;
}
interface PostStandsTable {
  post: Int8;
  shelf: string;
  since_at: Timestamp;
  until_at: Nullable<Timestamp>;
}
interface StandFilesTable {
  shelf: string;
  hash: string;
}
interface AlgorithmsTable {
  hash: string;
  account_id: string;
  name: string;
  about: string;
  weights: Json;
  created_at: Timestamp;
}
interface SealedTastesTable {
  address: string;
  sealed: Bytes;
  day: Day;
}

/** Tables that server/src/insights, algorithms and tastes own. */
export interface InsightTables {
  post_figures: PostFiguresTable;
  post_stands: PostStandsTable;
  stand_files: StandFilesTable;
  algorithms: AlgorithmsTable;
  sealed_tastes: SealedTastesTable;
}
