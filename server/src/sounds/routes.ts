/** What people change of sounds. Reading them: see watch. */
import { idSchema, LIMITS, soundChangeSchema, soundLibrarySchema } from '@vitrine/schema';
import { z } from 'zod';
import type { App } from '../platform/http.ts';
import { refuse } from '../platform/problem.ts';
import { viewerOf } from '../platform/viewer.ts';
import { putCover, type CoverGrounds } from './cover.ts';
import type { SoundStore } from './store.ts';

/** What these routes need. */
interface SoundRouteGrounds extends CoverGrounds {
  sounds: SoundStore;
}

const idParams = z.object({ id: idSchema });
const done = z.null();
const V1 = '/api/v1';

/** Registers them. */
export function soundRoutes(app: App, grounds: SoundRouteGrounds): void {
  const { sounds } = grounds;
  app.patch(
    `${V1}/sounds/:id`,
    { schema: { params: idParams, body: soundChangeSchema, response: { 204: done } } },
    async (request, reply) => {
      const { accountId } = viewerOf(request);
      await sounds.change({ accountId, soundId: request.params.id }, request.body);
      return reply.code(204).send(null);
    },
  );
  app.put(
    `${V1}/sounds/:id/library`,
    { schema: { params: idParams, body: soundLibrarySchema, response: { 204: done } } },
    async (request, reply) => {
      const { accountId, roles } = viewerOf(request);
      if (!roles.includes('operator')) throw refuse('not_found', 'The library is kept by the operator.');
      await sounds.toLibrary({ accountId, soundId: request.params.id }, request.body);
      return reply.code(204).send(null);
    },
  );
  const saving = { schema: { params: idParams, response: { 204: done } } };
  app.put(`${V1}/sounds/:id/save`, saving, async (request, reply) => {
    await sounds.save(viewerOf(request).accountId, request.params.id);
    return reply.code(204).send(null);
  });
  app.delete(`${V1}/sounds/:id/save`, saving, async (request, reply) => {
    await sounds.unsave(viewerOf(request).accountId, request.params.id);
    return reply.code(204).send(null);
  });
  coverRoute(app, grounds);
}

/** Apart from the others: only here is a picture taken as a body. */
function coverRoute(app: App, grounds: SoundRouteGrounds): void {
  void app.register(async (scope: App) => {
    scope.addContentTypeParser(
      /^image\//,
      { parseAs: 'buffer', bodyLimit: LIMITS.avatarBytes },
      (_request, body, parsed) => parsed(null, body),
    );
    scope.put(
      `${V1}/sounds/:id/cover`,
      { bodyLimit: LIMITS.avatarBytes, schema: { params: idParams, response: { 204: done } } },
      async (request, reply) => {
        const { accountId, roles } = viewerOf(request);
        if (!(request.body instanceof Uint8Array))
          throw refuse('wrong_media_type', 'Send the picture itself, as image/…');
        const own = { accountId, soundId: request.params.id, isOperator: roles.includes('operator') };
        await putCover(grounds, own, request.body);
        return reply.code(204).send(null);
      },
    );
  });
}
