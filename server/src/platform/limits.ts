/** Rate limits, kept in the database so that all processes count together. Addresses only as /24 or /48, for at most 24 hours. */
import type { Db } from './database.ts';
import { later, type World } from './world.ts';

/** So many in a window. */
export interface RateLimit {
  limit: number;
  windowSeconds: number;
}

/**
 * Counts one use of the key.
 * @returns undefined when it is within the limit, else the seconds until the window ends
 */
export async function countUse(db: Db, world: World, use: RateLimit & { key: string }): Promise<number | undefined> {
  const windowMs = use.windowSeconds * 1000;
  const nowMs = world.now().getTime();
  const startMs = Math.floor(nowMs / windowMs) * windowMs;
  const row = await db
    .insertInto('rate_counters')
    .values({ key: use.key, window_start: new Date(startMs), count: 1 })
    .onConflict((conflict) =>
      conflict.columns(['key', 'window_start']).doUpdateSet((eb) => ({ count: eb('rate_counters.count', '+', 1) })),
    )
    .returning('count')
    .executeTakeFirstOrThrow();
  return row.count <= use.limit ? undefined : Math.max(1, Math.ceil((startMs + windowMs - nowMs) / 1000));
}

/** An address cut to its network: IPv4 to /24, IPv6 to /48. */
export function addressPrefix(address: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1];
  const plain = mapped ?? address;
  if (plain.includes('.')) return `${plain.split('.').slice(0, 3).join('.')}.0/24`;
  const [head = '', tail = ''] = plain.split('::');
  const groups = head.split(':').filter(Boolean);
  const behind = tail.split(':').filter(Boolean);
  const full = plain.includes('::')
    ? [...groups, ...Array<string>(Math.max(0, 8 - groups.length - behind.length)).fill('0'), ...behind]
    : groups;
  return `${full
    .slice(0, 3)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/48`;
}

/** Deletes windows older than a day. */
export async function sweepCounters(db: Db, world: World): Promise<void> {
  await db
    .deleteFrom('rate_counters')
    .where('window_start', '<', later(world.now(), -24 * 3_600_000))
    .execute();
}
