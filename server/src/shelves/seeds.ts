/** The secret of each day's lotteries: promised by its hash the day before, told on its day. */
import { createHash } from 'node:crypto';
import { type DaySeed, epochSeedInput, seedWords } from '@vitrine/ranking';
import { later, utcDay, type World } from '../platform/world.ts';
import type { SeedRow, ShelfStore } from './store.ts';

const DAY_MS = 86_400_000;
const SECRET_BYTES = 32;

/** What the heads say of seeds, and the rows that become true with them. */
export interface Seeds {
  seed: DaySeed;
  rows: SeedRow[];
}

/** Seeds of an epoch: today's secret, and the promise of tomorrow's. */
export async function seedsOf(shelves: ShelfStore, world: World, epoch: number): Promise<Seeds> {
  const [today, tomorrow] = [utcDay(world.now()), utcDay(later(world.now(), DAY_MS))];
  const own = (await shelves.seed(today)) ?? newSecret(world, today, undefined);
  const next = (await shelves.seed(tomorrow)) ?? newSecret(world, tomorrow, epoch);
  const seed: DaySeed = {
    day: Math.floor(Date.parse(today) / DAY_MS),
    secret: Buffer.from(own.secret).toString('hex'),
    promisedIn: own.promisedIn ?? 0,
    next: createHash('sha256').update(next.secret).digest('hex'),
  };
  return { seed, rows: [own, next] };
}

/** Words of an epoch's own lottery. */
export function epochWords({ secret }: DaySeed, epoch: number): number[] {
  return seedWords(createHash('sha256').update(epochSeedInput(secret, epoch)).digest());
}

function newSecret(world: World, day: string, promisedIn: number | undefined): SeedRow {
  return { day, secret: world.randomBytes(SECRET_BYTES), promisedIn };
}
