/** All stores, built by hand. No folder imports this: each names the stores that it needs. */
import { algorithmStore } from './algorithms/store.ts';
import { accountStore } from './accounts/store.ts';
import { insightStore } from './insights/store.ts';
import { interactStore } from './interact/store.ts';
import { ledgerStore } from './ledger/store.ts';
import { moderateStore } from './moderate/store.ts';
import { notifyStore } from './notify/store.ts';
import type { Db } from './platform/database.ts';
import type { MediaStore } from './platform/media-store.ts';
import type { Settings } from './platform/settings.ts';
import type { World } from './platform/world.ts';
import { restrictStore } from './restrict/store.ts';
import { openLeases } from './platform/leases.ts';
import { shelfStore } from './shelves/store.ts';
import { shareStore } from './share/store.ts';
import { soundStore } from './sounds/store.ts';
import { videoStore } from './transcode/store.ts';
import { openUploadLocks } from './upload/locker.ts';
import { openStaging, type AskDiskSpace } from './upload/staging.ts';
import { sealedTasteStore } from './tastes/store.ts';
import { ticketStore } from './tickets/store.ts';
import { uploadStore, type OnStored } from './upload/store.ts';
import { soundReads } from './watch/sound-store.ts';
import { watchStore } from './watch/store.ts';

/** What every store may be built from. */
export interface Grounds {
  db: Db;
  world: World;
  settings: Settings;
  media: MediaStore;
  /** Origins of our own pages. A function, because the port may be known only after listening. */
  origins: () => ReadonlySet<string>;
  /** Absent: the real disk. */
  askDiskSpace?: AskDiskSpace | undefined;
  /** The operator lets strangers upload although no sandbox works here; the public pages say so. */
  isOpenWithoutSandbox: boolean;
}

/** Builds them, in story order. */
export function buildStores(grounds: Grounds) {
  const { db, world, settings } = grounds;
  const videos = videoStore(db, world);
  const onStored: OnStored = (tx, source) => videos.begin(tx, source);
  const ledger = ledgerStore(db, world);
  const restrict = restrictStore(db, world);
  const notify = notifyStore(grounds);
  const sounds = soundStore(db, world);
  const accounts = accountStore(grounds);
  const shelves = shelfStore({ db, world, ledger });
  const watch = watchStore({ ...grounds, accounts });
  return {
    ledger,
    restrict,
    accounts,
    uploads: uploadStore({ db, world, quotaBytes: settings.accountQuotaBytes, onStored }),
    staging: openStaging(settings.stagingDir, grounds.askDiskSpace),
    locks: openUploadLocks(openLeases(db, world)),
    videos,
    sounds,
    interact: interactStore(db, world, settings),
    tickets: ticketStore({ db, world, ledger }),
    shelves,
    watch,
    soundReads: soundReads({ db, world, watch }),
    share: shareStore(db),
    notify,
    moderate: moderateStore({ db, world, ledger, restrict, notify, sounds, videos }),
    insights: insightStore({ ...grounds, shelves, restrict }),
    algorithms: algorithmStore(db, world),
    sealedTastes: sealedTasteStore(db, world),
  };
}

/** All of them, by name. */
export type Stores = ReturnType<typeof buildStores>;
