/** Events from earlier folders to later ones: written in the transaction of their cause, delivered at least once, in order of writing. */
import type { Db, Tx } from './database.ts';
import { reach } from './kill-points.ts';
import type { World } from './world.ts';

/** What is written. `writerKey` is the id of the row whose change this tells. */
export interface NewEvent {
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

/**
 * Delivers what is waiting, oldest first, and marks it as acknowledged.
 * @returns how many were delivered
 */
export async function deliverEvents(db: Db, world: World, subscriptions: Subscriptions): Promise<number> {
  const rows = await db
    .selectFrom('outbox')
    .selectAll()
    .where('acknowledged_at', 'is', null)
    .orderBy('created_at')
    .orderBy('id')
    .limit(BATCH)
    .execute();
  if (rows.length > 0) reach('outbox read');
  for (const row of rows) {
    const event: OutboxEvent = {
      id: row.id,
      writerKey: row.writer_key,
      kind: row.kind,
      createdAt: row.created_at,
      body: asRecord(row.body),
    };
    for (const deliver of subscriptions[row.kind] ?? []) await deliver(event);
    await db.updateTable('outbox').set({ acknowledged_at: world.now() }).where('id', '=', row.id).execute();
    reach('outbox acknowledged');
  }
  return rows.length;
}

/** Deletes what was acknowledged before the given moment. */
export async function sweepEvents(db: Db, before: Date): Promise<void> {
  await db.deleteFrom('outbox').where('acknowledged_at', '<', before).execute();
}

function asRecord(body: unknown): Record<string, unknown> {
  if (typeof body !== 'object' || body === null) throw new Error('an outbox row without body');
  return Object.fromEntries(Object.entries(body));
}
