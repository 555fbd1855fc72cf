/** Where a learner goes on: the newest epoch that was signed, and its files as they stand. */
import {
  decodeHeads,
  type EpochFiles,
  type HeadsFile,
  newLogState,
  noFiles,
  resumeEpoch,
  type ShelfRegion,
  shelfRegion,
} from '@vitrine/ranking';
import type { MediaStore } from '../platform/media-store.ts';
import type { RegionKey } from '../platform/region-key.ts';
import { utcDay, type World } from '../platform/world.ts';
import { epochsAhead } from './chain.ts';
import { bytesIfKept } from './file-cache.ts';
import type { EpochRow, FileRow, ShelfStore } from './store.ts';

/** A learner takes a step so often, and publishes at most one epoch in each. */
export const TICK_MS = 500;
const DAY_MS = 86_400_000;

/** What was taken up. */
export interface TakenUp {
  newest: EpochRow | undefined;
  /** Absent when their bytes are gone. */
  heads: HeadsFile | undefined;
  /** With the posts and numbers that stand published; nothing learned yet. */
  region: ShelfRegion;
  files: EpochFiles;
  /** Epochs that may have been signed since, and are known to nobody here. */
  skipped: number;
}

interface TakeUpGrounds {
  shelves: ShelfStore;
  media: MediaStore;
  world: World;
  workDir: string;
}

/** Reads it; epochs that only the public files know become true in the database. */
export async function takeUp(grounds: TakeUpGrounds, key: RegionKey): Promise<TakenUp> {
  const { shelves, media, world } = grounds;
  const known = await shelves.newestEpoch();
  const ahead = await epochsAhead({ ...grounds, key }, known);
  const newest = ahead[0] ?? known;
  const empty = () => shelfRegion(newLogState(world.now()));
  const region = empty();
  const ask = (hash: string): Promise<Buffer | undefined> => bytesIfKept(media, hash);
  const bytes = newest && (await ask(newest.headsHash));
  const heads = bytes && decodeHeads(bytes);
  const resumed = heads && (await resumeEpoch(region, heads, ask));
  if (heads !== undefined && ahead.length > 0) {
    const own = await Promise.all(ahead.map(({ headsHash }) => headsFile(headsHash, ask)));
    const { day, secret, promisedIn } = heads.seed;
    const seed = { day: utcDay(new Date(day * DAY_MS)), secret: Buffer.from(secret, 'hex') };
    const told = { ...seed, promisedIn: promisedIn === 0 ? undefined : promisedIn };
    await shelves.adopt({ epochs: ahead, files: [...(resumed?.standing ?? []), ...own], seed: told });
  }
  const isLost = newest !== undefined && heads === undefined;
  const skipped = isLost ? Math.ceil(Math.max(0, world.now().getTime() - newest.madeAt.getTime()) / TICK_MS) : 0;
  return { newest, heads, region: resumed ? region : empty(), files: resumed?.files ?? noFiles(), skipped };
}

async function headsFile(hash: string, ask: (hash: string) => Promise<Buffer | undefined>): Promise<FileRow> {
  return { hash, kind: 'heads', posts: [], block: undefined, sizeBytes: (await ask(hash))?.length ?? 0 };
}
