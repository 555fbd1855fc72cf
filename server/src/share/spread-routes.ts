/** What other sites and programs ask for: frames, oEmbed, feeds, sitemaps, robots.txt. None of it knows who asks. */
import { foldHandle, idSchema, LIMITS } from '@vitrine/schema';
import type { FastifyReply } from 'fastify';
import { z } from 'zod';
import type { AccountStore } from '../accounts/store.ts';
import type { App } from '../platform/http.ts';
import { refuse, type Refusal } from '../platform/problem.ts';
import type { Settings } from '../platform/settings.ts';
import type { World } from '../platform/world.ts';
import { presentCard } from '../watch/card.ts';
import type { WatchStore } from '../watch/store.ts';
import { refusalOf } from '../watch/verdict.ts';
import { embedAbsentPage, embedPage, embedPolicy } from './embed-page.ts';
import { oembedAnswer, postIdIn } from './oembed.ts';
import { tagPath } from './addresses.ts';
import type { ShareStore } from './store.ts';
import { atomFeed, pageSitemap, postSitemap, robotsText, sitemapIndex } from './syndication.ts';
import { nameOf } from './words.ts';

/** What they need. */
export interface SpreadGrounds {
  accounts: AccountStore;
  watch: WatchStore;
  share: ShareStore;
  settings: Settings;
  world: World;
  /** Addresses at which we are known. */
  origins: () => ReadonlySet<string>;
}

const FEED_LENGTH = 30;
const CARDS_AT_ONCE = 200;
const FEED_CACHE = 'public, max-age=300';
const XML = 'application/xml; charset=utf-8';
const ATOM = 'application/atom+xml; charset=utf-8';
const hide = true;
const flag = z
  .enum(['0', '1'])
  .catch('0')
  .transform((text) => text === '1');
const embedQuery = z.object({ autoplay: flag, loop: flag, t: z.coerce.number().int().min(0).max(36_000).catch(0) });
const roomSchema = z.coerce.number().int().min(1).max(10_000).optional();
const oembedQuery = z.object({
  url: z.string().max(2000),
  format: z.string().max(10).default('json'),
  maxwidth: roomSchema,
  maxheight: roomSchema,
});
const anything = { after: undefined, limit: FEED_LENGTH, viewerId: undefined };

/** Registers them. */
export function spreadRoutes(app: App, grounds: SpreadGrounds): void {
  embedRoutes(app, grounds);
  feedRoutes(app, grounds);
  sitemapRoutes(app, grounds);
}

/** The card of a post that may stand on other sites, or why not. */
async function embeddable({ watch }: SpreadGrounds, id: string) {
  const verdict = await watch.post(id, undefined);
  if (verdict.kind !== 'shown') throw refusalOf(verdict);
  const card = presentCard(verdict.facts, watch.bases);
  if (!card) throw refusalOf({ kind: 'hidden' });
  return card;
}

function embedRoutes(app: App, grounds: SpreadGrounds): void {
  const { settings } = grounds;
  const policy = embedPolicy(settings);
  const headers = {
    'content-security-policy': policy,
    'cross-origin-resource-policy': 'cross-origin',
    'cross-origin-opener-policy': 'unsafe-none',
    'cache-control': 'public, max-age=60',
  };

  app.get(
    '/embed/:id',
    { schema: { hide, params: z.object({ id: z.string().max(40) }), querystring: embedQuery } },
    async (request, reply) => {
      const { autoplay, loop, t } = request.query;
      const shown = await frameContent(grounds, request.params.id, {
        autoplays: autoplay,
        loops: loop,
        startSeconds: t,
      });
      reply.headers(headers).code(shown.status);
      return reply.type('text/html; charset=utf-8').send(shown.text);
    },
  );

  app.get('/oembed', { schema: { hide, querystring: oembedQuery } }, async (request, reply) => {
    const { url, format, maxwidth, maxheight } = request.query;
    if (format !== 'json') throw refuse('format_unknown');
    const id = postIdIn(url, new Set([...grounds.origins(), new URL(settings.publicUrl).origin]));
    if (id === undefined) throw refuse('not_found');
    const card = await embeddable(grounds, id);
    if (!card.allow.embed) throw refuse('not_embeddable');
    const answer = oembedAnswer(card, settings, { maxWidthPx: maxwidth, maxHeightPx: maxheight });
    reply.headers({
      'access-control-allow-origin': '*',
      'cross-origin-resource-policy': 'cross-origin',
      'cache-control': 'public, max-age=300',
    });
    return reply.type('application/json; charset=utf-8').send(JSON.stringify(answer));
  });
}

async function frameContent(
  grounds: SpreadGrounds,
  id: string,
  order: { autoplays: boolean; loops: boolean; startSeconds: number },
) {
  const { settings } = grounds;
  const gone = (status: number, sentence: string) => ({ status, text: embedAbsentPage(settings, sentence) });
  if (!idSchema.safeParse(id).success) return gone(404, 'There is no video here.');
  const card = await embeddable(grounds, id).catch((cause: Refusal) => cause.status);
  if (card === 410) return gone(410, 'Removed by the operator.');
  if (typeof card === 'number' || !card.allow.embed) return gone(404, 'There is no video here.');
  return { status: 200, text: embedPage(settings, card, order) };
}

function feedRoutes(app: App, grounds: SpreadGrounds): void {
  const { accounts, watch, settings, world } = grounds;
  app.get(
    '/@:handle/feed.atom',
    { schema: { hide, params: z.object({ handle: z.string().max(31) }) } },
    async (request, reply) => {
      const profile = await accounts.profileOf(foldHandle(request.params.handle), undefined);
      if (profile.isPrivate) throw refuse('not_found');
      const { posts } = await watch.ofAccount(anything, profile.handle);
      const path = `/@${profile.handle}`;
      const feed = atomFeed({
        settings,
        id: `urn:uuid:${profile.id}`,
        title: nameOf(profile),
        path,
        updatedAt: profile.createdAt,
        cards: posts,
      });
      return sendFeed(reply, feed, ATOM);
    },
  );
  app.get(
    '/tag/:name/feed.atom',
    {
      schema: {
        hide,
        params: z.object({
          name: z
            .string()
            .min(1)
            .max(LIMITS.tagChars + 1),
        }),
      },
    },
    async (request, reply) => {
      const tag = await watch.tag(request.params.name);
      const { posts } = await watch.ofTag(anything, tag.name);
      const path = tagPath(tag.name);
      const feed = atomFeed({
        settings,
        id: `${settings.publicUrl}${path}`,
        title: `#${tag.name}`,
        path,
        updatedAt: world.now().toISOString(),
        cards: posts,
      });
      return sendFeed(reply, feed, ATOM);
    },
  );
}

function sendFeed(reply: FastifyReply, text: string, type: string): FastifyReply {
  return reply.header('cache-control', FEED_CACHE).type(type).send(text);
}

function sitemapRoutes(app: App, grounds: SpreadGrounds): void {
  const { share, watch, settings } = grounds;
  const params = z.object({ block: z.coerce.number().int().min(1).max(1_000_000) });
  app.get('/robots.txt', { schema: { hide } }, (_request, reply) =>
    sendFeed(reply, robotsText(settings), 'text/plain; charset=utf-8'),
  );
  app.get('/sitemap.xml', { schema: { hide } }, async (_request, reply) => {
    const blocks = await share.sitemapBlocks();
    const paths = (name: string, count: number) =>
      Array.from({ length: count }, (_, place) => `/sitemap/${name}-${place + 1}.xml`);
    return sendFeed(
      reply,
      sitemapIndex(settings, [...paths('posts', blocks.posts), ...paths('profiles', blocks.profiles)]),
      XML,
    );
  });
  app.get('/sitemap/posts-:block.xml', { schema: { hide, params } }, async (request, reply) => {
    const ids = await share.postIds(request.params.block - 1);
    const cards = [];
    for (let at = 0; at < ids.length; at += CARDS_AT_ONCE)
      cards.push(...(await watch.cards(ids.slice(at, at + CARDS_AT_ONCE), undefined)));
    return sendFeed(reply, postSitemap(settings, cards), XML);
  });
  app.get('/sitemap/profiles-:block.xml', { schema: { hide, params } }, async (request, reply) => {
    const handles = await share.handles(request.params.block - 1);
    return sendFeed(
      reply,
      pageSitemap(
        settings,
        handles.map((handle) => `/@${handle}`),
      ),
      XML,
    );
  });
}
