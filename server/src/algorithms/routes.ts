/** Algorithms that people made, over HTTP. */
import {
  algorithmListSchema,
  algorithmMadeSchema,
  newAlgorithmSchema,
  pageQuerySchema,
  weightsFileSchema,
} from '@vitrine/schema';
import { z } from 'zod';
import type { App } from '../platform/http.ts';
import { refuse } from '../platform/problem.ts';
import { viewerOf } from '../platform/viewer.ts';
import type { AlgorithmStore } from './store.ts';

const hashParams = z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/) });
const FOREVER = 'public, max-age=31536000, immutable';

/** Registers them. */
export function algorithmRoutes(app: App, { algorithms }: { algorithms: AlgorithmStore }): void {
  const list = { querystring: pageQuerySchema, response: { 200: algorithmListSchema } };
  app.get('/api/v1/algorithms', { schema: list }, async (request) => {
    const { after, limit } = request.query;
    const { rows, next } = await algorithms.list(request.viewer?.accountId, { after, limit });
    return {
      algorithms: rows.map(({ handle, authorName, createdAt, ...row }) => ({
        ...row,
        author: { handle, name: authorName },
        createdAt: createdAt.toISOString(),
      })),
      next: next ?? null,
    };
  });
  const make = { body: newAlgorithmSchema, response: { 201: algorithmMadeSchema } };
  app.post('/api/v1/algorithms', { schema: make }, async (request, reply) => {
    const hash = await algorithms.make(viewerOf(request).accountId, request.body);
    return reply.code(201).send({ hash });
  });
  const read = { params: hashParams, response: { 200: weightsFileSchema } };
  app.get('/api/v1/algorithms/:hash', { schema: read }, async (request, reply) => {
    const weights = await algorithms.read(request.params.hash);
    if (weights === undefined) throw refuse('not_found');
    void reply.header('cache-control', FOREVER);
    return weights as Record<string, unknown>;
  });
  const remove = { params: hashParams, response: { 204: z.null() } };
  app.delete('/api/v1/me/algorithms/:hash', { schema: remove }, async (request, reply) => {
    if (!(await algorithms.remove(viewerOf(request).accountId, request.params.hash))) throw refuse('not_found');
    return reply.code(204).send(null);
  });
}
