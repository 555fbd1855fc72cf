/** All stores, built by hand. No folder imports this: each names the stores that it needs. */
import { accountStore } from './accounts/store.ts';
import { ledgerStore } from './ledger/store.ts';
import type { Db } from './platform/database.ts';
import type { MediaStore } from './platform/media-store.ts';
import type { Settings } from './platform/settings.ts';
import type { World } from './platform/world.ts';
import { restrictStore } from './restrict/store.ts';
import { watchStore } from './watch/store.ts';

/** What every store may be built from. */
export interface Grounds {
  db: Db;
  world: World;
  settings: Settings;
  media: MediaStore;
  /** Origins of our own pages. A function, because the port may be known only after listening. */
  origins: () => ReadonlySet<string>;
}

/** Builds them, in story order. */
export function buildStores(grounds: Grounds) {
  const { db, world, settings } = grounds;
  return {
    ledger: ledgerStore(db, world),
    restrict: restrictStore(db, world),
    accounts: accountStore(grounds),
    watch: watchStore(db, world, settings),
  };
}

export type Stores = ReturnType<typeof buildStores>;
