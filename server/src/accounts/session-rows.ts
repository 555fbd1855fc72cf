/** Sessions: an opaque token, kept as its hash. Nothing is kept of where or with what a person signed in. */
import type { Role, Session } from '@vitrine/schema';
import { sql } from 'kysely';
import type { Db, Tx } from '../platform/database.ts';
import type { Viewer } from '../platform/viewer.ts';
import { later, utcDay, type World } from '../platform/world.ts';
import { isUnrestricted } from '../restrict/store.ts';
import { hashSecret, newToken } from './tokens.ts';
import type { Ground } from './ground.ts';

/** A session ends so long after its start, however much it is used. */
export const SESSION_ABSOLUTE_MS = 180 * 86_400_000;
/** A session ends so long after the day of its last use. */
const SESSION_IDLE_MS = 30 * 86_400_000;

/** Where a session lives: in a cookie, or in a program that holds its token. */
export type SessionKind = 'browser' | 'commandLine';

/** A session just started: the only time its token is known. */
export interface StartedSession {
  id: string;
  token: string;
  kind: SessionKind;
}

/** Starts a session; whoever starts one has just shown who they are, which counts as a step-up. */
export async function startSession(
  { db, world }: Ground,
  accountId: string,
  kind: SessionKind,
): Promise<StartedSession> {
  const now = world.now();
  const session = { id: world.newId(), token: newToken(world), kind };
  await db
    .insertInto('sessions')
    .values({
      account_id: accountId,
      id: session.id,
      token_hash: hashSecret(session.token),
      kind,
      created_at: now,
      last_used_day: utcDay(now),
      expires_at: later(now, SESSION_ABSOLUTE_MS),
      stepped_up_at: now,
    })
    .execute();
  return session;
}

/** Marks a session as stepped up and gives it a new token; the old one is worth nothing from now on. */
export async function rotateSession(
  { db, world }: Ground,
  accountId: string,
  sessionId: string,
): Promise<{ token: string; kind: SessionKind } | undefined> {
  const token = newToken(world);
  const row = await db
    .updateTable('sessions')
    .set({ token_hash: hashSecret(token), stepped_up_at: world.now() })
    .where('account_id', '=', accountId)
    .where('id', '=', sessionId)
    .returning('kind')
    .executeTakeFirst();
  return row && { token, kind: readKind(row.kind) };
}

/** Who a token belongs to; undefined when it is unknown, ended, or was not used for too long. */
export async function findViewer(db: Db, world: World, token: string): Promise<Viewer | undefined> {
  const now = world.now();
  const row = await db
    .selectFrom('sessions')
    .innerJoin('accounts', 'accounts.id', 'sessions.account_id')
    .select((eb) => [
      'sessions.id as session_id',
      'sessions.account_id',
      'sessions.last_used_day',
      'sessions.stepped_up_at',
      'accounts.handle',
      'accounts.leaves_at',
      'accounts.last_active_day',
      eb.not(isUnrestricted('accounts.id')).as('is_suspended'),
      sql<
        string | null
      >`(select string_agg(account_roles.role, ' ') from account_roles where account_roles.account_id = accounts.id)`.as(
        'roles',
      ),
    ])
    .where('sessions.token_hash', '=', hashSecret(token))
    .where('sessions.expires_at', '>', now)
    .where('sessions.last_used_day', '>=', utcDay(later(now, -SESSION_IDLE_MS)))
    .executeTakeFirst();
  if (!row) return undefined;
  if (row.last_used_day !== utcDay(now)) await markUsed({ db, world }, row.account_id, row.session_id);
  if (row.last_active_day !== utcDay(now)) await countActiveDay(db, row.account_id, utcDay(now));
  return {
    accountId: row.account_id,
    handle: row.handle,
    sessionId: row.session_id,
    roles: (row.roles ?? '').split(' ').filter(isRole),
    isSuspended: Boolean(row.is_suspended),
    isLeaving: row.leaves_at !== null,
    steppedUpAt: row.stepped_up_at ?? undefined,
  };
}

async function markUsed({ db, world }: Ground<Db>, accountId: string, sessionId: string): Promise<void> {
  await db
    .updateTable('sessions')
    .set({ last_used_day: utcDay(world.now()) })
    .where('account_id', '=', accountId)
    .where('id', '=', sessionId)
    .execute();
}

/** One more day on which the account was used, however many sessions notice it. */
async function countActiveDay(db: Db, accountId: string, today: string): Promise<void> {
  await db
    .updateTable('accounts')
    .set((eb) => ({ active_days: eb('active_days', '+', 1), last_active_day: today }))
    .where('id', '=', accountId)
    .where('last_active_day', 'is distinct from', today)
    .execute();
}

/** The account's sessions that still work, the newest first. */
export async function listSessions(
  { db, world }: Ground<Db>,
  accountId: string,
  currentId: string,
): Promise<Session[]> {
  const now = world.now();
  const rows = await db
    .selectFrom('sessions')
    .select(['id', 'kind', 'created_at', 'last_used_day'])
    .where('account_id', '=', accountId)
    .where('expires_at', '>', now)
    .where('last_used_day', '>=', utcDay(later(now, -SESSION_IDLE_MS)))
    .orderBy('created_at', 'desc')
    .orderBy('id', 'desc')
    .limit(200)
    .execute();
  return rows.map((row) => ({
    id: row.id,
    kind: readKind(row.kind),
    createdAt: row.created_at.toISOString(),
    lastUsedDay: row.last_used_day,
    isCurrent: row.id === currentId,
  }));
}

/** Ends one session; false when the account has none of that id. */
export async function endSession(db: Db | Tx, accountId: string, sessionId: string): Promise<boolean> {
  const ended = await db
    .deleteFrom('sessions')
    .where('account_id', '=', accountId)
    .where('id', '=', sessionId)
    .executeTakeFirst();
  return ended.numDeletedRows > 0n;
}

/** Ends all sessions of an account but the given one. */
export async function endOtherSessions(db: Db | Tx, accountId: string, keptId: string): Promise<void> {
  await db.deleteFrom('sessions').where('account_id', '=', accountId).where('id', '!=', keptId).execute();
}

/** Deletes the sessions that no longer work. */
export async function sweepSessions(db: Db, world: World): Promise<void> {
  const now = world.now();
  await db
    .deleteFrom('sessions')
    .where((eb) => eb.or([eb('expires_at', '<=', now), eb('last_used_day', '<', utcDay(later(now, -SESSION_IDLE_MS)))]))
    .execute();
}

function readKind(kind: string): SessionKind {
  return kind === 'commandLine' ? 'commandLine' : 'browser';
}

function isRole(role: string): role is Role {
  return role === 'operator' || role === 'moderator';
}
