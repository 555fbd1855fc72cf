/** Making an account: handle, first way to sign in, recovery codes and session in one transaction. */
import type { AgeBand } from '@vitrine/schema';
import { isReservedHandle } from '@vitrine/schema';
import { refuse } from '../platform/problem.ts';
import { createAccount } from './account-rows.ts';
import { cleanLine } from './display-text.ts';
import { isInviteOpen, useInvite } from './invite-rows.ts';
import { addPasskey, type StoredPasskey } from './passkey-rows.ts';
import { isEasilyGuessed } from './password.ts';
import { makePasswordHash, putPasswordHash, renewRecoveryCodes } from './secret-rows.ts';
import { startSession, type SessionKind, type StartedSession } from './session-rows.ts';
import type { AccountGrounds } from './ground.ts';

/** What a new account is made of. The id is given because a passkey is bound to it before the account stands. */
export interface SignUp {
  accountId: string;
  handle: string;
  ageBand: AgeBand;
  name?: string | undefined;
  inviteCode?: string | undefined;
  way: { password: string } | { passkey: StoredPasskey };
  sessionKind: SessionKind;
}

/** A new account: codes and token are known only here and now. */
interface SignedUpAccount {
  accountId: string;
  recoveryCodes: string[];
  session: StartedSession;
}

/**
 * Whether somebody may sign up now.
 * @throws a refusal when registration is closed, or an invitation is missing or no longer good
 */
export async function checkRegistration(
  { db, world, settings }: AccountGrounds,
  inviteCode: string | undefined,
): Promise<void> {
  if (settings.registration === 'closed') throw refuse('registration_closed');
  if (settings.registration === 'open') return;
  if (inviteCode === undefined) throw refuse('invite_needed');
  if (!(await isInviteOpen(db, world, inviteCode))) throw refuse('invite_invalid');
}

/** @throws a refusal when the password is among the first that anyone would try */
export function checkPassword(password: string, handle: string): void {
  if (isEasilyGuessed(password, handle)) throw refuse('password_guessable');
}

/**
 * Makes an account.
 * @throws a refusal: registration, handle, password, passkey
 */
export async function signUp(grounds: AccountGrounds, order: SignUp): Promise<SignedUpAccount> {
  const { db, world, settings } = grounds;
  await checkRegistration(grounds, order.inviteCode);
  if (isReservedHandle(order.handle)) throw refuse('handle_reserved');
  if ('password' in order.way) checkPassword(order.way.password, order.handle);
  const hash = 'password' in order.way ? await makePasswordHash(world, order.way.password) : undefined;
  const { accountId } = order;
  return db.transaction().execute(async (tx) => {
    await createAccount(tx, world, {
      id: accountId,
      handle: order.handle,
      name: cleanLine(order.name ?? '') || order.handle,
      ageBand: order.ageBand,
    });
    if (settings.registration === 'invite') await useInvite({ db: tx, world }, order.inviteCode ?? '', accountId);
    if (hash !== undefined) await putPasswordHash({ db: tx, world }, accountId, hash);
    if ('passkey' in order.way && !(await addPasskey(tx, world, order.way.passkey))) throw refuse('passkey_known');
    const recoveryCodes = await renewRecoveryCodes(tx, world, accountId);
    return { accountId, recoveryCodes, session: await startSession({ db: tx, world }, accountId, order.sessionKind) };
  });
}
