/** The keys of tickets: one pair a UTC day and weight, made at the first need of the day, told to all in the ledger, gone after eight days. */
import { TICKET_KEY_DAYS } from '@vitrine/schema';
import type { LedgerStore } from '../ledger/store.ts';
import type { Db, Tx } from '../platform/database.ts';
import { later, utcDay, type World } from '../platform/world.ts';
import type { Evaluator } from './evaluator.ts';
import type { TicketKeyPair } from './oprf.ts';
import { earnedMillis, issuedWeights } from './weights.ts';

/** A day's key of one weight. */
export interface DayKey extends TicketKeyPair {
  classKey: string;
  day: string;
  weightMillis: number;
  ledgerIndex: number;
}

const DAY_MS = 86_400_000;

/** `2026-11-22.20`. */
export function classKeyOf(day: string, weightMillis: number): string {
  return `${day}.${weightMillis}`;
}

interface KeyGrounds {
  db: Db;
  world: World;
  ledger: LedgerStore;
  evaluator: Evaluator;
}

/** The keys whose tickets are taken now, newest first, heaviest first; today's are made if nobody has made them. */
export function keyRing(grounds: KeyGrounds) {
  const { db, world } = grounds;
  let known: { day: string; keys: DayKey[] } | undefined;
  return async (): Promise<readonly DayKey[]> => {
    const today = utcDay(world.now());
    if (known?.day !== today) {
      await makeKeysOfDay(grounds);
      known = { day: today, keys: await readKeys(db, today) };
    }
    return known.keys;
  };
}

async function readKeys(db: Db, today: string): Promise<DayKey[]> {
  const rows = await db
    .selectFrom('ticket_keys')
    .selectAll()
    .where('day', '>', firstDayOut(today))
    .where('day', '<=', today)
    .orderBy('day', 'desc')
    .orderBy('weight_millis', 'desc')
    .execute();
  return rows.map((row) => ({
    classKey: classKeyOf(row.day, row.weight_millis),
    day: row.day,
    weightMillis: row.weight_millis,
    // In memory of their own, not cut from the database's answer: they go to other threads.
    publicKey: new Uint8Array(row.public_key),
    secretKey: new Uint8Array(row.secret_key),
    ledgerIndex: Number(row.ledger_index),
  }));
}

function firstDayOut(today: string): string {
  return utcDay(later(new Date(today), -TICKET_KEY_DAYS * DAY_MS));
}

/** One transaction: keys and their ledger entry, once, however many processes begin the day. */
async function makeKeysOfDay({ db, world, ledger, evaluator }: KeyGrounds): Promise<void> {
  const day = utcDay(world.now());
  if (await db.selectFrom('ticket_keys').select('day').where('day', '=', day).executeTakeFirst()) return;
  const weights = issuedWeights(await accountsByWeight(db, day));
  const pairs = await evaluator.makeKeys(weights.map(() => world.randomBytes(32)));
  const made = pairs.map((pair, place) => ({ weightMillis: weights[place] ?? 0, ...pair }));
  await db.transaction().execute(async (tx) => {
    // Whoever comes second waits here for the first, and then has nothing to add.
    const added = await tx
      .insertInto('ticket_keys')
      .values(
        made.map(({ weightMillis, publicKey, secretKey }) => ({
          day,
          weight_millis: weightMillis,
          public_key: publicKey,
          secret_key: secretKey,
        })),
      )
      .onConflict((conflict) => conflict.doNothing())
      .returning('weight_millis')
      .execute();
    if (added.length > 0) await tellLedger(tx, ledger, { day, made });
  });
}

async function tellLedger(
  tx: Tx,
  ledger: LedgerStore,
  { day, made }: { day: string; made: readonly { weightMillis: number; publicKey: Uint8Array }[] },
): Promise<void> {
  const keys = made.map(({ weightMillis, publicKey }) => ({
    weightMillis,
    publicKey: Buffer.from(publicKey).toString('base64url'),
  }));
  const { index } = await ledger.append(tx, { t: 'tickets.keys', body: { day, keys } });
  await tx.updateTable('ticket_keys').set({ ledger_index: index }).where('day', '=', day).execute();
}

/** How many accounts of each weight were here on the day before: the last whole day there is. */
async function accountsByWeight(db: Db, day: string): Promise<Map<number, number>> {
  const rows = await db
    .selectFrom('accounts')
    .select((eb) => ['active_days', eb.fn.countAll<string>().as('accounts')])
    .where('last_active_day', '>=', utcDay(later(new Date(day), -DAY_MS)))
    .groupBy('active_days')
    .execute();
  const counts = new Map<number, number>();
  for (const row of rows) {
    const earned = earnedMillis(row.active_days);
    counts.set(earned, (counts.get(earned) ?? 0) + Number(row.accounts));
  }
  return counts;
}

/** Deletes keys that are no longer taken, and the hashes of tickets under them, which nobody could hand in again. */
export async function forgetOldKeys(db: Db, world: World): Promise<void> {
  const firstOut = firstDayOut(utcDay(world.now()));
  await db.transaction().execute(async (tx) => {
    await tx.deleteFrom('ticket_keys').where('day', '<=', firstOut).execute();
    await tx.deleteFrom('spent_tickets').where('key_day', '<=', firstOut).execute();
  });
}
