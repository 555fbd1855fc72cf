/** Named leases in the database: one holder at a time, over all processes. A holder that died on this machine is followed at once. */
import { hostname } from 'node:os';
import type { Db } from './database.ts';
import { later, type World } from './world.ts';

/** Leases of one process. */
export interface Leases {
  /** Takes or prolongs a lease; false while another living process has it. */
  take(name: string, forMs: number): Promise<boolean>;
  /** Gives a lease back. */
  drop(name: string): Promise<void>;
}

/** Holders within this process. */
const OWN_HOLDERS = new Set<string>();

/** A name for one holder within this process. */
export function newHolder(world: World): string {
  const holder = `${hostname()} ${process.pid} ${world.newId()}`;
  OWN_HOLDERS.add(holder);
  return holder;
}

/** Opens the leases of this process; each call is a holder of its own. */
export function openLeases(db: Db, world: World): Leases {
  const holder = newHolder(world);

  async function takeFrom(name: string, forMs: number, dead: string | undefined): Promise<string | undefined> {
    const until = later(world.now(), forMs);
    await db
      .insertInto('locks')
      .values({ name, holder, lease_until: until })
      .onConflict((conflict) =>
        conflict
          .column('name')
          .doUpdateSet({ holder, lease_until: until })
          .where((eb) =>
            eb.or([
              eb('locks.lease_until', '<', world.now()),
              eb('locks.holder', 'in', dead ? [holder, dead] : [holder]),
            ]),
          ),
      )
      .execute();
    return (await db.selectFrom('locks').select('holder').where('name', '=', name).executeTakeFirst())?.holder;
  }

  return {
    async take(name, forMs) {
      const found = await takeFrom(name, forMs, undefined);
      if (found === holder) return true;
      if (found === undefined || !isDead(found)) return false;
      return (await takeFrom(name, forMs, found)) === holder;
    },
    async drop(name) {
      await db.deleteFrom('locks').where('name', '=', name).where('holder', '=', holder).execute();
    },
  };
}

/** Whether a holder was a process of this machine that is no more. Of other machines' processes nothing is known. */
export function isDead(holder: string): boolean {
  if (OWN_HOLDERS.has(holder)) return false;
  const [host, pid] = holder.split(' ');
  if (host !== hostname()) return false;
  // The same number with another id: this process was restarted under the number of its predecessor, as in a container.
  if (Number(pid) === process.pid) return true;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (cause) {
    return cause instanceof Error && 'code' in cause && cause.code === 'ESRCH';
  }
}
