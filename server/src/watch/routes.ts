/** Reading: feeds, posts, tags, profiles' posts, cards. */
import {
  cardPageSchema,
  exploreSortSchema,
  foldHandle,
  idSchema,
  LIMITS,
  pageQuerySchema,
  postSchema,
  tagSchema,
  tagsSchema,
  cardSchema,
  tiesSchema,
  textHistorySchema,
} from '@vitrine/schema';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { App } from '../platform/http.ts';
import { refuse } from '../platform/problem.ts';
import type { World } from '../platform/world.ts';
import { answerCache, type Changes } from './answer-cache.ts';
import { presentPost } from './card.ts';
import type { PageOrder } from './skeletons.ts';
import type { WatchStore } from './store.ts';
import { refusalOf } from './verdict.ts';

/** What these routes need. */
interface WatchGrounds {
  watch: WatchStore;
  world: World;
  changes: Changes;
}

const V1 = '/api/v1';
const tagParams = z.object({
  name: z
    .string()
    .min(1)
    .max(LIMITS.tagChars + 1),
});
const cardsSchema = z.object({ posts: z.array(cardSchema) });
const idsSchema = z
  .string()
  .max(LIMITS.cardIds * 37)
  .transform((text) => text.split(','))
  .pipe(z.array(idSchema).min(1).max(LIMITS.cardIds));
const pageResponse = { 200: cardPageSchema };

/** Registers them. */
export function watchRoutes(app: App, grounds: WatchGrounds): void {
  postRoutes(app, grounds);
  feedRoutes(app, grounds.watch);
  listRoutes(app, grounds.watch);
  tagRoutes(app, grounds.watch);
}

function orderOf(request: FastifyRequest, query: { after?: string | undefined; limit: number }): PageOrder {
  return { after: query.after, limit: query.limit, viewerId: request.viewer?.accountId };
}

function signedIn(
  request: FastifyRequest,
  query: { after?: string | undefined; limit: number },
): PageOrder & { viewerId: string } {
  if (!request.viewer) throw refuse('not_signed_in');
  return { ...orderOf(request, query), viewerId: request.viewer.accountId };
}

/** Sends text that is already JSON of the route's schema. */
function sendJson(reply: FastifyReply, text: string): FastifyReply {
  return reply.type('application/json; charset=utf-8').serializer(String).send(text);
}

function postRoutes(app: App, { watch, world, changes }: WatchGrounds): void {
  const posts = answerCache<string>(world, changes);
  const cards = answerCache<string>(world, changes);

  /** The whole answer as text, made once for all who are not signed in. */
  async function readPost(id: string, viewerId: string | undefined): Promise<string> {
    const verdict = await watch.post(id, viewerId);
    if (verdict.kind !== 'shown') throw refusalOf(verdict);
    return JSON.stringify(postSchema.parse(presentPost(verdict.facts, watch.bases)));
  }

  app.get(
    `${V1}/posts/:id`,
    { schema: { params: z.object({ id: idSchema }), response: { 200: postSchema } } },
    async (request, reply) => {
      const { id } = request.params;
      reply.header('cache-control', 'private, no-cache');
      const { viewer } = request;
      const text = viewer
        ? await readPost(id, viewer.accountId)
        : (posts.peek(id) ?? (await posts.get(id, () => readPost(id, undefined))));
      return sendJson(reply, text ?? '');
    },
  );

  app.get(
    `${V1}/posts/:id/history`,
    { schema: { params: z.object({ id: idSchema }), response: { 200: textHistorySchema } } },
    async (request) => {
      const verdict = await watch.post(request.params.id, request.viewer?.accountId);
      if (verdict.kind !== 'shown') throw refusalOf(verdict);
      return watch.history(request.params.id);
    },
  );

  app.get(
    `${V1}/cards`,
    { schema: { querystring: z.object({ ids: idsSchema }), response: { 200: cardsSchema } } },
    async (request, reply) => {
      const { ids } = request.query;
      if (ids.some((id, place) => place > 0 && id <= (ids[place - 1] ?? '')))
        throw refuse('malformed', 'The ids must be sorted and each stand once.');
      reply.header('cache-control', 'public, max-age=30');
      const text = await cards.get(ids.join(), async () =>
        JSON.stringify(cardsSchema.parse({ posts: await watch.cards(ids, undefined) })),
      );
      return sendJson(reply, text ?? '');
    },
  );
}

function feedRoutes(app: App, watch: WatchStore): void {
  app.get(`${V1}/feed/latest`, { schema: { querystring: pageQuerySchema, response: pageResponse } }, (request) =>
    watch.latest(orderOf(request, request.query)),
  );
  app.get(`${V1}/feed/following`, { schema: { querystring: pageQuerySchema, response: pageResponse } }, (request) =>
    watch.following(signedIn(request, request.query)),
  );
  app.get(`${V1}/me/ties`, { schema: { response: { 200: tiesSchema } } }, (request) => {
    if (!request.viewer) throw refuse('not_signed_in');
    return watch.ties(request.viewer.accountId);
  });
  const exploreQuery = pageQuerySchema.extend({ sort: exploreSortSchema.default('newest') });
  app.get(`${V1}/explore`, { schema: { querystring: exploreQuery, response: pageResponse } }, (request) => {
    const order = orderOf(request, request.query);
    return request.query.sort === 'newest' ? watch.latest(order) : watch.mostLiked(order);
  });
}

function listRoutes(app: App, watch: WatchStore): void {
  const handleParams = z.object({ handle: z.string().min(2).max(31) });
  app.get(
    `${V1}/accounts/:handle/posts`,
    { schema: { params: handleParams, querystring: pageQuerySchema, response: pageResponse } },
    (request) => watch.ofAccount(orderOf(request, request.query), foldHandle(request.params.handle)),
  );
  for (const by of ['likes', 'saves', 'reposts'] as const) {
    app.get(`${V1}/me/${by}`, { schema: { querystring: pageQuerySchema, response: pageResponse } }, (request) =>
      watch.marked(signedIn(request, request.query), by),
    );
  }
}

function tagRoutes(app: App, watch: WatchStore): void {
  const prefixQuery = z.object({
    prefix: z
      .string()
      .min(1)
      .max(LIMITS.tagChars + 1),
  });
  app.get(`${V1}/tags`, { schema: { querystring: prefixQuery, response: { 200: tagsSchema } } }, async (request) => ({
    tags: await watch.tagsStarting(request.query.prefix),
  }));
  app.get(`${V1}/tags/popular`, { schema: { response: { 200: tagsSchema } } }, async () => ({
    tags: await watch.popularTags(),
  }));
  app.get(`${V1}/tags/:name`, { schema: { params: tagParams, response: { 200: tagSchema } } }, (request) =>
    watch.tag(request.params.name),
  );
  app.get(
    `${V1}/tags/:name/posts`,
    { schema: { params: tagParams, querystring: pageQuerySchema, response: pageResponse } },
    (request) => watch.ofTag(orderOf(request, request.query), request.params.name),
  );
}
