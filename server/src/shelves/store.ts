/** Epochs and their files: rows here, bytes in the media store under `shelves/`. */
import { sql } from 'kysely';
import type { LedgerStore } from '../ledger/store.ts';
import type { Db, Tx } from '../platform/database.ts';
import { knownRegionKey } from '../platform/region-key.ts';
import { later, utcDay, type World } from '../platform/world.ts';

/** An epoch as anyone may know it. */
export interface EpochRow {
  epoch: number;
  headsHash: string;
  /** Of its tree, in hexadecimal. */
  root: string;
  size: number;
  note: string;
  madeAt: Date;
}

/** A file that an epoch brings. */
export interface FileRow {
  hash: string;
  kind: string;
  sizeBytes: number;
  posts: readonly number[];
  block: number | undefined;
}

/** The secret of a day. */
export interface SeedRow {
  day: string;
  secret: Uint8Array;
  promisedIn: number | undefined;
}

/** Bytes are kept so long after the last epoch that named them; heads longer. */
const FILE_HOURS = 24;
const HEADS_DAYS = 30;
const HOUR_MS = 3_600_000;
/** Most hashes in one statement: the embedded database stops the process for as long as it writes. */
const BATCH = 500;

/** The owner of epochs and their files. */
export type ShelfStore = ReturnType<typeof shelfStore>;

/** Where all bytes of shelves lie. */
export const FILE_FOLDER = 'shelves/';

/** What was signed last: the hash of its heads, and its note. */
export const LAST_SIGNED = `${FILE_FOLDER}last-signed`;

/** Where a file's bytes lie. */
export function fileKey(hash: string): string {
  return `${FILE_FOLDER}${hash.slice(0, 2)}/${hash}`;
}

/** The store over a database. */
export function shelfStore(grounds: { db: Db; world: World; ledger: LedgerStore }) {
  const { db, world } = grounds;
  return {
    /** The region's public key; undefined before it was made. */
    key: () => knownRegionKey(db),
    newestEpoch: async () => epochOf(await epochs(db).orderBy('epoch', 'desc').limit(1).executeTakeFirst()),
    epoch: async (epoch: number) => epochOf(await epochs(db).where('epoch', '=', String(epoch)).executeTakeFirst()),
    file: (hash: string) => readFile(db, hash),
    withdrawnSince: (moment: Date) => withdrawnSince(db, moment),
    seed: (day: string) => readSeed(db, day),
    commit: (made: NewEpoch) => commit(db, world, made),
    adopt: (ahead: Adopted) => adopt(db, world, ahead),
    withdraw: (posts: readonly number[]) => withdraw(db, world, posts),
    cover: (epoch: EpochRow) => cover(grounds, epoch),
    lastCovered: () => lastCovered(db),
    forgetOld: () => forgetOld(db, world),
  };
}

function epochs(db: Db) {
  return db.selectFrom('shelf_epochs').selectAll();
}

function epochOf(row: Awaited<ReturnType<ReturnType<typeof epochs>['executeTakeFirst']>>): EpochRow | undefined {
  return (
    row && {
      epoch: Number(row.epoch),
      headsHash: row.heads_hash,
      root: row.root,
      size: row.size,
      note: row.note,
      madeAt: row.made_at,
    }
  );
}

async function readFile(db: Db, hash: string): Promise<{ kind: string; isWithdrawn: boolean } | undefined> {
  const row = await db
    .selectFrom('shelf_files')
    .select(['kind', 'withdrawn_at'])
    .where('hash', '=', hash)
    .executeTakeFirst();
  return row && { kind: row.kind, isWithdrawn: row.withdrawn_at !== null };
}

async function withdrawnSince(db: Db, moment: Date): Promise<string[]> {
  const rows = await db.selectFrom('shelf_files').select('hash').where('withdrawn_at', '>=', moment).execute();
  return rows.map((row) => row.hash);
}

async function readSeed(db: Db, day: string): Promise<SeedRow | undefined> {
  const row = await db.selectFrom('shelf_seeds').selectAll().where('day', '=', day).executeTakeFirst();
  return (
    row && {
      day,
      secret: new Uint8Array(row.secret),
      promisedIn: row.promised_in === null ? undefined : Number(row.promised_in),
    }
  );
}

/** What becomes true with an epoch. Its files' bytes are stored before. */
interface NewEpoch extends EpochRow {
  files: readonly FileRow[];
  /** Files of the epoch before that this one does not name; undefined = every file that it does not bring. */
  left: readonly string[] | undefined;
  seeds: readonly SeedRow[];
}

async function commit(db: Db, world: World, made: NewEpoch): Promise<void> {
  const now = world.now();
  await db.transaction().execute(async (tx) => {
    await insertEpoch(tx, made, now);
    await leaveFiles(tx, made.left, now);
    for (let at = 0; at < made.files.length; at += BATCH) await insertFiles(tx, made.files.slice(at, at + BATCH), now);
    for (const seed of made.seeds) await insertSeed(tx, seed);
  });
}

/** Epochs that were signed before this database knew of them, newest first, and the files of the newest one. */
export interface Adopted {
  epochs: readonly EpochRow[];
  files: readonly FileRow[];
  seed: SeedRow;
}

async function adopt(db: Db, world: World, { epochs: ahead, files, seed }: Adopted): Promise<void> {
  const now = world.now();
  await db.transaction().execute(async (tx) => {
    for (const made of ahead) await insertEpoch(tx, made, made.madeAt);
    await leaveFiles(tx, undefined, now);
    for (let at = 0; at < files.length; at += BATCH) await insertFiles(tx, files.slice(at, at + BATCH), now);
    await insertSeed(tx, seed);
  });
}

async function insertEpoch(tx: Tx, { epoch, headsHash, root, size, note }: EpochRow, madeAt: Date): Promise<void> {
  await tx
    .insertInto('shelf_epochs')
    .values({ epoch, heads_hash: headsHash, root, size, note, made_at: madeAt })
    .execute();
}

async function insertSeed(tx: Tx, { day, secret, promisedIn }: SeedRow): Promise<void> {
  await tx
    .insertInto('shelf_seeds')
    .values({ day, secret, promised_in: promisedIn ?? null })
    .onConflict((conflict) => conflict.column('day').doNothing())
    .execute();
}

async function leaveFiles(tx: Tx, left: readonly string[] | undefined, now: Date): Promise<void> {
  const leaving = tx.updateTable('shelf_files').set({ left_at: now }).where('left_at', 'is', null);
  if (left === undefined) await leaving.where('kind', '<>', 'heads').execute();
  for (let at = 0; at < (left?.length ?? 0); at += BATCH) {
    await leaving.where('hash', 'in', left?.slice(at, at + BATCH) ?? []).execute();
  }
}

async function insertFiles(tx: Tx, files: readonly FileRow[], now: Date): Promise<void> {
  const rows = files.map(({ hash, kind, sizeBytes, posts, block }) => ({
    hash,
    kind,
    size_bytes: sizeBytes,
    posts: JSON.stringify(posts),
    block: block ?? null,
    made_at: now,
  }));
  await tx
    .insertInto('shelf_files')
    .values(rows)
    .onConflict((conflict) => conflict.column('hash').doUpdateSet({ left_at: null, withdrawn_at: null }))
    .execute();
}

/** Withdraws the files that no epoch names any more and that held one of the posts; answers with their hashes. */
async function withdraw(db: Db, world: World, posts: readonly number[]): Promise<string[]> {
  const hashes: string[] = [];
  for (const post of posts) {
    const rows = await db
      .updateTable('shelf_files')
      .set({ withdrawn_at: world.now() })
      .where('withdrawn_at', 'is', null)
      .where('left_at', 'is not', null)
      .where((eb) =>
        eb.or([sql<boolean>`posts @> ${JSON.stringify([post])}::jsonb`, eb('block', '=', Math.floor(post / 256))]),
      )
      .returning('hash')
      .execute();
    hashes.push(...rows.map((row) => row.hash));
  }
  return hashes;
}

/** Writes an epoch into the ledger: through its chain it covers those before. */
async function cover({ db, ledger }: { db: Db; ledger: LedgerStore }, { epoch, root, size }: EpochRow): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const { index } = await ledger.append(tx, { t: 'epoch', body: { epoch, root, size } });
    await tx.updateTable('shelf_epochs').set({ ledger_index: index }).where('epoch', '=', String(epoch)).execute();
  });
}

async function lastCovered(db: Db): Promise<number> {
  const row = await db
    .selectFrom('shelf_epochs')
    .select((eb) => eb.fn.max('epoch').as('epoch'))
    .where('ledger_index', 'is not', null)
    .executeTakeFirst();
  return Number(row?.epoch ?? 0);
}

/** Forgets rows whose time is over; answers with the hashes whose bytes may go. Heads are forgotten with their epoch. */
async function forgetOld(db: Db, world: World): Promise<string[]> {
  const now = world.now();
  const before = later(now, -HEADS_DAYS * 24 * HOUR_MS);
  const newest = await db
    .selectFrom('shelf_epochs')
    .select((eb) => eb.fn.max('epoch').as('epoch'))
    .executeTakeFirst();
  const epochsGone = await db
    .deleteFrom('shelf_epochs')
    .where('made_at', '<', before)
    .where('epoch', '<', newest?.epoch ?? '0')
    .returning('heads_hash')
    .execute();
  const heads = epochsGone.map((row) => row.heads_hash);
  const filesGone = await db
    .deleteFrom('shelf_files')
    .where((eb) =>
      eb.or([
        eb('left_at', '<', later(now, -FILE_HOURS * HOUR_MS)),
        ...(heads.length > 0 ? [eb('hash', 'in', heads.slice(0, BATCH))] : []),
      ]),
    )
    .returning('hash')
    .execute();
  await db.deleteFrom('shelf_seeds').where('day', '<', utcDay(before)).execute();
  return filesGone.map((row) => row.hash);
}
