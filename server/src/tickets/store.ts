/** Everything that later folders and the routes ask of tickets. The SQL stands in the files beside. */
import { TICKETS_SIGNED_OUT, type WatchReport } from '@vitrine/schema';
import type { LedgerStore } from '../ledger/store.ts';
import type { Db } from '../platform/database.ts';
import { refuse } from '../platform/problem.ts';
import { later, utcDay, type World } from '../platform/world.ts';
import { closeMinute, forgetOldReports } from './batch.ts';
import { CHUNK_IMPRESSIONS, forgetCounts, readCount, readImpressions } from './counts.ts';
import { openDesk } from './desk.ts';
import { activeDaysOf, countActiveViewers, countDrawn, leftToday } from './draws.ts';
import { openEvaluator, PROOF_CHANCE_BYTES, type Evaluator, type Issued } from './evaluator.ts';
import { classKeyOf, forgetOldKeys, keyRing, type DayKey } from './keys.ts';
import { paymentOf } from './payment.ts';
import { reportDays } from './days.ts';
import { reportLog } from './reports.ts';
import { publishDay } from './views.ts';
import { drawnMillis } from './weights.ts';

const DAY_MS = 86_400_000;
/** The log of reports is kept so long. */
export const LOG_DAYS = 30;

/** The owner of tickets, reports and their log. */
export type TicketStore = ReturnType<typeof ticketStore>;

interface TicketGrounds {
  db: Db;
  world: World;
  ledger: LedgerStore;
}

/** The store over a database. */
export function ticketStore(grounds: TicketGrounds) {
  const { db, world } = grounds;
  const evaluator = openEvaluator();
  const keys = keyRing({ ...grounds, evaluator });
  const desk = { ...grounds, keys, evaluator };
  return {
    /** Keys whose tickets are taken now, newest first. */
    keys,
    ...issuing(desk),
    ...reporting(desk),
    ...reportLog(db),
    reportDays: () => reportDays(db, world),
    /** Accounts that drew on at least two of the last seven days. */
    countActiveViewers: () => countActiveViewers(db, world),
    readCount: (post: number) => readCount(db, post),
    readImpressions: (posts: readonly number[]) => readImpressions(db, posts),
    closeMinute: () => closeMinute(db, world),
    publishViews: () => publishDay(db, world),
    forgetOld: async () => {
      await forgetOldKeys(db, world);
      await forgetOldReports(db, later(world.now(), -LOG_DAYS * DAY_MS));
    },
    forgetPost: (post: number) => forgetCounts(db, post),
    forgetAccount: async (accountId: string) =>
      void (await db.deleteFrom('ticket_draws').where('account_id', '=', accountId).execute()),
  };
}

interface DeskGrounds extends TicketGrounds {
  keys: () => Promise<readonly DayKey[]>;
  evaluator: Evaluator;
}

function issuing({ db, world, keys, evaluator }: DeskGrounds) {
  /** The key that an account, or whoever has none, draws with today. */
  async function keyFor(accountId: string | undefined): Promise<DayKey> {
    const today = utcDay(world.now());
    const ofToday = (await keys()).filter((key) => key.day === today);
    const issued = ofToday.map((key) => key.weightMillis);
    const activeDays = accountId === undefined ? -1 : await activeDaysOf(db, accountId);
    const classKey = classKeyOf(today, drawnMillis(activeDays, issued));
    const key = ofToday.find((one) => one.classKey === classKey);
    if (!key) throw new Error(`no key ${classKey} was made today`);
    return key;
  }

  return {
    offer: async (accountId: string | undefined) => ({
      classKey: (await keyFor(accountId)).classKey,
      left: accountId === undefined ? TICKETS_SIGNED_OUT : await leftToday(db, accountId, utcDay(world.now())),
    }),
    /**
     * Signs blinded tickets for an account, or for whoever has none.
     * @throws a refusal: another key by now, more than a day's, not in the form
     */
    draw: async (order: {
      accountId: string | undefined;
      classKey: string;
      blinded: Uint8Array[];
    }): Promise<Issued> => {
      const { accountId, classKey, blinded } = order;
      const key = await keyFor(accountId);
      if (key.classKey !== classKey) throw refuse('ticket_key_changed');
      if (accountId === undefined && blinded.length > TICKETS_SIGNED_OUT) throw refuse('malformed');
      const drawn = { accountId: accountId ?? '', count: blinded.length, day: key.day };
      if (accountId !== undefined && !(await countDrawn(db, drawn)))
        throw refuse('too_many', { retryAfterSeconds: secondsToNextDay(world.now()) });
      const issued = await evaluator.issue(key, blinded, world.randomBytes(PROOF_CHANCE_BYTES));
      if (!issued) throw refuse('malformed');
      return issued;
    },
  };
}

function secondsToNextDay(now: Date): number {
  return Math.ceil((DAY_MS - (now.getTime() % DAY_MS)) / 1000);
}

function reporting({ db, keys, evaluator }: DeskGrounds) {
  const desk = openDesk(db);
  return {
    /**
     * Takes a report: when this ends it is on the disk, once, however often it is sent.
     * @throws a refusal: no ticket of ours, used for something else, a chunk of too rarely watched posts
     */
    take: async (body: WatchReport): Promise<void> => {
      const payment = paymentOf(body, await keys());
      if (!payment) throw refuse('ticket_invalid');
      if (!(await evaluator.areGenuine(payment.tickets))) throw refuse('ticket_invalid');
      // Only now: whoever shows nothing genuine is not told how often a post was watched.
      if ('posts' in body) await checkChunk(db, body.posts);
      if ((await desk(payment.report)) === 'refused') throw refuse('ticket_spent');
    },
  };
}

async function checkChunk(db: Db, posts: readonly number[]): Promise<void> {
  if (new Set(posts).size < posts.length) throw refuse('malformed');
  const impressions = await readImpressions(db, posts);
  if (posts.some((post) => (impressions.get(post) ?? 0) < CHUNK_IMPRESSIONS)) throw refuse('chunk_too_early');
}
