/** Passwords and recovery codes. What is stored here nobody can read back. */
import type { Db, Tx } from '../platform/database.ts';
import type { World } from '../platform/world.ts';
import { PASSWORD_SALT_BYTES, hashPassword, verifyPassword } from './password.ts';
import { RECOVERY_CODES, hashCode, newCode } from './tokens.ts';
import type { Ground } from './ground.ts';

/** Hashes a password under a new salt. Takes tens of milliseconds: never inside a transaction. */
export function makePasswordHash(world: World, password: string): Promise<string> {
  return hashPassword(password, world.randomBytes(PASSWORD_SALT_BYTES));
}

/** Sets or replaces the account's password. */
export async function putPasswordHash({ db: tx, world }: Ground, accountId: string, hash: string): Promise<void> {
  const row = { hash, changed_at: world.now() };
  await tx
    .insertInto('passwords')
    .values({ account_id: accountId, ...row })
    .onConflict((conflict) => conflict.column('account_id').doUpdateSet(row))
    .execute();
}

/** Whether this is the account's password. The same work is done when there is no account or no password. */
export async function isPassword(db: Db, accountId: string | undefined, password: string): Promise<boolean> {
  const row =
    accountId === undefined
      ? undefined
      : await db.selectFrom('passwords').select('hash').where('account_id', '=', accountId).executeTakeFirst();
  return verifyPassword(password, row?.hash);
}

/** Replaces the account's recovery codes; the new ones are known only here and now. */
export async function renewRecoveryCodes(tx: Tx, world: World, accountId: string): Promise<string[]> {
  const codes = Array.from({ length: RECOVERY_CODES }, () => newCode(world));
  await tx.deleteFrom('recovery_codes').where('account_id', '=', accountId).execute();
  await tx
    .insertInto('recovery_codes')
    .values(codes.map((code) => ({ account_id: accountId, code_hash: hashCode(code) })))
    .execute();
  return codes;
}

/** Uses a recovery code up; false when it is none or was used before. */
export async function useRecoveryCode({ db, world }: Ground<Db>, accountId: string, code: string): Promise<boolean> {
  const used = await db
    .updateTable('recovery_codes')
    .set({ used_at: world.now() })
    .where('account_id', '=', accountId)
    .where('code_hash', '=', hashCode(code))
    .where('used_at', 'is', null)
    .executeTakeFirst();
  return used.numUpdatedRows === 1n;
}
