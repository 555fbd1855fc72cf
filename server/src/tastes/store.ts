/** Sealed tastes: bytes that only their makers can open. */
import type { Db } from '../platform/database.ts';
import { later, utcDay, type World } from '../platform/world.ts';

const KEEP_MS = 180 * 86_400_000;

/** The owner of sealed tastes. */
export type SealedTasteStore = ReturnType<typeof sealedTasteStore>;

/** The store over a database. */
export function sealedTasteStore(db: Db, world: World) {
  const today = (): string => utcDay(world.now());
  return {
    put: async (address: string, sealed: Uint8Array): Promise<void> => {
      const row = { address, sealed, day: today() };
      await db
        .insertInto('sealed_tastes')
        .values(row)
        .onConflict((conflict) => conflict.column('address').doUpdateSet({ sealed, day: row.day }))
        .execute();
    },
    /** The bytes, which live on from today; undefined when there are none. */
    read: async (address: string): Promise<Uint8Array | undefined> => {
      const row = await db
        .updateTable('sealed_tastes')
        .set({ day: today() })
        .where('address', '=', address)
        .returning('sealed')
        .executeTakeFirst();
      return row && new Uint8Array(row.sealed);
    },
    remove: async (address: string): Promise<void> =>
      void (await db.deleteFrom('sealed_tastes').where('address', '=', address).execute()),
    forgetOld: async (): Promise<void> =>
      void (await db
        .deleteFrom('sealed_tastes')
        .where('day', '<', utcDay(later(world.now(), -KEEP_MS)))
        .execute()),
  };
}
