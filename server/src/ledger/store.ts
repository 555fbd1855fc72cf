/** The entries of the region's log. Rows are only ever added. */
import type { Db, Tx } from '../platform/database.ts';
import type { World } from '../platform/world.ts';
import { entryText, minuteOf, type NewEntry } from './entry.ts';

/** An entry as written. */
export interface LedgerEntry {
  index: number;
  /** Canonical JSON. */
  entry: string;
  minute: Date;
}

/** Writing and reading of the log. */
export interface LedgerStore {
  /** Adds an entry within the writer's transaction; its index is final when the transaction is. */
  append(tx: Tx, entry: NewEntry): Promise<LedgerEntry>;
  /** Entries after the given index, oldest first. */
  entriesAfter(index: number, limit: number): Promise<LedgerEntry[]>;
}

const INDEX_COUNTER = 'ledger_index';
const REGION_ID = 'region_id';

/** The store over a database. */
export function ledgerStore(db: Db, world: World): LedgerStore {
  return {
    append: (tx, entry) => append(tx, world, entry),
    entriesAfter: async (index, limit) => {
      const rows = await db
        .selectFrom('ledger_entries')
        .selectAll()
        .where('index', '>', String(index))
        .orderBy('index')
        .limit(limit)
        .execute();
      return rows.map((row) => ({ index: Number(row.index), entry: row.entry, minute: row.minute }));
    },
  };
}

async function append(tx: Tx, world: World, entry: NewEntry): Promise<LedgerEntry> {
  const index = await takeIndex(tx);
  const minute = minuteOf(world.now());
  const text = entryText(entry, minute, await regionId(tx, world));
  await tx.insertInto('ledger_entries').values({ index, entry: text, minute }).execute();
  return { index, entry: text, minute };
}

/** The counter's row is locked until the writer's transaction ends: no gap when it fails, no index twice. */
async function takeIndex(tx: Tx): Promise<number> {
  const row = await tx
    .insertInto('counters')
    .values({ name: INDEX_COUNTER, value: 0 })
    .onConflict((conflict) => conflict.column('name').doUpdateSet((eb) => ({ value: eb('counters.value', '+', '1') })))
    .returning('value')
    .executeTakeFirstOrThrow();
  return Number(row.value);
}

/** The region's random name in its log, made at the first entry. */
async function regionId(tx: Tx, world: World): Promise<string> {
  const made = `r_${Buffer.from(world.randomBytes(9)).toString('base64url')}`;
  await tx
    .insertInto('region_facts')
    .values({ name: REGION_ID, value: JSON.stringify(made) })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
  const row = await tx
    .selectFrom('region_facts')
    .select('value')
    .where('name', '=', REGION_ID)
    .executeTakeFirstOrThrow();
  return String(row.value);
}
