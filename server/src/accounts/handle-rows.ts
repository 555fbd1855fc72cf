/** Handles: one account each; a given-up one leads to its account for 30 days more. */
import { isReservedHandle, type HandleAnswer, handleSchema } from '@vitrine/schema';
import type { Db, Tx } from '../platform/database.ts';
import { refuse } from '../platform/problem.ts';
import { later, type World } from '../platform/world.ts';
import type { Ground } from './ground.ts';

/** How long a given-up handle is kept for its account. */
const HANDLE_KEPT_MS = 30 * 86_400_000;

/** The handle in its one spelling; undefined when no handle can be written so. */
function readHandle(typed: string): string | undefined {
  const read = handleSchema.safeParse(typed);
  return read.success ? read.data : undefined;
}

/** The account that a handle leads to, and whether it is still the one it goes by. */
export async function findHandle(
  db: Db | Tx,
  world: World,
  typed: string,
): Promise<{ accountId: string; isCurrent: boolean } | undefined> {
  const handle = readHandle(typed);
  if (handle === undefined) return undefined;
  const row = await db
    .selectFrom('handles')
    .select(['account_id', 'is_current'])
    .where('handle', '=', handle)
    .where((eb) => eb.or([eb('is_current', '=', true), eb('released_at', '>', later(world.now(), -HANDLE_KEPT_MS))]))
    .executeTakeFirst();
  return row && { accountId: row.account_id, isCurrent: row.is_current };
}

/** Whether a handle can be taken, and if not, why. */
export async function judgeHandle(db: Db, world: World, typed: string): Promise<HandleAnswer> {
  const handle = readHandle(typed);
  if (handle === undefined) return { handle: typed, isFree: false, reason: 'malformed' };
  if (isReservedHandle(handle)) return { handle, isFree: false, reason: 'reserved' };
  const holder = await findHandle(db, world, handle);
  return holder ? { handle, isFree: false, reason: 'taken' } : { handle, isFree: true };
}

/**
 * Takes a handle for an account; also takes back one that the account gave up.
 * @throws a refusal when somebody has it
 */
export async function takeHandle({ db: tx, world }: Ground<Tx>, handle: string, accountId: string): Promise<void> {
  if (isReservedHandle(handle)) throw refuse('handle_reserved');
  const taken = await tx
    .insertInto('handles')
    .values({ handle, account_id: accountId, is_current: true })
    .onConflict((conflict) =>
      conflict
        .column('handle')
        .doUpdateSet({ account_id: accountId, is_current: true, released_at: null })
        .where('handles.is_current', '=', false)
        .where((eb) =>
          eb.or([
            eb('handles.account_id', '=', accountId),
            eb('handles.released_at', '<=', later(world.now(), -HANDLE_KEPT_MS)),
          ]),
        ),
    )
    .returning('handle')
    .executeTakeFirst();
  if (!taken) throw refuse('handle_taken');
}

/** Gives a handle up; it goes on leading to its account for a while. */
export async function releaseHandle(tx: Tx, world: World, handle: string): Promise<void> {
  await tx
    .updateTable('handles')
    .set({ is_current: false, released_at: world.now() })
    .where('handle', '=', handle)
    .execute();
}

/** Frees the handles whose time is over. */
export async function sweepHandles(db: Db, world: World): Promise<void> {
  await db
    .deleteFrom('handles')
    .where('is_current', '=', false)
    .where('released_at', '<=', later(world.now(), -HANDLE_KEPT_MS))
    .execute();
}
