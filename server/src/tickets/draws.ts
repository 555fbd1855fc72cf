/** How many tickets each account drew on its last day of drawing. */
import { TICKETS_A_DAY } from '@vitrine/schema';
import { sql } from 'kysely';
import type { Db } from '../platform/database.ts';
import { later, utcDay, type World } from '../platform/world.ts';

/** Days in which an account that drew on two of them is an active viewer. */
const ACTIVE_WINDOW_DAYS = 7;

/** Counts drawn tickets; false, and nothing counted, when they would be more than a day's. */
export async function countDrawn(
  db: Db,
  { accountId, count, day }: { accountId: string; count: number; day: string },
): Promise<boolean> {
  const isToday = sql<boolean>`ticket_draws.day = ${day}`;
  const row = await db
    .insertInto('ticket_draws')
    .values({ account_id: accountId, day, drawn: count })
    .onConflict((conflict) =>
      conflict
        .column('account_id')
        .doUpdateSet({
          drawn: sql`case when ${isToday} then ticket_draws.drawn else 0 end + ${count}::integer`,
          previous_day: sql`case when ${isToday} then ticket_draws.previous_day else ticket_draws.day end`,
          day,
        })
        .where(
          sql<boolean>`(case when ${isToday} then ticket_draws.drawn else 0 end + ${count}::integer) <= ${TICKETS_A_DAY}`,
        ),
    )
    .returning('drawn')
    .executeTakeFirst();
  return row !== undefined && row.drawn <= TICKETS_A_DAY;
}

/** How many tickets an account may draw yet. */
export async function leftToday(db: Db, accountId: string, day: string): Promise<number> {
  const row = await db
    .selectFrom('ticket_draws')
    .select('drawn')
    .where('account_id', '=', accountId)
    .where('day', '=', day)
    .executeTakeFirst();
  return Math.max(0, TICKETS_A_DAY - (row?.drawn ?? 0));
}

/** On how many days an account was used. */
export async function activeDaysOf(db: Db, accountId: string): Promise<number> {
  const row = await db.selectFrom('accounts').select('active_days').where('id', '=', accountId).executeTakeFirst();
  return row?.active_days ?? 0;
}

/** Accounts that drew on at least two of the last seven UTC days. Below 200 of them nothing personal is learnt. */
export async function countActiveViewers(db: Db, world: World): Promise<number> {
  const since = utcDay(later(world.now(), -(ACTIVE_WINDOW_DAYS - 1) * 86_400_000));
  const row = await db
    .selectFrom('ticket_draws')
    .select((eb) => eb.fn.countAll<string>().as('accounts'))
    .where('previous_day', '>=', since)
    .executeTakeFirstOrThrow();
  return Number(row.accounts);
}
