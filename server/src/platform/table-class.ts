/** What is said of every table: whose it is, how it is spread, and what may become of each column. */

/** public: shown to anyone · private: its owner's alone · secret: nobody reads it back · derived: counted from others · ops: running the machine. */
export type ColumnClass = 'public' | 'private' | 'secret' | 'derived' | 'ops';

/** Which row decides where a row lives on a database of many machines; `reference` tables are kept everywhere. */
type DistributionKey = 'account' | 'post' | 'sound' | 'handle' | 'ticket' | 'region' | 'reference';

/** Of one table. */
export interface TableClass {
  /** The folder of server/src whose store alone writes this table. */
  owner: string;
  key: DistributionKey;
  columns: Readonly<Record<string, ColumnClass>>;
}
