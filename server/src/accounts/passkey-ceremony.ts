/** The four WebAuthn ceremonies: sign up, sign in, add a passkey, step up. */
import type {
  AuthenticationResponseJSON,
  AuthenticatorTransport,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { z } from 'zod';
import { refuse } from '../platform/problem.ts';
import type { Settings } from '../platform/settings.ts';
import type { StoredPasskey } from './passkey-rows.ts';

/** Loaded at the first ceremony: ten megabytes of certificates' grammar. */
const webauthn = () => import('@simplewebauthn/server');
/** EdDSA, ES256, RS256. */
const ALGORITHMS = [-8, -7, -257];
const TIMEOUT_MS = 5 * 60_000;

/** The site that passkeys are bound to. */
export interface RelyingParty {
  id: string;
  name: string;
  /** Pages that may ask for a passkey. */
  origins: () => ReadonlySet<string>;
}

/** The site of the settings: its host name is the passkeys' domain. */
export function relyingParty(settings: Settings, origins: () => ReadonlySet<string>): RelyingParty {
  return { id: new URL(settings.publicUrl).hostname, name: settings.regionName, origins };
}

/** Asks the browser to make a passkey for an account. */
export async function creationOptions(
  party: RelyingParty,
  account: { id: string; handle: string; known: readonly { id: string; transports: string[] }[] },
) {
  const { generateRegistrationOptions } = await webauthn();
  return generateRegistrationOptions({
    rpName: party.name,
    rpID: party.id,
    userName: account.handle,
    userID: new TextEncoder().encode(account.id),
    timeout: TIMEOUT_MS,
    attestationType: 'none',
    excludeCredentials: account.known.map(({ id, transports }) => ({ id, transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: ALGORITHMS,
  });
}

/** Asks the browser for a passkey; with `known`, one of these. */
export async function requestOptions(party: RelyingParty, known: readonly { id: string; transports: string[] }[] = []) {
  const { generateAuthenticationOptions } = await webauthn();
  return generateAuthenticationOptions({
    rpID: party.id,
    timeout: TIMEOUT_MS,
    userVerification: 'required',
    allowCredentials: known.map(({ id, transports }) => ({ id, transports })),
  });
}

const base64Url = z
  .string()
  .max(20_000)
  .regex(/^[A-Za-z0-9_-]*$/);
const answerShape = {
  id: base64Url.min(1).max(1400),
  rawId: base64Url.min(1).max(1400),
  type: z.literal('public-key'),
  clientExtensionResults: z.record(z.string(), z.unknown()).default({}),
};
const transportsSchema = z.array(z.string().max(30)).max(10).default([]);
const creationSchema = z.object({
  ...answerShape,
  response: z.object({ clientDataJSON: base64Url, attestationObject: base64Url, transports: transportsSchema }),
});
const requestSchema = z.object({
  ...answerShape,
  response: z.object({
    clientDataJSON: base64Url,
    authenticatorData: base64Url,
    signature: base64Url,
    userHandle: base64Url.optional(),
  }),
});

/**
 * Checks a new passkey.
 * @throws a refusal when it is not an answer to this challenge from this site by a verified person
 */
export async function verifyCreation(
  party: RelyingParty,
  asked: { challenge: string; accountId: string },
  response: unknown,
): Promise<StoredPasskey> {
  const answer = creationSchema.safeParse(response);
  if (!answer.success) throw refuse('malformed');
  const { verifyRegistrationResponse } = await webauthn();
  const verified = await verifyRegistrationResponse({
    response: answer.data as RegistrationResponseJSON,
    expectedChallenge: asked.challenge,
    expectedOrigin: [...party.origins()],
    expectedRPID: party.id,
    requireUserVerification: true,
    supportedAlgorithmIDs: ALGORITHMS,
  }).catch((cause: unknown) => {
    throw refuse('passkey_refused', {}, cause);
  });
  if (!verified.verified) throw refuse('passkey_refused');
  const { credential } = verified.registrationInfo;
  return {
    accountId: asked.accountId,
    credentialId: credential.id,
    publicKey: new Uint8Array(credential.publicKey),
    counter: credential.counter,
    transports: answer.data.response.transports,
  };
}

/** The credential that an answer speaks of. */
export function credentialOf(response: unknown): string {
  const answer = requestSchema.safeParse(response);
  if (!answer.success) throw refuse('malformed');
  return answer.data.id;
}

/**
 * Checks the use of a passkey.
 * @returns its new counter
 * @throws a refusal when it is not an answer to this challenge from this site by a verified person
 */
export async function verifyUse(
  party: RelyingParty,
  challenge: string,
  use: { passkey: StoredPasskey; response: unknown },
): Promise<number> {
  const { passkey, response } = use;
  const answer = requestSchema.safeParse(response);
  if (!answer.success) throw refuse('malformed');
  const { verifyAuthenticationResponse } = await webauthn();
  const verified = await verifyAuthenticationResponse({
    response: answer.data as AuthenticationResponseJSON,
    expectedChallenge: challenge,
    expectedOrigin: [...party.origins()],
    expectedRPID: party.id,
    requireUserVerification: true,
    credential: {
      id: passkey.credentialId,
      publicKey: passkey.publicKey,
      counter: passkey.counter,
      transports: passkey.transports as AuthenticatorTransport[],
    },
  }).catch((cause: unknown) => {
    throw refuse('passkey_refused', {}, cause);
  });
  if (!verified.verified) throw refuse('passkey_refused');
  return verified.authenticationInfo.newCounter;
}
