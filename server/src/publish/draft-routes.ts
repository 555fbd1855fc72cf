/** Drafts over HTTP. A save says with If-Match which version it was made from. */
import {
  draftBodySchema,
  draftPageSchema,
  draftSavedSchema,
  draftSchema,
  idSchema,
  LIMITS,
  pageQuerySchema,
} from '@vitrine/schema';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App } from '../platform/http.ts';
import { readIdempotencyKey } from '../platform/idempotency-key.ts';
import { refuse } from '../platform/problem.ts';
import { viewerOf } from '../platform/viewer.ts';
import { createDraft, deleteDraft, ownDraft, ownDrafts, saveDraft, undeleteDraft } from './drafts.ts';
import type { DraftGrounds, OwnDraft, SavedDraft } from './drafts.ts';

const idParams = z.object({ id: idSchema });
const done = z.null();
const bodyLimit = LIMITS.draftBytes;
const VERSION_TAG = /^(?:W\/)?"(\d{1,9})"$/;

/** Registers them. */
export function draftRoutes(app: App, grounds: DraftGrounds): void {
  app.get(
    '/api/v1/drafts',
    { schema: { querystring: pageQuerySchema, response: { 200: draftPageSchema } } },
    (request) => ownDrafts(grounds, viewerOf(request).accountId, request.query),
  );
  app.post(
    '/api/v1/drafts',
    { bodyLimit, schema: { body: draftBodySchema, response: { 201: draftSavedSchema } } },
    async (request, reply) => {
      const order = { accountId: viewerOf(request).accountId, idempotencyKey: readIdempotencyKey(request) };
      return tagged(reply.code(201), await createDraft(grounds, { ...order, body: request.body }));
    },
  );
  app.get(
    '/api/v1/drafts/:id',
    { schema: { params: idParams, response: { 200: draftSchema } } },
    async (request, reply) => {
      const draft = await ownDraft(grounds, ownOf(request));
      void reply.header('etag', `"${draft.version}"`);
      return draft;
    },
  );
  app.put(
    '/api/v1/drafts/:id',
    { bodyLimit, schema: { params: idParams, body: draftBodySchema, response: { 200: draftSavedSchema } } },
    async (request, reply) => {
      const ifVersion = readVersion(request);
      if (ifVersion === undefined) throw refuse('version_needed');
      return tagged(reply, await saveDraft(grounds, ownOf(request), { ifVersion, body: request.body }));
    },
  );
  app.delete(
    '/api/v1/drafts/:id',
    { schema: { params: idParams, response: { 204: done } } },
    async (request, reply) => {
      await deleteDraft(grounds, ownOf(request), readVersion(request));
      return reply.code(204).send(null);
    },
  );
  app.post(
    '/api/v1/drafts/:id/undelete',
    { schema: { params: idParams, response: { 204: done } } },
    async (request, reply) => {
      await undeleteDraft(grounds, ownOf(request));
      return reply.code(204).send(null);
    },
  );
}

function ownOf(request: FastifyRequest & { params: { id: string } }): OwnDraft {
  return { accountId: viewerOf(request).accountId, draftId: request.params.id };
}

function tagged(reply: FastifyReply, saved: SavedDraft): SavedDraft {
  void reply.header('etag', `"${saved.version}"`);
  return saved;
}

function readVersion(request: FastifyRequest): number | undefined {
  const tag = request.headers['if-match'];
  if (tag === undefined) return undefined;
  const version = VERSION_TAG.exec(tag)?.[1];
  if (version === undefined) throw refuse('malformed', 'If-Match holds the version of the draft in double quotes.');
  return Number(version);
}
