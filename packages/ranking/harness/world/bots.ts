/** Attacks on the ranking: fixed scripts that push one post, with as many accounts as they are given. */
import { type Chance, type PostFacts, type Report } from '@vitrine/ranking';
import { chunkOf } from './publisher.ts';

const DAY_MS = 86_400_000;
/** Tickets that an account may draw in a day. */
const TICKETS_A_DAY = 50;
/** Weight of the tickets of accounts by the days on which they were active (docs/algorithm.md). */
const CLASS_WEIGHTS = { signedOut: 0.005, fresh: 0.02, aged: 1 } as const;

/** An attack: who reports, for how many days, and how. */
export interface Attack {
  name: string;
  /** What it does, for the table. */
  says: string;
  days: number;
  weight: number;
  /** Reports of one account on one day. */
  reports: (at: {
    target: PostFacts;
    liked: readonly PostFacts[];
    chance: Chance;
    atMs: number;
    weight: number;
  }) => Report[];
}

/** All tickets for the post itself: finished, finished, finished. */
function singles({ target, atMs, weight }: Parameters<Attack['reports']>[0]): Report[] {
  return Array.from({ length: TICKETS_A_DAY }, (_, i) => ({
    kind: 'single',
    post: target.post,
    creator: target.creator,
    isPositive: true,
    weight,
    atMs: atMs + i,
  }));
}

/** Chunks that tie the post to what many people like, so that it stands near everybody's taste. */
function chunks({ target, liked, chance, atMs, weight }: Parameters<Attack['reports']>[0]): Report[] {
  const one = () => liked[chance.below(liked.length)] ?? target;
  return Array.from({ length: Math.floor(TICKETS_A_DAY / 3) }, (_, i) =>
    chunkOf([target, one(), one()], { weight, atMs: atMs + i }),
  );
}

/** Half and half, every day anew, so that growth caps are met with growth. */
function both(at: Parameters<Attack['reports']>[0]): Report[] {
  return [...singles(at).slice(0, TICKETS_A_DAY / 2), ...chunks(at).slice(0, 8)];
}

/** The fixed list. A new version of the ranking may not make any of them cheaper. */
export const ATTACKS: readonly Attack[] = [
  {
    name: 'burst',
    says: 'new accounts, one day, all on the post',
    days: 1,
    weight: CLASS_WEIGHTS.fresh,
    reports: singles,
  },
  {
    name: 'tie',
    says: 'new accounts, one day, chunks with what is liked',
    days: 1,
    weight: CLASS_WEIGHTS.fresh,
    reports: chunks,
  },
  { name: 'week', says: 'new accounts, seven days, both', days: 7, weight: CLASS_WEIGHTS.fresh, reports: both },
  {
    name: 'passers',
    says: 'no accounts, one day, all on the post',
    days: 1,
    weight: CLASS_WEIGHTS.signedOut,
    reports: singles,
  },
  {
    name: 'sleepers',
    says: 'accounts aged for weeks, one day, both',
    days: 1,
    weight: CLASS_WEIGHTS.aged,
    reports: both,
  },
  {
    name: 'sleepers-week',
    says: 'accounts aged for weeks, seven days, both',
    days: 7,
    weight: CLASS_WEIGHTS.aged,
    reports: both,
  },
];

/** The reports of all accounts, in order of time. */
export function reportsOf(
  attack: Attack,
  {
    accounts,
    target,
    liked,
    chance,
    fromMs,
  }: { accounts: number; target: PostFacts; liked: readonly PostFacts[]; chance: Chance; fromMs: number },
): Report[] {
  const reports: Report[] = [];
  for (let day = 0; day < attack.days; day += 1) {
    for (let account = 0; account < accounts; account += 1) {
      const atMs = fromMs + day * DAY_MS + chance.below(DAY_MS - TICKETS_A_DAY);
      reports.push(...attack.reports({ target, liked, chance, atMs, weight: attack.weight }));
    }
  }
  return reports.sort((a, b) => a.atMs - b.atMs);
}
