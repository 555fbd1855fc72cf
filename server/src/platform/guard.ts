/** The one hook over all routes: origin, session, policy, rate. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Db } from './database.ts';
import { addressPrefix, countUse } from './limits.ts';
import { policyOf, type Policy } from './policy.ts';
import { refuse } from './problem.ts';
import { acceptedOrigins, type Settings } from './settings.ts';
import { STEP_UP_MS, type FindViewer, type Viewer } from './viewer.ts';
import type { World } from './world.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Who is signed in; undefined for nobody and on blind routes. */
    viewer: Viewer | undefined;
  }
}

/** What the guard needs. */
export interface GuardOptions {
  db: Db;
  world: World;
  settings: Settings;
  /** Read at each request, because the port may be known only after listening. */
  origins?: () => ReadonlySet<string>;
  findViewer: FindViewer;
}

const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/** The session cookie's name: `__Host-s` needs HTTPS, which loopback does without. */
export function sessionCookieName(settings: Pick<Settings, 'publicUrl'>): string {
  return settings.publicUrl.startsWith('https:') ? '__Host-s' : 's';
}

/** Installs the guard. A route without a policy stops the start. */
export function installGuard(app: FastifyInstance, options: GuardOptions): void {
  const origins = options.origins ?? (() => acceptedOrigins(options.settings));
  const cookieName = sessionCookieName(options.settings);
  app.decorateRequest('viewer', undefined);
  app.addHook('onRoute', (route) => {
    for (const method of [route.method].flat()) {
      if (method !== 'OPTIONS' && !policyOf(method, route.url))
        throw new Error(`no policy for ${method} ${route.url}: add its row to platform/policy.ts`);
    }
  });
  app.addHook('onRequest', async (request) => {
    if (request.is404) return;
    const policy = policyOf(request.method, request.routeOptions.url ?? '');
    if (!policy) return;
    if (!SAFE_METHODS.has(request.method)) checkOrigin(request, origins());
    if (policy.who === 'blind') return checkRate(request, policy, options);
    const token = bearerToken(request) ?? request.cookies[cookieName];
    request.viewer = token ? await options.findViewer(token) : undefined;
    checkStanding(request.viewer, policy, options.world);
    await checkRate(request, policy, options);
  });
}

/** A change must come from our own pages, or from a program that carries no cookie at all. */
export function checkOrigin(request: Pick<FastifyRequest, 'headers'>, origins: ReadonlySet<string>): void {
  const { origin, cookie } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (origin !== undefined && origin !== 'null') {
    if (origins.has(origin)) return;
  } else if (origin === undefined && cookie === undefined && site === undefined) {
    return;
  } else if (origin === undefined && site === 'same-origin') {
    return;
  }
  throw refuse('foreign_origin');
}

/** The token of `Authorization: Bearer …`. */
function bearerToken(request: Pick<FastifyRequest, 'headers'>): string | undefined {
  return /^Bearer ([\w-]{20,200})$/.exec(request.headers.authorization ?? '')?.[1];
}

function checkStanding(viewer: Viewer | undefined, policy: Policy, world: World): void {
  if (policy.who === 'anyone') return;
  if (!viewer) throw refuse('not_signed_in');
  if (policy.who === 'account' && viewer.isSuspended) throw refuse('suspended');
  if (policy.who === 'account' && viewer.isLeaving)
    throw refuse('not_allowed', 'Your account is leaving. Come back first, in Settings.');
  if (policy.who === 'steppedUp' && !isSteppedUp(viewer, world)) throw refuse('step_up_needed');
}

function isSteppedUp(viewer: Viewer, world: World): boolean {
  return viewer.steppedUpAt !== undefined && world.now().getTime() - viewer.steppedUpAt.getTime() < STEP_UP_MS;
}

async function checkRate(request: FastifyRequest, policy: Policy, options: GuardOptions): Promise<void> {
  const { rate } = policy;
  if (!rate) return;
  const who = rate.by === 'account' && request.viewer ? request.viewer.accountId : addressPrefix(request.ip);
  const key = `${request.method} ${request.routeOptions.url} ${who}`;
  const limit = Math.ceil(rate.limit * options.settings.rateLimitFactor);
  const waitSeconds = await countUse(options.db, options.world, { key, limit, windowSeconds: rate.windowSeconds });
  if (waitSeconds !== undefined) throw refuse('too_many', { retryAfterSeconds: waitSeconds });
}
