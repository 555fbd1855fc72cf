/** Signing in and out, and showing again who one is. */
import {
  idSchema,
  passkeyAnswerSchema,
  sessionsSchema,
  signedInSchema,
  signInSchema,
  stepUpSchema,
  steppedUpSchema,
} from '@vitrine/schema';
import { z } from 'zod';
import type { App } from '../platform/http.ts';
import { countUse } from '../platform/limits.ts';
import { refuse } from '../platform/problem.ts';
import { STEP_UP_MS } from '../platform/viewer.ts';
import { later } from '../platform/world.ts';
import { credentialOf, relyingParty, verifyUse } from './passkey-ceremony.ts';
import { viewerOf } from '../platform/viewer.ts';
import { meOf, type AccountParts } from './parts.ts';
import { dropToken, handToken, kindOf } from './session-cookie.ts';

/** Guesses at one account's password, from wherever: above this an hour only passkeys and existing sessions work. */
const GUESSES_PER_HOUR = 100;

/** Registers them. */
export function sessionRoutes(app: App, parts: AccountParts): void {
  signInRoutes(app, parts);
  stepUpRoutes(app, parts);
}

function signInRoutes(app: App, parts: AccountParts): void {
  const { accounts, settings } = parts;
  app.post(
    '/api/v1/sessions',
    { schema: { body: signInSchema, response: { 201: signedInSchema } } },
    async (request, reply) => {
      const accountId = await findByProof(parts, request.body);
      const session = await accounts.startSession(accountId, kindOf(request.body.bearer));
      const told = handToken(reply, settings, session);
      return reply.code(201).send({ account: await meOf(parts, accountId), ...told });
    },
  );

  app.get('/api/v1/sessions', { schema: { response: { 200: sessionsSchema } } }, async (request) => {
    const viewer = viewerOf(request);
    return { sessions: await accounts.sessions(viewer.accountId, viewer.sessionId) };
  });

  app.delete('/api/v1/sessions', { schema: { response: { 204: z.null() } } }, async (request, reply) => {
    const viewer = viewerOf(request);
    await accounts.endOtherSessions(viewer.accountId, viewer.sessionId);
    return reply.code(204).send(null);
  });

  const oneSchema = {
    params: z.object({ id: z.union([z.literal('current'), idSchema]) }),
    response: { 204: z.null() },
  };
  app.delete('/api/v1/sessions/:id', { schema: oneSchema }, async (request, reply) => {
    const viewer = viewerOf(request);
    const id = request.params.id === 'current' ? viewer.sessionId : request.params.id;
    if (!(await accounts.endSession(viewer.accountId, id))) throw refuse('not_found');
    if (id === viewer.sessionId) dropToken(reply, settings);
    return reply.code(204).send(null);
  });
}

/**
 * The account that a password or recovery code opens.
 * @throws the same refusal, after the same work, whether the account is unknown or the proof wrong
 */
async function findByProof(parts: AccountParts, proof: z.infer<typeof signInSchema>): Promise<string> {
  if ((proof.password === undefined) === (proof.recoveryCode === undefined))
    throw refuse('malformed', 'Give either a password or a recovery code.');
  const holder = await parts.accounts.findHandle(proof.handle);
  // All handles of an account count together: those it gave up still lead to it.
  await countGuess(parts, holder?.accountId ?? proof.handle);
  const isProven =
    proof.password === undefined
      ? await parts.accounts.useRecoveryCode(holder?.accountId ?? NOBODY, proof.recoveryCode ?? '')
      : await parts.accounts.isPassword(holder?.accountId, proof.password);
  if (!isProven || !holder) throw refuse('wrong_credentials');
  return holder.accountId;
}

/** No account has this id. */
const NOBODY = '00000000-0000-0000-0000-000000000000';

async function countGuess(parts: AccountParts, whose: string): Promise<void> {
  const use = {
    key: `sign-in ${whose}`,
    limit: Math.ceil(GUESSES_PER_HOUR * parts.settings.rateLimitFactor),
    windowSeconds: 3600,
  };
  const waitSeconds = await countUse(parts.db, parts.world, use);
  if (waitSeconds !== undefined) throw refuse('too_many', { retryAfterSeconds: waitSeconds });
}

function stepUpRoutes(app: App, parts: AccountParts): void {
  const { accounts, settings, world } = parts;
  const party = relyingParty(settings, parts.origins);
  const body = z.union([stepUpSchema, passkeyAnswerSchema]);
  app.post('/api/v1/me/step-up', { schema: { body, response: { 200: steppedUpSchema } } }, async (request, reply) => {
    const viewer = viewerOf(request);
    const proof = request.body;
    if ('password' in proof) {
      await countGuess(parts, viewer.accountId);
      if (!(await accounts.isPassword(viewer.accountId, proof.password)))
        throw refuse('wrong_credentials', 'This is not your password.');
    } else {
      const ceremony = await accounts.takeCeremony(proof.challengeId, 'stepUp');
      const passkey = await accounts.findPasskey(credentialOf(proof.response));
      if (!ceremony || ceremony.accountId !== viewer.accountId || passkey?.accountId !== viewer.accountId)
        throw refuse('passkey_refused');
      await accounts.markPasskeyUsed(
        passkey,
        await verifyUse(party, ceremony.challenge, { passkey, response: proof.response }),
      );
    }
    const session = await accounts.rotateSession(viewer.accountId, viewer.sessionId);
    if (!session) throw refuse('not_signed_in');
    const told = handToken(reply, settings, session);
    return reply.send({ until: later(world.now(), STEP_UP_MS).toISOString(), ...told });
  });
}
