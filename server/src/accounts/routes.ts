/** Routes of accounts: who is here, who follows whom. Signing in, passkeys and one's own account stand in the files beside. */
import {
  followAnswerSchema,
  followRequestAnswerSchema,
  handleAnswerSchema,
  pageQuerySchema,
  peopleSchema,
  profileSchema,
  regionSchema,
  signedUpSchema,
  signUpSchema,
  type Region,
} from '@vitrine/schema';
import { z } from 'zod';
import type { App } from '../platform/http.ts';
import { refuse } from '../platform/problem.ts';
import { viewerOf } from '../platform/viewer.ts';
import { avatarRoutes } from './avatar-routes.ts';
import { meRoutes } from './me-routes.ts';
import { countSignUp, meOf, type AccountParts } from './parts.ts';
import { passkeyRoutes } from './passkey-routes.ts';
import { commonPasswords } from './password.ts';
import { sessionRoutes } from './session-routes.ts';
import { handToken, kindOf } from './session-cookie.ts';

/** A handle in an address, in any spelling; what is none leads nowhere. */
export const handleParams = z.object({ handle: z.string().min(1).max(64) });

/** Registers them. */
export function accountRoutes(app: App, parts: AccountParts): void {
  // Read now rather than at the first sign-up: see there.
  commonPasswords();
  regionRoutes(app, parts);
  signUpRoutes(app, parts);
  profileRoutes(app, parts);
  followRoutes(app, parts);
  standingRoutes(app, parts);
  sessionRoutes(app, parts);
  passkeyRoutes(app, parts);
  meRoutes(app, parts);
  avatarRoutes(app, parts);
}

function regionRoutes(app: App, { accounts, settings }: AccountParts): void {
  app.get('/api/v1/region', { schema: { response: { 200: regionSchema } } }, async (): Promise<Region> => ({
    name: settings.regionName,
    registration: settings.registration,
    publicUrl: settings.publicUrl,
    mediaUrl: settings.mediaUrl,
    passkeyUrl: settings.publicUrl,
    upload: {
      maxBytes: settings.maxUploadBytes,
      maxDurationMs: settings.maxDurationMs,
      quotaBytes: settings.accountQuotaBytes,
    },
    needsOperator: !(await accounts.hasOperator()),
  }));
}

function signUpRoutes(app: App, parts: AccountParts): void {
  const { accounts, world, settings } = parts;
  app.get(
    '/api/v1/handles/:handle',
    { schema: { params: handleParams, response: { 200: handleAnswerSchema } } },
    (request) => accounts.judgeHandle(request.params.handle),
  );

  app.post(
    '/api/v1/accounts',
    { schema: { body: signUpSchema, response: { 201: signedUpSchema } } },
    async (request, reply) => {
      await countSignUp(parts, request);
      const { handle, password, ageBand, name, inviteCode, bearer } = request.body;
      const made = await accounts.signUp({
        accountId: world.newId(),
        handle,
        ageBand,
        name,
        inviteCode,
        way: { password },
        sessionKind: kindOf(bearer),
      });
      const told = handToken(reply, settings, made.session);
      return reply
        .code(201)
        .send({ account: await meOf(parts, made.accountId), recoveryCodes: made.recoveryCodes, ...told });
    },
  );
}

const completionQuery = z.object({
  prefix: z.string().min(1).max(31),
  limit: z.coerce.number().int().min(1).max(20).default(8),
});

function profileRoutes(app: App, { accounts }: AccountParts): void {
  app.get(
    '/api/v1/accounts',
    { schema: { querystring: completionQuery, response: { 200: peopleSchema } } },
    async (request) => {
      const prefix = request.query.prefix.trim().replace(/^@/, '').toLowerCase();
      if (!/^[a-z0-9_.]+$/.test(prefix)) return { accounts: [], next: null };
      return accounts.completeHandle({ prefix, viewerId: request.viewer?.accountId, limit: request.query.limit });
    },
  );

  app.get(
    '/api/v1/accounts/:handle',
    { schema: { params: handleParams, response: { 200: profileSchema } } },
    (request) => accounts.profileOf(request.params.handle, request.viewer?.accountId),
  );

  for (const kind of ['followers', 'following'] as const) {
    const schema = { params: handleParams, querystring: pageQuerySchema, response: { 200: peopleSchema } };
    app.get(`/api/v1/accounts/:handle/${kind}`, { schema }, async (request) => {
      const viewerId = request.viewer?.accountId;
      const of = await accounts.shownAccountId(request.params.handle, viewerId);
      if (!(await accounts.mayListFollows(of, viewerId)))
        throw refuse('not_found', 'Only its followers see this list.');
      return accounts.people({ kind, of, viewerId, after: request.query.after, limit: request.query.limit });
    });
  }
}

function followRoutes(app: App, { accounts }: AccountParts): void {
  const schema = { params: handleParams, response: { 200: followAnswerSchema } };
  app.put('/api/v1/accounts/:handle/follow', { schema }, async (request) => {
    const viewerId = viewerOf(request).accountId;
    return accounts.follow({ viewerId, accountId: await accounts.shownAccountId(request.params.handle, viewerId) });
  });
  app.delete('/api/v1/accounts/:handle/follow', { schema }, async (request) => {
    const viewerId = viewerOf(request).accountId;
    return accounts.unfollow({ viewerId, accountId: await accounts.shownAccountId(request.params.handle, viewerId) });
  });

  const listSchema = { querystring: pageQuerySchema, response: { 200: peopleSchema } };
  app.get('/api/v1/me/follow-requests', { schema: listSchema }, async (request) => {
    const own = viewerOf(request).accountId;
    return accounts.people({
      kind: 'requests',
      of: own,
      viewerId: own,
      after: request.query.after,
      limit: request.query.limit,
    });
  });
  const answerSchema = {
    params: handleParams,
    body: followRequestAnswerSchema,
    response: { 204: z.null() },
  };
  app.put('/api/v1/me/follow-requests/:handle', { schema: answerSchema }, async (request, reply) => {
    const own = viewerOf(request).accountId;
    const requesterId = await accounts.shownAccountId(request.params.handle, own);
    if (!(await accounts.answerRequest({ accountId: own, requesterId, isAccepted: request.body.isAccepted })))
      throw refuse('not_found');
    return reply.code(204).send(null);
  });
}

function standingRoutes(app: App, { accounts }: AccountParts): void {
  const acts = {
    block: { put: accounts.block, delete: accounts.unblock },
    mute: { put: accounts.mute, delete: accounts.unmute },
  };
  for (const name of ['block', 'mute'] as const) {
    for (const method of ['put', 'delete'] as const) {
      app[method](
        `/api/v1/accounts/:handle/${name}`,
        { schema: { params: handleParams, response: { 204: z.null() } } },
        async (request, reply) => {
          const viewerId = viewerOf(request).accountId;
          await acts[name][method]({
            viewerId,
            accountId: await accounts.shownAccountId(request.params.handle, viewerId),
          });
          return reply.code(204).send(null);
        },
      );
    }
  }
  for (const [path, kind] of [
    ['blocks', 'blocked'],
    ['mutes', 'muted'],
  ] as const) {
    app.get(
      `/api/v1/me/${path}`,
      { schema: { querystring: pageQuerySchema, response: { 200: peopleSchema } } },
      async (request) => {
        const own = viewerOf(request).accountId;
        return accounts.people({
          kind,
          of: own,
          viewerId: own,
          after: request.query.after,
          limit: request.query.limit,
        });
      },
    );
  }
}
