/** What a query of this folder runs on. */
import type { Db, Tx } from '../platform/database.ts';
import type { Settings } from '../platform/settings.ts';
import type { World } from '../platform/world.ts';

/** A connection (or the transaction under way) and the clock. */
export interface Ground<Connection extends Db | Tx = Db | Tx> {
  db: Connection;
  world: World;
}

/** What the store is built from. */
export interface AccountGrounds {
  db: Db;
  world: World;
  settings: Settings;
}
