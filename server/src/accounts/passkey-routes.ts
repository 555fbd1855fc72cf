/** Passkeys: signing up and in with one, adding and removing them. */
import {
  LIMITS,
  passkeyAnswerSchema,
  passkeyOptionsSchema,
  passkeySchema,
  passkeySignUpSchema,
  passkeysSchema,
  signedInSchema,
  signedUpSchema,
  type PasskeyOptions,
} from '@vitrine/schema';
import { z } from 'zod';
import type { App } from '../platform/http.ts';
import { refuse } from '../platform/problem.ts';
import {
  creationOptions,
  credentialOf,
  relyingParty,
  requestOptions,
  verifyCreation,
  verifyUse,
  type RelyingParty,
} from './passkey-ceremony.ts';
import { PASSKEYS_MAX, signUpIntentSchema, type CeremonyPurpose } from './passkey-rows.ts';
import { viewerOf } from '../platform/viewer.ts';
import { countSignUp, meOf, type AccountParts } from './parts.ts';
import { handToken, kindOf } from './session-cookie.ts';
import { checkRegistration } from './sign-up.ts';

/** Registers them. */
export function passkeyRoutes(app: App, parts: AccountParts): void {
  const party = relyingParty(parts.settings, parts.origins);
  signUpRoutes(app, parts, party);
  signInRoutes(app, parts, party);
  ownPasskeyRoutes(app, parts, party);
  removalRoute(app, parts);
}

function onTheWire(challengeId: string, options: object): PasskeyOptions {
  return { challengeId, options: Object.fromEntries(Object.entries(options)) };
}

function signUpRoutes(app: App, parts: AccountParts, party: RelyingParty): void {
  const { accounts, world, settings } = parts;
  app.post(
    '/api/v1/passkeys/sign-up-options',
    { schema: { body: passkeySignUpSchema, response: { 200: passkeyOptionsSchema } } },
    async (request) => {
      const { handle, ageBand, inviteCode } = request.body;
      await checkRegistration(parts, inviteCode);
      const judged = await accounts.judgeHandle(handle);
      if (!judged.isFree) throw refuse(judged.reason === 'reserved' ? 'handle_reserved' : 'handle_taken');
      const accountId = world.newId();
      const options = await creationOptions(party, { id: accountId, handle, known: [] });
      const intent = { handle, ageBand, ...(inviteCode === undefined ? {} : { inviteCode }) };
      return onTheWire(
        await accounts.openCeremony({ challenge: options.challenge, purpose: 'signUp', accountId, intent }),
        options,
      );
    },
  );

  app.post(
    '/api/v1/passkeys/sign-ups',
    { schema: { body: passkeyAnswerSchema, response: { 201: signedUpSchema } } },
    async (request, reply) => {
      await countSignUp(parts, request);
      const { challengeId, response, bearer } = request.body;
      const ceremony = await takeCeremony(parts, challengeId, 'signUp');
      const { handle, ageBand, inviteCode } = signUpIntentSchema.parse(ceremony.intent);
      const passkey = await verifyCreation(
        party,
        { challenge: ceremony.challenge, accountId: ceremony.accountId },
        response,
      );
      const made = await accounts.signUp({
        accountId: ceremony.accountId,
        handle,
        ageBand,
        inviteCode,
        way: { passkey },
        sessionKind: kindOf(bearer),
      });
      const told = handToken(reply, settings, made.session);
      return reply
        .code(201)
        .send({ account: await meOf(parts, made.accountId), recoveryCodes: made.recoveryCodes, ...told });
    },
  );
}

function signInRoutes(app: App, parts: AccountParts, party: RelyingParty): void {
  const { accounts, settings } = parts;
  app.post('/api/v1/passkeys/sign-in-options', { schema: { response: { 200: passkeyOptionsSchema } } }, async () => {
    const options = await requestOptions(party);
    return onTheWire(await accounts.openCeremony({ challenge: options.challenge, purpose: 'signIn' }), options);
  });

  app.post(
    '/api/v1/passkeys/sign-ins',
    { schema: { body: passkeyAnswerSchema, response: { 201: signedInSchema } } },
    async (request, reply) => {
      const { challengeId, response, bearer } = request.body;
      const ceremony = await accounts.takeCeremony(challengeId, 'signIn');
      const passkey = await accounts.findPasskey(credentialOf(response));
      if (!ceremony || !passkey) throw refuse('passkey_refused');
      await accounts.markPasskeyUsed(passkey, await verifyUse(party, ceremony.challenge, { passkey, response }));
      const session = await accounts.startSession(passkey.accountId, kindOf(bearer));
      const told = handToken(reply, settings, session);
      return reply.code(201).send({ account: await meOf(parts, passkey.accountId), ...told });
    },
  );
}

function ownPasskeyRoutes(app: App, parts: AccountParts, party: RelyingParty): void {
  const { accounts } = parts;
  app.get('/api/v1/me/passkeys', { schema: { response: { 200: passkeysSchema } } }, async (request) => ({
    passkeys: await accounts.passkeys(viewerOf(request).accountId),
  }));

  app.post('/api/v1/me/passkeys/options', { schema: { response: { 200: passkeyOptionsSchema } } }, async (request) => {
    const { accountId, handle } = viewerOf(request);
    const known = await accounts.passkeys(accountId);
    if (known.length >= PASSKEYS_MAX) throw refuse('too_many_passkeys');
    const options = await creationOptions(party, { id: accountId, handle, known });
    return onTheWire(await accounts.openCeremony({ challenge: options.challenge, purpose: 'add', accountId }), options);
  });

  app.post(
    '/api/v1/me/passkeys',
    { schema: { body: passkeyAnswerSchema, response: { 201: passkeySchema } } },
    async (request, reply) => {
      const { accountId } = viewerOf(request);
      const ceremony = await takeCeremony(parts, request.body.challengeId, 'add');
      if (ceremony.accountId !== accountId) throw refuse('passkey_refused');
      const passkey = await verifyCreation(party, { challenge: ceremony.challenge, accountId }, request.body.response);
      if (!(await accounts.addPasskey(passkey))) throw refuse('passkey_known');
      const made = (await accounts.passkeys(accountId)).find((one) => one.id === passkey.credentialId);
      if (!made) throw refuse('conflict');
      return reply.code(201).send(made);
    },
  );

  app.post('/api/v1/me/step-up/options', { schema: { response: { 200: passkeyOptionsSchema } } }, async (request) => {
    const { accountId } = viewerOf(request);
    const known = await accounts.passkeys(accountId);
    if (known.length === 0) throw refuse('not_found', 'This account has no passkey: enter its password.');
    const options = await requestOptions(party, known);
    return onTheWire(
      await accounts.openCeremony({ challenge: options.challenge, purpose: 'stepUp', accountId }),
      options,
    );
  });
}

function removalRoute(app: App, { accounts }: AccountParts): void {
  const schema = {
    params: z.object({ id: z.string().min(1).max(LIMITS.credentialIdChars) }),
    response: { 204: z.null() },
  };
  app.delete('/api/v1/me/passkeys/:id', { schema }, async (request, reply) => {
    const outcome = await accounts.removePasskey(viewerOf(request).accountId, request.params.id);
    if (outcome === 'unknown') throw refuse('not_found');
    if (outcome === 'last') throw refuse('last_way_in');
    return reply.code(204).send(null);
  });
}

async function takeCeremony(
  parts: AccountParts,
  id: string,
  purpose: CeremonyPurpose,
): Promise<{ challenge: string; accountId: string; intent: unknown }> {
  const ceremony = await parts.accounts.takeCeremony(id, purpose);
  if (ceremony?.accountId === undefined)
    throw refuse('passkey_refused', 'This took too long. Start again; nothing is lost.');
  return { accountId: ceremony.accountId, challenge: ceremony.challenge, intent: ceremony.intent };
}
