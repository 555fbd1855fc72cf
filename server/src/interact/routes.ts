/** Marks and comments. */
import {
  commentMarkedSchema,
  commentPageSchema,
  commentSchema,
  commentSortSchema,
  commentWriteSchema,
  idSchema,
  markedSchema,
  pageQuerySchema,
} from '@vitrine/schema';
import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App } from '../platform/http.ts';
import { readIdempotencyKey } from '../platform/idempotency-key.ts';
import { refuse } from '../platform/problem.ts';
import type { InteractStore } from './store.ts';

const V1 = '/api/v1';
const params = z.object({ id: idSchema });
const listQuery = pageQuerySchema.extend({ sort: commentSortSchema.default('top'), around: idSchema.optional() });
const done = z.null();

/** Registers them. */
export function interactRoutes(app: App, { interact }: { interact: InteractStore }): void {
  markRoutes(app, interact);
  commentListRoutes(app, interact);
  commentRoutes(app, interact);
  commentMarkRoutes(app, interact);
}

function accountOf(request: FastifyRequest): string {
  if (!request.viewer) throw refuse('not_signed_in');
  return request.viewer.accountId;
}

function markRoutes(app: App, interact: InteractStore): void {
  const schema = { params, response: { 200: markedSchema } };
  for (const mark of ['like', 'save', 'repost'] as const) {
    app.put(`${V1}/posts/:id/${mark}`, { schema }, (request) =>
      interact.setMark({ mark, postId: request.params.id, accountId: accountOf(request) }),
    );
    app.delete(`${V1}/posts/:id/${mark}`, { schema }, (request) =>
      interact.takeMark({ mark, postId: request.params.id, accountId: accountOf(request) }),
    );
  }
}

function commentListRoutes(app: App, interact: InteractStore): void {
  app.get(
    `${V1}/posts/:id/comments`,
    { schema: { params, querystring: listQuery, response: { 200: commentPageSchema } } },
    (request) => {
      const { sort, around, after, limit } = request.query;
      return interact.comments(request.params.id, { sort, around, after, limit, viewerId: request.viewer?.accountId });
    },
  );
  app.get(
    `${V1}/comments/:id/replies`,
    { schema: { params, querystring: pageQuerySchema, response: { 200: commentPageSchema } } },
    (request) => {
      const { after, limit } = request.query;
      return interact.replies(request.params.id, { after, limit, viewerId: request.viewer?.accountId });
    },
  );
}

function commentRoutes(app: App, interact: InteractStore): void {
  app.post(
    `${V1}/posts/:id/comments`,
    { schema: { params, body: commentWriteSchema, response: { 201: commentSchema } } },
    async (request, reply) => {
      const { text, parentId } = request.body;
      const order = {
        postId: request.params.id,
        accountId: accountOf(request),
        text,
        parentId,
        idempotencyKey: readIdempotencyKey(request),
      };
      return reply.code(201).send(await interact.write(order));
    },
  );
  app.delete(`${V1}/comments/:id`, { schema: { params, response: { 204: done } } }, async (request, reply) => {
    await interact.deleteComment({ commentId: request.params.id, accountId: accountOf(request) });
    return reply.code(204).send(null);
  });
  app.post(`${V1}/comments/:id/undelete`, { schema: { params, response: { 200: commentSchema } } }, (request) =>
    interact.undeleteComment({ commentId: request.params.id, accountId: accountOf(request) }),
  );
}

function commentMarkRoutes(app: App, interact: InteractStore): void {
  const likeSchema = { params, response: { 200: commentMarkedSchema } };
  const pinSchema = { params, response: { 200: commentSchema } };
  const like = (request: FastifyRequest & { params: { id: string } }, isLiked: boolean) =>
    interact.likeComment({ commentId: request.params.id, accountId: accountOf(request), isLiked });
  const pin = (request: FastifyRequest & { params: { id: string } }, isPinned: boolean) =>
    interact.pin({ commentId: request.params.id, accountId: accountOf(request) }, isPinned);
  app.put(`${V1}/comments/:id/like`, { schema: likeSchema }, (request) => like(request, true));
  app.delete(`${V1}/comments/:id/like`, { schema: likeSchema }, (request) => like(request, false));
  app.put(`${V1}/comments/:id/pin`, { schema: pinSchema }, (request) => pin(request, true));
  app.delete(`${V1}/comments/:id/pin`, { schema: pinSchema }, (request) => pin(request, false));
}
