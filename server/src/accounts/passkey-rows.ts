/** Passkeys, and the ceremonies under way. Of a passkey only what signing in needs is kept: not the maker of the device. */
import { z } from 'zod';
import { ageBandSchema } from '@vitrine/schema';
import type { Db, Tx } from '../platform/database.ts';
import { refuse } from '../platform/problem.ts';
import { later, utcDay, type World } from '../platform/world.ts';
import type { Ground } from './ground.ts';

/** How long a ceremony may take. */
const CEREMONY_MS = 5 * 60_000;
/** Most passkeys of one account. */
export const PASSKEYS_MAX = 20;

/** What a challenge is for. */
export type CeremonyPurpose = 'signUp' | 'signIn' | 'add' | 'stepUp';

/** What a sign-up by passkey will make, kept until the browser answers. */
export const signUpIntentSchema = z.object({
  handle: z.string(),
  ageBand: ageBandSchema,
  inviteCode: z.string().optional(),
});
type SignUpIntent = z.infer<typeof signUpIntentSchema>;

/** A ceremony under way. */
export interface Ceremony {
  challenge: string;
  purpose: CeremonyPurpose;
  accountId?: string;
  intent?: SignUpIntent;
}

/** A passkey as stored. */
export interface StoredPasskey {
  accountId: string;
  credentialId: string;
  publicKey: Uint8Array<ArrayBuffer>;
  counter: number;
  transports: string[];
}

/** Remembers a ceremony; returns its id. */
export async function openCeremony(db: Db, world: World, ceremony: Ceremony): Promise<string> {
  const id = world.newId();
  await db
    .insertInto('challenges')
    .values({
      id,
      challenge: ceremony.challenge,
      purpose: ceremony.purpose,
      account_id: ceremony.accountId ?? null,
      intent: JSON.stringify(ceremony.intent ?? {}),
      expires_at: later(world.now(), CEREMONY_MS),
    })
    .execute();
  return id;
}

/** Takes a ceremony out, whatever comes of it: a challenge is answered once. */
export async function takeCeremony(
  { db, world }: Ground<Db>,
  id: string,
  purpose: CeremonyPurpose,
): Promise<{ challenge: string; accountId: string | undefined; intent: unknown } | undefined> {
  const row = await db
    .deleteFrom('challenges')
    .where('id', '=', id)
    .where('purpose', '=', purpose)
    .returning(['challenge', 'account_id', 'intent', 'expires_at'])
    .executeTakeFirst();
  if (!row || row.expires_at <= world.now()) return undefined;
  return { challenge: row.challenge, accountId: row.account_id ?? undefined, intent: row.intent };
}

/** Adds a passkey; false when that credential is known already. */
export async function addPasskey(tx: Db | Tx, world: World, passkey: StoredPasskey): Promise<boolean> {
  const known = await findPasskey(tx, passkey.credentialId);
  if (known) return false;
  await tx
    .insertInto('passkeys')
    .values({
      account_id: passkey.accountId,
      credential_id: passkey.credentialId,
      public_key: passkey.publicKey,
      counter: passkey.counter,
      transports: JSON.stringify(passkey.transports),
      created_at: world.now(),
      last_used_day: utcDay(world.now()),
    })
    .execute();
  return true;
}

/**
 * Adds a passkey to an account that stands; false when that credential is known already.
 * @throws a refusal when the account holds as many as it may: several may have been asked for at once
 */
export async function addFurtherPasskey(tx: Tx, world: World, passkey: StoredPasskey): Promise<boolean> {
  await tx.selectFrom('accounts').select('id').where('id', '=', passkey.accountId).forUpdate().execute();
  if ((await listPasskeys(tx, passkey.accountId)).length >= PASSKEYS_MAX) throw refuse('too_many_passkeys');
  return addPasskey(tx, world, passkey);
}

/** The passkey of a credential. */
export async function findPasskey(db: Db | Tx, credentialId: string): Promise<StoredPasskey | undefined> {
  const row = await db.selectFrom('passkeys').selectAll().where('credential_id', '=', credentialId).executeTakeFirst();
  return (
    row && {
      accountId: row.account_id,
      credentialId: row.credential_id,
      publicKey: new Uint8Array(row.public_key),
      counter: Number(row.counter),
      transports: readTransports(row.transports),
    }
  );
}

/** The account's passkeys, oldest first. */
export async function listPasskeys(db: Db | Tx, accountId: string) {
  const rows = await db
    .selectFrom('passkeys')
    .select(['credential_id', 'transports', 'created_at', 'last_used_day'])
    .where('account_id', '=', accountId)
    .orderBy('created_at')
    .limit(PASSKEYS_MAX)
    .execute();
  return rows.map((row) => ({
    id: row.credential_id,
    transports: readTransports(row.transports),
    createdAt: row.created_at.toISOString(),
    lastUsedDay: row.last_used_day,
  }));
}

/** Notes a use; the counter only rises, so that a copied key shows itself. */
export async function markPasskeyUsed(
  { db, world }: Ground<Db>,
  passkey: Pick<StoredPasskey, 'accountId' | 'credentialId'>,
  counter: number,
): Promise<void> {
  await db
    .updateTable('passkeys')
    .set({ counter, last_used_day: utcDay(world.now()) })
    .where('account_id', '=', passkey.accountId)
    .where('credential_id', '=', passkey.credentialId)
    .execute();
}

/** Removes a passkey; 'last' when nothing else would be left to sign in with. */
export async function removePasskey(
  tx: Tx,
  accountId: string,
  credentialId: string,
): Promise<'removed' | 'unknown' | 'last'> {
  await tx.selectFrom('accounts').select('id').where('id', '=', accountId).forUpdate().execute();
  const passkeys = await tx
    .selectFrom('passkeys')
    .select('credential_id')
    .where('account_id', '=', accountId)
    .execute();
  if (!passkeys.some((passkey) => passkey.credential_id === credentialId)) return 'unknown';
  const password = await tx
    .selectFrom('passwords')
    .select('account_id')
    .where('account_id', '=', accountId)
    .executeTakeFirst();
  if (passkeys.length === 1 && !password) return 'last';
  await tx
    .deleteFrom('passkeys')
    .where('account_id', '=', accountId)
    .where('credential_id', '=', credentialId)
    .execute();
  return 'removed';
}

/** Forgets the ceremonies whose time is over. */
export async function sweepCeremonies(db: Db, world: World): Promise<void> {
  await db.deleteFrom('challenges').where('expires_at', '<=', world.now()).execute();
}

function readTransports(transports: unknown): string[] {
  return Array.isArray(transports) ? transports.filter((one) => typeof one === 'string') : [];
}
