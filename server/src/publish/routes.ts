/** Making, changing, deleting posts; captions; what an author sees of work under way. One post for all: see watch. */
import {
  captionQuerySchema,
  captionTrackSchema,
  idSchema,
  languageSchema,
  LIMITS,
  ownPostsSchema,
  pageQuerySchema,
  postChangeSchema,
  publishedSchema,
  publishSchema,
  uploadSchema,
  uploadsSchema,
} from '@vitrine/schema';
import { z } from 'zod';
import { cleanLine } from '../accounts/display-text.ts';
import type { App } from '../platform/http.ts';
import { readIdempotencyKey } from '../platform/idempotency-key.ts';
import { refuse } from '../platform/problem.ts';
import { viewerOf } from '../platform/viewer.ts';
import { languageName, putCaptions, removeCaptions, type CaptionGrounds } from './captions.ts';
import { changePost, deletePost, undeletePost } from './change.ts';
import { draftRoutes } from './draft-routes.ts';
import { ownPosts, ownUploads } from './own-lists.ts';
import { publish } from './order.ts';

const idParams = z.object({ id: idSchema });
const captionParams = z.object({ id: idSchema, language: languageSchema });
const done = z.null();

/** Registers them. */
export function publishRoutes(app: App, grounds: CaptionGrounds): void {
  draftRoutes(app, grounds);
  postRoutes(app, grounds);
  ownRoutes(app, grounds);
  void app.register(async (scope) => captionRoutes(scope, grounds));
}

function postRoutes(app: App, grounds: CaptionGrounds): void {
  app.post(
    '/api/v1/posts',
    { schema: { body: publishSchema, response: { 202: publishedSchema } } },
    async (request, reply) => {
      const id = await publish(grounds, {
        accountId: viewerOf(request).accountId,
        idempotencyKey: readIdempotencyKey(request),
        ...request.body,
      });
      return reply.code(202).send({ id });
    },
  );
  app.patch(
    '/api/v1/posts/:id',
    { schema: { params: idParams, body: postChangeSchema, response: { 204: done } } },
    async (request, reply) => {
      await changePost(grounds, { accountId: viewerOf(request).accountId, postId: request.params.id }, request.body);
      return reply.code(204).send(null);
    },
  );
  app.delete('/api/v1/posts/:id', { schema: { params: idParams, response: { 204: done } } }, async (request, reply) => {
    await deletePost(grounds, { accountId: viewerOf(request).accountId, postId: request.params.id });
    return reply.code(204).send(null);
  });
  app.post(
    '/api/v1/posts/:id/undelete',
    { schema: { params: idParams, response: { 204: done } } },
    async (request, reply) => {
      await undeletePost(grounds, { accountId: viewerOf(request).accountId, postId: request.params.id });
      return reply.code(204).send(null);
    },
  );
}

function ownRoutes(app: App, grounds: CaptionGrounds): void {
  const query = z.object({
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .optional(),
  });
  app.get(
    '/api/v1/uploads/:id',
    { exposeHeadRoute: false, schema: { params: idParams, response: { 200: uploadSchema } } },
    async (request) => {
      const [upload] = await ownUploads(grounds, viewerOf(request).accountId, { ids: [request.params.id] });
      if (!upload) throw refuse('not_found');
      return upload;
    },
  );
  app.get(
    '/api/v1/me/uploads',
    { schema: { querystring: query, response: { 200: uploadsSchema } } },
    async (request) => ({
      uploads: await ownUploads(grounds, viewerOf(request).accountId, { sha256: request.query.sha256 }),
    }),
  );
  app.get(
    '/api/v1/me/posts',
    { schema: { querystring: pageQuerySchema, response: { 200: ownPostsSchema } } },
    (request) => ownPosts(grounds, viewerOf(request).accountId, request.query),
  );
}

function captionRoutes(app: App, grounds: CaptionGrounds): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: LIMITS.captionBytes }, (_request, body, parsed) =>
    parsed(null, body),
  );
  const path = '/api/v1/posts/:id/captions/:language';
  app.put(
    path,
    {
      bodyLimit: LIMITS.captionBytes,
      schema: { params: captionParams, querystring: captionQuerySchema, response: { 200: captionTrackSchema } },
    },
    (request) => {
      const { id, language } = request.params;
      const { body } = request;
      if (!(body instanceof Uint8Array)) throw refuse('invalid_caption');
      const label = cleanLine(request.query.label ?? '') || languageName(language);
      return putCaptions(
        grounds,
        { accountId: viewerOf(request).accountId, postId: id },
        { language, label, bytes: body },
      );
    },
  );
  app.delete(path, { schema: { params: captionParams, response: { 204: done } } }, async (request, reply) => {
    await removeCaptions(
      grounds,
      { accountId: viewerOf(request).accountId, postId: request.params.id },
      request.params.language,
    );
    return reply.code(204).send(null);
  });
}
