/** Pages: of posts, profiles and tags, the app's own, and what is said where nothing is. */
import { foldHandle, idSchema, LIMITS } from '@vitrine/schema';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { AccountStore } from '../accounts/store.ts';
import { codingFor, encodeText, type Coding } from '../platform/compression.ts';
import type { App } from '../platform/http.ts';
import { Refusal, refuse } from '../platform/problem.ts';
import type { Settings } from '../platform/settings.ts';
import type { World } from '../platform/world.ts';
import { answerCache, type AnswerCache, type Changes } from '../watch/answer-cache.ts';
import { presentCard } from '../watch/card.ts';
import type { SoundReads } from '../watch/sound-store.ts';
import type { WatchStore } from '../watch/store.ts';
import { refusalOf } from '../watch/verdict.ts';
import { isAppPath } from './app-paths.ts';
import { pagePolicy, renderDocument, type PageParts } from './document.ts';
import { absentPage, appPage, profilePage, removedPage, soundPage, tagPage } from './plain-pages.ts';
import { postPage, sharedRendition } from './post-page.ts';
import type { WebBuild } from './web-build.ts';

/** What pages need. */
export interface PageGrounds {
  accounts: AccountStore;
  watch: WatchStore;
  soundReads: SoundReads;
  web: WebBuild;
  settings: Settings;
  world: World;
  changes: Changes;
}

interface Kept {
  bytes: Buffer;
  coding: Coding;
}

/** A page of a kind: what it is made of, its status, and whether anyone may keep it. */
interface Made {
  parts: PageParts;
  status: 200 | 404 | 410;
  isForAnyone: boolean;
}

interface Pages extends PageGrounds {
  policy: string;
  kept: AnswerCache<Kept>;
}

type Exchange = { request: FastifyRequest; reply: FastifyReply };

const GRID = 30;
/** Below these stand no pages: what is not there is told to programs. */
const DOORS = /^\/(api|media|assets|icons|fonts|emoji|embed|sitemap|oembed)(\/|$)/;
const FOR_ANYONE = 'public, max-age=0, s-maxage=30, must-revalidate';
const FOR_ONE = 'private, no-store';
const postParams = z.object({ handle: z.string().max(31), id: z.string().max(40) });

/** Registers them. */
export function pageRoutes(app: App, grounds: PageGrounds): void {
  const pages: Pages = {
    ...grounds,
    policy: pagePolicy(grounds.settings),
    kept: answerCache<Kept>(grounds.world, grounds.changes),
  };
  const hidden = { hide: true };

  app.get('/@:handle/post/:id', { schema: { ...hidden, params: postParams } }, async (request, reply) =>
    showPost(pages, request.params, { request, reply }),
  );
  app.get('/@:handle/post/:id/video.mp4', { schema: { ...hidden, params: postParams } }, async (request, reply) => {
    const card = await publicCard(pages, request.params.id);
    const target = sharedRendition(card)?.url;
    if (target === undefined) throw refuse('not_found', 'This post holds photos.');
    return reply
      .header('cache-control', 'public, max-age=60')
      .header('cross-origin-resource-policy', 'cross-origin')
      .redirect(target, 302);
  });
  app.get(
    '/@:handle',
    { schema: { ...hidden, params: z.object({ handle: z.string().max(31) }) } },
    async (request, reply) => send(pages, await makeProfile(pages, request.params.handle), { request, reply }),
  );
  app.get(
    '/tag/:name',
    {
      schema: {
        ...hidden,
        params: z.object({
          name: z
            .string()
            .min(1)
            .max(LIMITS.tagChars + 1),
        }),
      },
    },
    async (request, reply) => {
      const tag = await pages.watch.tag(request.params.name);
      const { posts } = await pages.watch.ofTag({ after: undefined, limit: GRID, viewerId: undefined }, tag.name);
      return send(pages, found(tagPage(await plainGrounds(pages), tag, posts)), { request, reply });
    },
  );
  app.get(
    '/sound/:id',
    { schema: { ...hidden, params: z.object({ id: z.string().max(40) }) } },
    async (request, reply) => send(pages, await makeSound(pages, request), { request, reply }),
  );
  app.get('/*', { schema: hidden }, async (request, reply) => {
    const path = request.url.split('?')[0] ?? '';
    if (DOORS.test(path)) throw refuse('not_found');
    return send(pages, isAppPath(path) ? await makeScreen(pages, path) : await absent(pages), { request, reply });
  });
}

async function makeScreen(pages: Pages, path: string): Promise<Made> {
  const { posts } =
    path === '/' ? await pages.watch.latest({ after: undefined, limit: GRID, viewerId: undefined }) : { posts: [] };
  return found(appPage(await plainGrounds(pages), { path, cards: posts }));
}

/** A sound that everyone may hear; to a signed-in viewer who may hear what others may not, the app. */
async function makeSound(pages: Pages, { params, viewer }: FastifyRequest): Promise<Made> {
  const id = idSchema.safeParse((params as { id: string }).id);
  if (!id.success) return absent(pages);
  const sound = await pages.soundReads.one(id.data, undefined);
  if (sound) {
    const { posts } = await pages.soundReads.posts(
      { after: undefined, limit: GRID, viewerId: undefined },
      id.data,
      'mostLiked',
    );
    return found(soundPage(await plainGrounds(pages), sound, posts));
  }
  if (!viewer || !(await pages.soundReads.one(id.data, viewer.accountId))) return absent(pages);
  return { parts: appPage(await plainGrounds(pages), { path: '/sound', cards: [] }), status: 200, isForAnyone: false };
}

async function plainGrounds({ settings, web }: Pages) {
  return { settings, head: await web.head() };
}

function found(parts: PageParts): Made {
  return { parts, status: 200, isForAnyone: true };
}

async function absent(pages: Pages): Promise<Made> {
  return { parts: absentPage(await plainGrounds(pages)), status: 404, isForAnyone: false };
}

/** What to show in place of a refusal. */
async function instead(pages: Pages, refusal: Refusal): Promise<Made> {
  const { restriction } = refusal.facts;
  if (refusal.code === 'removed' && restriction)
    return { parts: removedPage(await plainGrounds(pages), restriction), status: 410, isForAnyone: true };
  if (refusal.code === 'removed' || refusal.code === 'not_found' || refusal.code === 'malformed') return absent(pages);
  throw refusal;
}

/** The card of a post that everyone may watch. */
async function publicCard({ watch }: Pages, id: string) {
  if (!idSchema.safeParse(id).success) throw refusalOf({ kind: 'hidden' });
  const verdict = await watch.post(id, undefined);
  const card = verdict.kind === 'shown' ? presentCard(verdict.facts, watch.bases) : undefined;
  if (!card) throw refusalOf(verdict.kind === 'removed' ? verdict : { kind: 'hidden' });
  return card;
}

async function showPost(
  pages: Pages,
  asked: { handle: string; id: string },
  exchange: Exchange,
): Promise<FastifyReply> {
  const { request, reply } = exchange;
  const coding = codingFor(request.headers['accept-encoding']);
  try {
    const page = await pages.kept.get(`${asked.handle} ${asked.id} ${coding}`, () => makePost(pages, asked, coding));
    if (page) return sendBytes(pages, { ...page, status: 200, isForAnyone: true }, reply);
    return await reply.redirect((await publicCard(pages, asked.id)).path, 301);
  } catch (cause) {
    if (!(cause instanceof Refusal)) throw cause;
    return send(pages, (await forViewer(pages, asked.id, request)) ?? (await instead(pages, cause)), exchange);
  }
}

/** The page's bytes; undefined when the handle is a wrong or former one: the post is the id, and its page stands under the right handle. */
async function makePost(
  pages: Pages,
  asked: { handle: string; id: string },
  coding: Coding,
): Promise<Kept | undefined> {
  const card = await publicCard(pages, asked.id);
  if (card.account.handle !== asked.handle) return undefined;
  return encodeText(renderDocument(postPage({ card, settings: pages.settings, head: await pages.web.head() })), coding);
}

/** A signed-in viewer who may watch what others may not gets the app, which asks for the post itself. */
async function forViewer(pages: Pages, id: string, { viewer }: FastifyRequest): Promise<Made | undefined> {
  if (!viewer || !idSchema.safeParse(id).success) return undefined;
  const verdict = await pages.watch.post(id, viewer.accountId);
  if (verdict.kind !== 'shown') return undefined;
  return { parts: appPage(await plainGrounds(pages), { path: '/@', cards: [] }), status: 200, isForAnyone: false };
}

async function makeProfile(pages: Pages, typed: string): Promise<Made> {
  try {
    const profile = await pages.accounts.profileOf(foldHandle(typed), undefined);
    const order = { after: undefined, limit: GRID, viewerId: undefined };
    const { posts } = profile.isPrivate ? { posts: [] } : await pages.watch.ofAccount(order, profile.handle);
    return found(profilePage(await plainGrounds(pages), profile, posts));
  } catch (cause) {
    if (cause instanceof Refusal) return instead(pages, cause);
    throw cause;
  }
}

async function send(pages: Pages, made: Made, { request, reply }: Exchange): Promise<FastifyReply> {
  const encoded = await encodeText(renderDocument(made.parts), codingFor(request.headers['accept-encoding']));
  return sendBytes(pages, { ...encoded, status: made.status, isForAnyone: made.isForAnyone }, reply);
}

function sendBytes(pages: Pages, page: Kept & Pick<Made, 'status' | 'isForAnyone'>, reply: FastifyReply): FastifyReply {
  reply.headers({
    'content-security-policy': pages.policy,
    'cache-control': page.isForAnyone ? FOR_ANYONE : FOR_ONE,
    vary: 'accept-encoding',
  });
  if (page.coding !== 'identity') void reply.header('content-encoding', page.coding);
  return reply.code(page.status).type('text/html; charset=utf-8').send(page.bytes);
}
