/** Sealed tastes over HTTP: put, get and delete by an address that says nothing of anybody. */
import { LIMITS } from '@vitrine/schema';
import { z } from 'zod';
import type { App } from '../platform/http.ts';
import { refuse } from '../platform/problem.ts';
import type { SealedTasteStore } from './store.ts';

const params = z.object({ address: z.string().regex(/^[0-9a-f]{64}$/) });
const ADDRESS = '/api/v1/taste/:address';

/** Registers them. */
export function sealedTasteRoutes(app: App, { sealedTastes }: { sealedTastes: SealedTasteStore }): void {
  app.get(ADDRESS, { schema: { params } }, async (request, reply) => {
    const sealed = await sealedTastes.read(request.params.address);
    if (sealed === undefined) throw refuse('not_found');
    void reply.header('cache-control', 'no-store');
    return reply.type('application/octet-stream').send(Buffer.from(sealed));
  });
  app.delete(ADDRESS, { schema: { params, response: { 204: z.null() } } }, async (request, reply) => {
    await sealedTastes.remove(request.params.address);
    return reply.code(204).send(null);
  });
  // Apart from the others: only here are plain bytes taken as a body.
  void app.register(async (scope: App) => {
    const bodyLimit = LIMITS.sealedTasteBytes;
    scope.addContentTypeParser('application/octet-stream', { parseAs: 'buffer', bodyLimit }, (_request, body, parsed) =>
      parsed(null, body),
    );
    scope.put(ADDRESS, { bodyLimit, schema: { params, response: { 204: z.null() } } }, async (request, reply) => {
      const { body } = request;
      if (!(body instanceof Uint8Array))
        throw refuse('wrong_media_type', 'Send the bytes as application/octet-stream.');
      // A whole number of steps: its length says nothing finer.
      if (body.length === 0 || body.length % LIMITS.sealedTasteStepBytes !== 0) throw refuse('malformed');
      await sealedTastes.put(request.params.address, body);
      return reply.code(204).send(null);
    });
  });
}
