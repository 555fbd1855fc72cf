/** The inbox of the signed-in account. */
import { notificationFilterSchema, notificationPageSchema, pageQuerySchema, timeSchema } from '@vitrine/schema';
import { z } from 'zod';
import type { App } from '../platform/http.ts';
import { viewerOf } from '../platform/viewer.ts';
import type { World } from '../platform/world.ts';
import type { NotifyStore } from './store.ts';

/** Registers them. */
export function notifyRoutes(app: App, { notify, world }: { notify: NotifyStore; world: World }): void {
  const querystring = pageQuerySchema.extend({ filter: notificationFilterSchema.default('all') });
  app.get(
    '/api/v1/me/notifications',
    { schema: { querystring, response: { 200: notificationPageSchema } } },
    (request) => notify.page({ accountId: viewerOf(request).accountId, ...request.query, after: request.query.after }),
  );

  const body = z.object({ until: timeSchema.optional() }).nullish();
  app.put(
    '/api/v1/me/notifications/read',
    { schema: { body, response: { 204: z.null() } } },
    async (request, reply) => {
      const until = request.body?.until;
      await notify.markRead(viewerOf(request).accountId, until === undefined ? world.now() : new Date(until));
      return reply.code(204).send(null);
    },
  );
}
