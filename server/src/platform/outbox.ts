/** Events from earlier folders to later ones: written in the transaction of their cause, delivered at least once, oldest first. */
import type { Selectable } from 'kysely';
import type { Db, Tx } from './database.ts';
import { reach } from './kill-points.ts';
import type { OutboxTable } from './tables.ts';
import { later, type World } from './world.ts';

/** What is written. `writerKey` is the id of the row whose change this tells. */
interface NewEvent {
  kind: string;
  writerKey: string;
  body: Record<string, unknown>;
}

/** What a subscriber gets. Delivered again after a crash: its effect must be idempotent, keyed by `id`. */
export interface OutboxEvent extends NewEvent {
  id: string;
  createdAt: Date;
}

/** Kinds to subscribers; every subscriber of a kind is called in turn. */
export type Subscriptions = Readonly<Record<string, readonly ((event: OutboxEvent) => Promise<void>)[]>>;

/** Writes an event within the transaction of its cause. */
export async function writeEvent(tx: Tx, world: World, event: NewEvent): Promise<void> {
  await tx
    .insertInto('outbox')
    .values({
      id: world.newId(),
      writer_key: event.writerKey,
      kind: event.kind,
      body: JSON.stringify(event.body),
      created_at: world.now(),
    })
    .execute();
}

const BATCH = 100;
const RETRY_BASE_MS = 1000;
const LONGEST_WAIT_MS = 5 * 60_000;
/** After so many tries an event is set aside with its problem: one that can never succeed must not be tried for ever. */
const MOST_ATTEMPTS = 15;

/** What delivering needs. `onError` hears of every failed try. */
export interface Delivery {
  db: Db;
  world: World;
  subscriptions: Subscriptions;
  onError(event: Pick<OutboxEvent, 'id' | 'kind'>, cause: unknown): void;
}

/**
 * Delivers what is waiting, oldest first, and marks it as acknowledged. An event whose subscriber fails waits and is tried
 * again, longer each time; those behind it pass.
 * @returns how many were delivered
 */
export async function deliverEvents(delivery: Delivery): Promise<number> {
  const { db, world } = delivery;
  const rows = await db
    .selectFrom('outbox')
    .selectAll()
    .where('acknowledged_at', 'is', null)
    .where((eb) => eb.or([eb('next_at', 'is', null), eb('next_at', '<=', world.now())]))
    .orderBy('created_at')
    .orderBy('id')
    .limit(BATCH)
    .execute();
  if (rows.length > 0) reach('outbox read');
  let delivered = 0;
  for (const row of rows) {
    try {
      await deliverOne(delivery.subscriptions, row);
    } catch (cause) {
      delivery.onError({ id: row.id, kind: row.kind }, cause);
      await putBack(db, world, { id: row.id, attempts: row.attempts + 1, cause });
      continue;
    }
    await db
      .updateTable('outbox')
      .set({ acknowledged_at: world.now(), problem: null })
      .where('id', '=', row.id)
      .execute();
    delivered += 1;
    reach('outbox acknowledged');
  }
  return delivered;
}

async function deliverOne(subscriptions: Subscriptions, row: Selectable<OutboxTable>): Promise<void> {
  const body = asRecord(row.body);
  const event: OutboxEvent = { id: row.id, writerKey: row.writer_key, kind: row.kind, createdAt: row.created_at, body };
  for (const deliver of subscriptions[row.kind] ?? []) await deliver(event);
}

async function putBack(db: Db, world: World, failed: { id: string; attempts: number; cause: unknown }): Promise<void> {
  const { id, attempts, cause } = failed;
  const waitMs = Math.min(RETRY_BASE_MS * 2 ** (attempts - 1), LONGEST_WAIT_MS);
  await db
    .updateTable('outbox')
    .set({
      attempts,
      next_at: later(world.now(), waitMs),
      problem: cause instanceof Error ? `${cause.name}: ${cause.message}`.slice(0, 500) : 'unknown',
      acknowledged_at: attempts >= MOST_ATTEMPTS ? world.now() : null,
    })
    .where('id', '=', id)
    .execute();
}

/** Deletes what was acknowledged before the given moment; what was set aside stays to be looked at. */
export async function sweepEvents(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('outbox').where('acknowledged_at', '<', before).where('problem', 'is', null).execute();
}

function asRecord(body: unknown): Record<string, unknown> {
  if (typeof body !== 'object' || body === null) throw new Error('an outbox row without body');
  return Object.fromEntries(Object.entries(body));
}
