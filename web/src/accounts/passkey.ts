/** The ceremonies of passkeys: options from the server, the browser's dialog, the answer back. */
import {
  browserSupportsWebAuthn,
  startAuthentication,
  startRegistration,
  WebAuthnError,
  type PublicKeyCredentialCreationOptionsJSON,
  type PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/browser';
import type { AgeBand, PasskeyOptions, Region, SignedIn, SignedUp } from '@vitrine/schema';
import { request } from '../api/request.ts';

/** Where passkeys work: here, only at another address of this site, or not in this browser. */
export function passkeysWork(region: Region | undefined): 'here' | 'elsewhere' | 'never' {
  if (region === undefined) return 'here';
  if (new URL(region.passkeyUrl).hostname !== location.hostname) return 'elsewhere';
  return browserSupportsWebAuthn() ? 'here' : 'never';
}

/** Whether the person closed the browser's dialog or let it run out: no error to speak of. */
export function isCalledOff(error: unknown): boolean {
  if (error instanceof WebAuthnError)
    return error.code === 'ERROR_CEREMONY_ABORTED' || error.name === 'NotAllowedError';
  return error instanceof Error && (error.name === 'NotAllowedError' || error.name === 'AbortError');
}

async function register(options: PasskeyOptions, answerTo: string): Promise<unknown> {
  const optionsJSON = options.options as unknown as PublicKeyCredentialCreationOptionsJSON;
  const response = await startRegistration({ optionsJSON });
  return request<unknown>(answerTo, { method: 'POST', body: { challengeId: options.challengeId, response } });
}

async function prove(options: PasskeyOptions, answerTo: string): Promise<unknown> {
  const optionsJSON = options.options as unknown as PublicKeyCredentialRequestOptionsJSON;
  const response = await startAuthentication({ optionsJSON });
  return request<unknown>(answerTo, { method: 'POST', body: { challengeId: options.challengeId, response } });
}

const optionsOf = (path: string, body?: unknown): Promise<PasskeyOptions> =>
  request<PasskeyOptions>(path, { method: 'POST', ...(body !== undefined && { body }) });

/** Makes an account with a new passkey. */
export async function signUpByPasskey(wish: {
  handle: string;
  ageBand: AgeBand;
  inviteCode?: string;
}): Promise<SignedUp> {
  return (await register(await optionsOf('/passkeys/sign-up-options', wish), '/passkeys/sign-ups')) as SignedUp;
}

/** Signs in with whichever passkey the person chooses. */
export async function signInByPasskey(): Promise<SignedIn> {
  return (await prove(await optionsOf('/passkeys/sign-in-options'), '/passkeys/sign-ins')) as SignedIn;
}

/** Adds a passkey to the signed-in account. */
export async function addPasskey(): Promise<void> {
  await register(await optionsOf('/me/passkeys/options'), '/me/passkeys');
}

/** Confirms by passkey that it is still the same person. */
export async function stepUpByPasskey(): Promise<void> {
  await prove(await optionsOf('/me/step-up/options'), '/me/step-up');
}
