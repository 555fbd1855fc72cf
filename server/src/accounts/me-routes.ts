/** One's own account: reading and changing it, leaving and coming back. */
import {
  handleChangeSchema,
  leavingSchema,
  meSchema,
  passwordChangeSchema,
  profileChangeSchema,
  recoveryCodesSchema,
} from '@vitrine/schema';
import { z } from 'zod';
import type { App } from '../platform/http.ts';
import { viewerOf } from '../platform/viewer.ts';
import { meOf, type AccountParts } from './parts.ts';
import { checkPassword } from './sign-up.ts';

/** Registers them. */
export function meRoutes(app: App, parts: AccountParts): void {
  const { accounts } = parts;
  app.get('/api/v1/me', { schema: { response: { 200: meSchema } } }, (request) =>
    meOf(parts, viewerOf(request).accountId),
  );

  app.patch('/api/v1/me', { schema: { body: profileChangeSchema, response: { 200: meSchema } } }, async (request) => {
    const { accountId } = viewerOf(request);
    await accounts.change(accountId, request.body);
    return meOf(parts, accountId);
  });

  app.put(
    '/api/v1/me/handle',
    { schema: { body: handleChangeSchema, response: { 200: meSchema } } },
    async (request) => {
      const { accountId } = viewerOf(request);
      await accounts.changeHandle(accountId, request.body.handle);
      return meOf(parts, accountId);
    },
  );

  app.put(
    '/api/v1/me/password',
    { schema: { body: passwordChangeSchema, response: { 204: z.null() } } },
    async (request, reply) => {
      const { accountId, sessionId, handle } = viewerOf(request);
      checkPassword(request.body.password, handle);
      await accounts.changePassword(accountId, sessionId, request.body.password);
      return reply.code(204).send(null);
    },
  );

  app.post('/api/v1/me/recovery-codes', { schema: { response: { 200: recoveryCodesSchema } } }, async (request) => ({
    recoveryCodes: await accounts.renewRecoveryCodes(viewerOf(request).accountId),
  }));

  app.delete('/api/v1/me', { schema: { response: { 200: leavingSchema } } }, async (request) => {
    const { accountId, sessionId } = viewerOf(request);
    const leavesAt = await accounts.leave(accountId);
    await accounts.endOtherSessions(accountId, sessionId);
    return { leavesAt: leavesAt.toISOString() };
  });

  app.post('/api/v1/me/return', { schema: { response: { 200: meSchema } } }, async (request) => {
    const { accountId } = viewerOf(request);
    await accounts.comeBack(accountId);
    return meOf(parts, accountId);
  });
}
