/** Reading sounds: their pages, lists of them, the posts that carry one. */
import {
  cardPageSchema,
  idSchema,
  pageQuerySchema,
  soundPageSchema,
  soundPostsQuerySchema,
  soundQuerySchema,
  soundSchema,
} from '@vitrine/schema';
import { z } from 'zod';
import type { App } from '../platform/http.ts';
import { refuse } from '../platform/problem.ts';
import { viewerOf } from '../platform/viewer.ts';
import type { SoundReads } from './sound-store.ts';

const idParams = z.object({ id: idSchema });
const V1 = '/api/v1';

/** Registers them. */
export function soundReadRoutes(app: App, { sounds }: { sounds: SoundReads }): void {
  app.get(
    `${V1}/sounds`,
    { schema: { querystring: soundQuerySchema, response: { 200: soundPageSchema } } },
    (request) => {
      const { sort, ...query } = request.query;
      const order = { ...query, after: query.after, viewerId: request.viewer?.accountId };
      return sort === 'newest' ? sounds.newest(order) : sounds.trending(order);
    },
  );
  app.get(`${V1}/sounds/:id`, { schema: { params: idParams, response: { 200: soundSchema } } }, async (request) => {
    const sound = await sounds.one(request.params.id, request.viewer?.accountId);
    if (!sound) throw refuse('not_found');
    return sound;
  });
  app.get(
    `${V1}/sounds/:id/posts`,
    { schema: { params: idParams, querystring: soundPostsQuerySchema, response: { 200: cardPageSchema } } },
    async (request) => {
      const viewerId = request.viewer?.accountId;
      const { sort, limit, after } = request.query;
      if (!(await sounds.one(request.params.id, viewerId))) throw refuse('not_found');
      return sounds.posts({ limit, after, viewerId }, request.params.id, sort);
    },
  );
  const page = { schema: { querystring: pageQuerySchema, response: { 200: soundPageSchema } } };
  app.get(`${V1}/me/sounds`, page, (request) => {
    const { accountId: viewerId } = viewerOf(request);
    return sounds.own({ limit: request.query.limit, after: request.query.after, viewerId });
  });
  app.get(`${V1}/me/sounds/saved`, page, (request) => {
    const { accountId: viewerId } = viewerOf(request);
    return sounds.saved({ limit: request.query.limit, after: request.query.after, viewerId });
  });
}
