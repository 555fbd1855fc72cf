/** Everything that later folders and the routes ask of accounts. The SQL stands in the `*-rows.ts` beside. */
import type { AgeBand, Me, Role } from '@vitrine/schema';
import { refuse } from '../platform/problem.ts';
import type { AccountGrounds } from './ground.ts';
import { openRestriction } from '../restrict/store.ts';
import * as accounts from './account-rows.ts';
import * as blocks from './block-rows.ts';
import { cleanLine, cleanLines } from './display-text.ts';
import * as follows from './follow-rows.ts';
import * as handles from './handle-rows.ts';
import * as invites from './invite-rows.ts';
import * as passkeys from './passkey-rows.ts';
import * as profiles from './profile-rows.ts';
import * as secrets from './secret-rows.ts';
import * as sessions from './session-rows.ts';
import { signUp, type SignUp } from './sign-up.ts';

/** The signed-in account without what later folders know of it. */
type MeWithoutFacts = Omit<Me, 'unread' | 'quota'>;

/** The owner of accounts. */
export type AccountStore = ReturnType<typeof accountStore>;

/** The store over a database. */
export function accountStore(grounds: AccountGrounds) {
  return { ...identityStore(grounds), ...signInStore(grounds), ...peopleStore(grounds) };
}

/** Who an account is: made, read, changed, left. */
function identityStore(grounds: AccountGrounds) {
  const { db, world, settings } = grounds;
  return {
    signUp: (order: SignUp) => signUp(grounds, order),
    judgeHandle: (typed: string) => handles.judgeHandle(db, world, typed),
    /** The account a handle leads to, whoever asks: for pages that redirect and for the admin command. */
    findHandle: (typed: string) => handles.findHandle(db, world, typed),
    profile: (accountId: string, viewerId: string | undefined) =>
      profiles.findProfile({ db, settings }, accountId, viewerId),
    profileOf: (typed: string, viewerId: string | undefined) => profileOf(grounds, typed, viewerId),
    shownAccountId: async (typed: string, viewerId: string | undefined) =>
      (await profileOf(grounds, typed, viewerId)).id,
    me: (accountId: string) => findMe(grounds, accountId),
    change: (accountId: string, change: accounts.AccountChange) =>
      accounts.changeAccount({ db, world }, accountId, {
        ...change,
        name: change.name === undefined ? undefined : cleanLine(change.name),
        bio: change.bio === undefined ? undefined : cleanLines(change.bio),
      }),
    changeHandle: (accountId: string, handle: string) => accounts.changeHandle({ db, world }, accountId, handle),
    leave: (accountId: string) => accounts.leave(db, world, accountId),
    comeBack: (accountId: string) => accounts.comeBack(db, world, accountId),
    dueForErasure: () => accounts.dueForErasure(db, world),
    erase: (accountId: string) => accounts.eraseAccount(db, world, accountId),
    grantRole: (accountId: string, role: Role) => accounts.grantRole({ db, world }, accountId, role),
    revokeRole: (accountId: string, role: Role) => accounts.revokeRole(db, accountId, role),
    hasOperator: async () =>
      (await db
        .selectFrom('account_roles')
        .select('role')
        .where('role', '=', 'operator')
        .limit(1)
        .executeTakeFirst()) !== undefined,
    createInvite: () => invites.createInvite(db, world),
    sweep: async () => {
      await sessions.sweepSessions(db, world);
      await passkeys.sweepCeremonies(db, world);
      await handles.sweepHandles(db, world);
      await invites.sweepInvites(db, world);
    },
  };
}

/** How a person shows who they are. */
function signInStore({ db, world }: AccountGrounds) {
  return {
    findViewer: (token: string) => sessions.findViewer(db, world, token),
    startSession: (accountId: string, kind: sessions.SessionKind) =>
      sessions.startSession({ db, world }, accountId, kind),
    rotateSession: (accountId: string, sessionId: string) =>
      sessions.rotateSession({ db, world }, accountId, sessionId),
    sessions: (accountId: string, currentId: string) => sessions.listSessions({ db, world }, accountId, currentId),
    endSession: (accountId: string, sessionId: string) => sessions.endSession(db, accountId, sessionId),
    endOtherSessions: (accountId: string, keptId: string) => sessions.endOtherSessions(db, accountId, keptId),
    isPassword: (accountId: string | undefined, password: string) => secrets.isPassword(db, accountId, password),
    useRecoveryCode: (accountId: string, code: string) => secrets.useRecoveryCode({ db, world }, accountId, code),
    /** Sets the password and ends all other sessions: whoever knew the old one is out. */
    changePassword: async (accountId: string, keptSessionId: string, password: string) => {
      const hash = await secrets.makePasswordHash(world, password);
      await db.transaction().execute(async (tx) => {
        await secrets.putPasswordHash({ db: tx, world }, accountId, hash);
        await sessions.endOtherSessions(tx, accountId, keptSessionId);
      });
    },
    renewRecoveryCodes: (accountId: string) =>
      db.transaction().execute((tx) => secrets.renewRecoveryCodes(tx, world, accountId)),
    openCeremony: (ceremony: passkeys.Ceremony) => passkeys.openCeremony(db, world, ceremony),
    takeCeremony: (id: string, purpose: passkeys.CeremonyPurpose) => passkeys.takeCeremony({ db, world }, id, purpose),
    passkeys: (accountId: string) => passkeys.listPasskeys(db, accountId),
    findPasskey: (credentialId: string) => passkeys.findPasskey(db, credentialId),
    addPasskey: (passkey: passkeys.StoredPasskey) =>
      db.transaction().execute((tx) => passkeys.addFurtherPasskey(tx, world, passkey)),
    markPasskeyUsed: (passkey: passkeys.StoredPasskey, counter: number) =>
      passkeys.markPasskeyUsed({ db, world }, passkey, counter),
    removePasskey: (accountId: string, credentialId: string) =>
      db.transaction().execute((tx) => passkeys.removePasskey(tx, accountId, credentialId)),
  };
}

/** How people stand to each other. */
function peopleStore({ db, world, settings }: AccountGrounds) {
  return {
    follow: (pair: follows.Pair) => follows.follow(db, world, pair),
    unfollow: (pair: follows.Pair) => follows.unfollow(db, world, pair),
    answerRequest: (request: { accountId: string; requesterId: string; isAccepted: boolean }) =>
      follows.answerRequest(db, world, request),
    block: (pair: follows.Pair) => blocks.block(db, world, pair),
    unblock: (pair: follows.Pair) => blocks.unblock(db, pair),
    mute: (pair: follows.Pair) => blocks.mute(db, world, pair),
    unmute: (pair: follows.Pair) => blocks.unmute(db, pair),
    people: (list: profiles.PeopleList) => profiles.listPeople(db, settings, list),
    mayListFollows: (accountId: string, viewerId: string | undefined) =>
      profiles.mayListFollows(db, accountId, viewerId),
    completeHandle: (query: { prefix: string; viewerId: string | undefined; limit: number }) =>
      profiles.completeHandle(db, settings, query),
  };
}

/**
 * The profile that a handle leads to, for a viewer.
 * @throws a refusal: not_found, or removed with the decision when the account is suspended
 */
async function profileOf({ db, world, settings }: AccountGrounds, typed: string, viewerId: string | undefined) {
  const holder = await handles.findHandle(db, world, typed);
  if (!holder) throw refuse('not_found');
  const profile = await profiles.findProfile({ db, settings }, holder.accountId, viewerId);
  if (profile) return profile;
  const restriction = await profiles.suspensionOf(db, holder.accountId, viewerId);
  if (!restriction) throw refuse('not_found');
  throw refuse('removed', {
    detail: 'This account is suspended by the operator.',
    restriction: { ...restriction, at: restriction.at.toISOString() },
  });
}

async function findMe({ db, settings }: AccountGrounds, accountId: string): Promise<MeWithoutFacts> {
  const profile = await profiles.findProfile({ db, settings }, accountId, accountId);
  if (!profile) throw refuse('not_signed_in');
  const [account, roles, password, keys, codes, requests, restriction] = await Promise.all([
    db.selectFrom('accounts').select(['age_band', 'leaves_at']).where('id', '=', accountId).executeTakeFirstOrThrow(),
    db.selectFrom('account_roles').select('role').where('account_id', '=', accountId).orderBy('role').execute(),
    db.selectFrom('passwords').select('account_id').where('account_id', '=', accountId).executeTakeFirst(),
    db
      .selectFrom('passkeys')
      .select((eb) => eb.fn.countAll<string>().as('n'))
      .where('account_id', '=', accountId)
      .executeTakeFirstOrThrow(),
    db
      .selectFrom('recovery_codes')
      .select((eb) => eb.fn.countAll<string>().as('n'))
      .where('account_id', '=', accountId)
      .where('used_at', 'is', null)
      .executeTakeFirstOrThrow(),
    db
      .selectFrom('follow_requests')
      .select((eb) => eb.fn.countAll<string>().as('n'))
      .where('account_id', '=', accountId)
      .executeTakeFirstOrThrow(),
    openRestriction(db, accountId),
  ]);
  return {
    ...profile,
    ageBand: account.age_band as AgeBand,
    roles: roles.map((row) => row.role as Role),
    hasPassword: password !== undefined,
    passkeys: Number(keys.n),
    recoveryCodesLeft: Number(codes.n),
    followRequests: Number(requests.n),
    leavesAt: account.leaves_at?.toISOString() ?? null,
    suspension: restriction
      ? { ground: restriction.ground, at: restriction.at.toISOString(), ledgerIndex: restriction.ledgerIndex }
      : null,
  };
}
