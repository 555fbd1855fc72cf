/** Invitations: one code, one account, two weeks. */
import type { Db, Tx } from '../platform/database.ts';
import { refuse } from '../platform/problem.ts';
import { later, type World } from '../platform/world.ts';
import { hashCode, newCode } from './tokens.ts';
import type { Ground } from './ground.ts';

/** How long an invitation can be used. */
const INVITE_MS = 14 * 86_400_000;

/** Makes an invitation; its code is known only here and now. */
export async function createInvite(db: Db, world: World): Promise<{ code: string; expiresAt: Date }> {
  const code = newCode(world);
  const expiresAt = later(world.now(), INVITE_MS);
  await db
    .insertInto('invites')
    .values({ code_hash: hashCode(code), created_at: world.now(), expires_at: expiresAt })
    .execute();
  return { code, expiresAt };
}

/**
 * Uses an invitation up in the transaction that makes the account.
 * @throws a refusal when it is unknown, used or too old
 */
export async function useInvite({ db: tx, world }: Ground<Tx>, code: string, accountId: string): Promise<void> {
  const used = await tx
    .updateTable('invites')
    .set({ used_by: accountId, used_at: world.now() })
    .where('code_hash', '=', hashCode(code))
    .where('used_at', 'is', null)
    .where('expires_at', '>', world.now())
    .executeTakeFirst();
  if (used.numUpdatedRows !== 1n) throw refuse('invite_invalid');
}

/** Whether an invitation could be used now. */
export async function isInviteOpen(db: Db, world: World, code: string): Promise<boolean> {
  const row = await db
    .selectFrom('invites')
    .select('code_hash')
    .where('code_hash', '=', hashCode(code))
    .where('used_at', 'is', null)
    .where('expires_at', '>', world.now())
    .executeTakeFirst();
  return row !== undefined;
}

/** Deletes invitations that nobody used in time. */
export async function sweepInvites(db: Db, world: World): Promise<void> {
  await db.deleteFrom('invites').where('used_at', 'is', null).where('expires_at', '<=', world.now()).execute();
}
