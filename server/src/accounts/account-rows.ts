/** Accounts themselves: made, changed, left, come back to, erased. */
import type { AgeBand, Role } from '@vitrine/schema';
import { LEAVE_GRACE_DAYS } from '@vitrine/schema';
import { sql } from 'kysely';
import type { Db, Tx } from '../platform/database.ts';
import { writeEvent } from '../platform/outbox.ts';
import { refuse } from '../platform/problem.ts';
import { later, type World } from '../platform/world.ts';
import { acceptAllRequests } from './follow-rows.ts';
import { releaseHandle, takeHandle } from './handle-rows.ts';
import type { Ground } from './ground.ts';

/** What a new account starts with. */
interface NewAccount {
  id: string;
  handle: string;
  name: string;
  ageBand: AgeBand;
}

/** Makes an account. Children's accounts start private. */
export async function createAccount(tx: Tx, world: World, account: NewAccount): Promise<void> {
  await takeHandle({ db: tx, world }, account.handle, account.id);
  await tx
    .insertInto('accounts')
    .values({
      id: account.id,
      handle: account.handle,
      name: account.name,
      bio: '',
      links: '[]',
      is_private: account.ageBand === '13to15',
      age_band: account.ageBand,
      created_at: world.now(),
    })
    .execute();
}

/** What can be changed of a profile; only what is given changes. */
export interface AccountChange {
  name?: string | undefined;
  bio?: string | undefined;
  links?: readonly string[] | undefined;
  isPrivate?: boolean | undefined;
  ageBand?: AgeBand | undefined;
}

/** Changes a profile. Becoming public accepts everyone who asked to follow. */
export async function changeAccount(
  { db, world }: Ground<Db>,
  accountId: string,
  change: AccountChange,
): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const before = await lockAccount(tx, accountId);
    const changes = {
      ...(change.name === undefined ? {} : { name: change.name }),
      ...(change.bio === undefined ? {} : { bio: change.bio }),
      ...(change.links === undefined ? {} : { links: JSON.stringify(change.links) }),
      ...(change.isPrivate === undefined ? {} : { is_private: change.isPrivate }),
      ...(change.ageBand === undefined ? {} : { age_band: change.ageBand }),
    };
    if (Object.keys(changes).length > 0)
      await tx.updateTable('accounts').set(changes).where('id', '=', accountId).execute();
    if (change.isPrivate === undefined || change.isPrivate === before.is_private) return;
    if (!change.isPrivate) await acceptAllRequests(tx, world, accountId);
    await writeEvent(tx, world, {
      kind: 'account.privacyChanged',
      writerKey: accountId,
      body: { accountId, isPrivate: change.isPrivate },
    });
  });
}

/** Changes the handle; the old one leads here for 30 days. */
export async function changeHandle({ db, world }: Ground<Db>, accountId: string, handle: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const before = await lockAccount(tx, accountId);
    if (before.handle === handle) return;
    await takeHandle({ db: tx, world }, handle, accountId);
    await releaseHandle(tx, world, before.handle);
    await tx.updateTable('accounts').set({ handle }).where('id', '=', accountId).execute();
    await writeEvent(tx, world, {
      kind: 'account.handleChanged',
      writerKey: accountId,
      body: { accountId, from: before.handle, to: handle },
    });
  });
}

/** Sets the picture; null takes it away. Returns the file that was shown before. */
export async function setAvatar(tx: Tx, accountId: string, fileId: string | null): Promise<string | null> {
  const before = await lockAccount(tx, accountId);
  await tx.updateTable('accounts').set({ avatar_file_id: fileId }).where('id', '=', accountId).execute();
  return before.avatar_file_id;
}

/** Leaving: hidden at once, erased after the grace, unless the person comes back. Answers with the day of erasure. */
export async function leave(db: Db, world: World, accountId: string): Promise<Date> {
  return db.transaction().execute(async (tx) => {
    const before = await lockAccount(tx, accountId);
    if (before.leaves_at) return before.leaves_at;
    const leavesAt = later(world.now(), LEAVE_GRACE_DAYS * 86_400_000);
    await tx.updateTable('accounts').set({ leaves_at: leavesAt }).where('id', '=', accountId).execute();
    await writeEvent(tx, world, { kind: 'account.leaving', writerKey: accountId, body: { accountId } });
    return leavesAt;
  });
}

/** Coming back: everything is shown again as it was. */
export async function comeBack(db: Db, world: World, accountId: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const before = await lockAccount(tx, accountId);
    if (!before.leaves_at) return;
    await tx.updateTable('accounts').set({ leaves_at: null }).where('id', '=', accountId).execute();
    await writeEvent(tx, world, { kind: 'account.returned', writerKey: accountId, body: { accountId } });
  });
}

/** Accounts whose grace is over. */
export async function dueForErasure(db: Db, world: World): Promise<string[]> {
  const rows = await db
    .selectFrom('accounts')
    .select('id')
    .where('leaves_at', '<=', world.now())
    .orderBy('leaves_at')
    .limit(100)
    .execute();
  return rows.map((row) => row.id);
}

/** Erases what this folder holds of an account; later folders erase theirs on `account.erased`. */
export async function eraseAccount(db: Db, world: World, accountId: string): Promise<void> {
  await db.transaction().execute(async (tx) => {
    const account = await tx
      .selectFrom('accounts')
      .select(['id'])
      .where('id', '=', accountId)
      .where('leaves_at', '<=', world.now())
      .forUpdate()
      .executeTakeFirst();
    if (!account) return;
    await tx
      .updateTable('accounts')
      .set({ follower_count: sql`follower_count - 1` })
      .where('id', 'in', tx.selectFrom('follows').select('followee_id').where('follower_id', '=', accountId))
      .execute();
    await tx
      .updateTable('accounts')
      .set({ following_count: sql`following_count - 1` })
      .where('id', 'in', tx.selectFrom('follows').select('follower_id').where('followee_id', '=', accountId))
      .execute();
    await tx
      .deleteFrom('follows')
      .where((eb) => eb.or([eb('follower_id', '=', accountId), eb('followee_id', '=', accountId)]))
      .execute();
    await tx
      .deleteFrom('follow_requests')
      .where((eb) => eb.or([eb('account_id', '=', accountId), eb('requester_id', '=', accountId)]))
      .execute();
    await tx
      .deleteFrom('blocks')
      .where((eb) => eb.or([eb('blocker_id', '=', accountId), eb('blocked_id', '=', accountId)]))
      .execute();
    await tx
      .deleteFrom('mutes')
      .where((eb) => eb.or([eb('muter_id', '=', accountId), eb('muted_id', '=', accountId)]))
      .execute();
    for (const table of [
      'sessions',
      'passkeys',
      'passwords',
      'recovery_codes',
      'account_roles',
      'handles',
      'challenges',
    ] as const) {
      await tx.deleteFrom(table).where('account_id', '=', accountId).execute();
    }
    await tx.updateTable('invites').set({ used_by: null }).where('used_by', '=', accountId).execute();
    await tx.deleteFrom('accounts').where('id', '=', accountId).execute();
    await writeEvent(tx, world, { kind: 'account.erased', writerKey: accountId, body: { accountId } });
  });
}

/** Grants a role; false when the account has it already. */
export async function grantRole({ db, world }: Ground<Db>, accountId: string, role: Role): Promise<boolean> {
  const granted = await db
    .insertInto('account_roles')
    .values({ account_id: accountId, role, granted_at: world.now() })
    .onConflict((conflict) => conflict.doNothing())
    .returning('role')
    .executeTakeFirst();
  // What the role allows asks for a step-up, which gives the session a new token: none made before the grant can use it.
  await db.updateTable('sessions').set({ stepped_up_at: null }).where('account_id', '=', accountId).execute();
  return granted !== undefined;
}

/** Takes a role away; false when the account has not got it. */
export async function revokeRole(db: Db, accountId: string, role: Role): Promise<boolean> {
  const revoked = await db
    .deleteFrom('account_roles')
    .where('account_id', '=', accountId)
    .where('role', '=', role)
    .executeTakeFirst();
  return revoked.numDeletedRows > 0n;
}

async function lockAccount(tx: Tx, accountId: string) {
  const row = await tx
    .selectFrom('accounts')
    .select(['handle', 'is_private', 'leaves_at', 'avatar_file_id'])
    .where('id', '=', accountId)
    .forUpdate()
    .executeTakeFirst();
  if (!row) throw refuse('not_found');
  return row;
}
