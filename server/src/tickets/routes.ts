/** Tickets and watch reports over HTTP. */
import {
  ticketDrawSchema,
  ticketKeysSchema,
  ticketOfferSchema,
  ticketsDrawnSchema,
  watchReportSchema,
  watchTakenSchema,
} from '@vitrine/schema';
import type { App } from '../platform/http.ts';
import { refuse } from '../platform/problem.ts';
import type { Viewer } from '../platform/viewer.ts';
import type { TicketStore } from './store.ts';

/** Keys change at midnight; a minute of the old list does no harm. */
const KEYS_CACHE = 'public, max-age=60';

/** Registers them. */
export function ticketRoutes(app: App, { tickets }: { tickets: TicketStore }): void {
  app.get('/api/v1/tickets/keys', { schema: { response: { 200: ticketKeysSchema } } }, async (_request, reply) => {
    void reply.header('cache-control', KEYS_CACHE);
    const keys = await tickets.keys();
    return { keys: keys.map((key) => ({ ...key, publicKey: toText(key.publicKey) })) };
  });
  app.get('/api/v1/tickets', { schema: { response: { 200: ticketOfferSchema } } }, async (request, reply) => {
    void reply.header('cache-control', 'no-store');
    return tickets.offer(drawer(request.viewer));
  });
  app.post(
    '/api/v1/tickets',
    { schema: { body: ticketDrawSchema, response: { 200: ticketsDrawnSchema } } },
    async (request) => {
      const { classKey, blinded } = request.body;
      const accountId = drawer(request.viewer);
      const issued = await tickets.draw({ accountId, classKey, blinded: blinded.map(toBytes) });
      return { evaluated: issued.evaluated.map(toText), proof: toText(issued.proof) };
    },
  );
  app.post(
    '/api/v1/watches',
    { schema: { body: watchReportSchema, response: { 200: watchTakenSchema } } },
    async (request) => {
      await tickets.take(request.body);
      return { isTaken: true as const };
    },
  );
}

/** Whose account draws; undefined without one. */
function drawer(viewer: Viewer | undefined): string | undefined {
  if (viewer?.isSuspended) throw refuse('suspended');
  return viewer?.accountId;
}

function toText(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('base64url');
}

function toBytes(text: string): Uint8Array {
  return new Uint8Array(Buffer.from(text, 'base64url'));
}
