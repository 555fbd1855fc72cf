/** The HTTP server: Fastify with zod, problems, headers and the guard. Routes are added by routes.ts. */
import { readFileSync } from 'node:fs';
import cookie from '@fastify/cookie';
import helmet from '@fastify/helmet';
import { LIMITS } from '@vitrine/schema';
import Fastify, {
  LogController,
  type FastifyBaseLogger,
  type FastifyError,
  type FastifyInstance,
  type FastifyReply,
  type RawServerDefault,
} from 'fastify';
import {
  hasZodFastifySchemaValidationErrors,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { describeFault } from './faults-in-logs.ts';
import { installCompression } from './compression.ts';
import { installGuard, type GuardOptions } from './guard.ts';
import { dropUnfinished } from './unfinished.ts';
import { isBlindAddress } from './policy.ts';
import { problemBody, Refusal, refuse } from './problem.ts';
import type { Settings } from './settings.ts';
import { holdsUnkeepable } from './unkeepable.ts';

/** A server whose route schemas are zod. */
export type App = FastifyInstance<
  RawServerDefault,
  IncomingMessage,
  ServerResponse,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** Camera and microphone are for the studio; what the app never asks for nobody can ask for in its name. */
const PERMISSIONS =
  'camera=(self), microphone=(self), accelerometer=(), display-capture=(), geolocation=(), gyroscope=(), hid=(), magnetometer=(), midi=(), payment=(), serial=(), usb=()';
const BODY_LIMIT_BYTES = 256 * 1024;
const REQUEST_TIMEOUT_MS = 30_000;

/** Without these Fastify would load its own, which nobody uses. */
const NO_COMPILERS = { compilersFactory: { buildValidator: notUsed, buildSerializer: notUsed } };

function notUsed(): never {
  throw new Error('routes are checked by zod alone');
}

/** Makes the server with everything but routes. */
export async function createApp(options: GuardOptions): Promise<App> {
  const { settings } = options;
  const server = Fastify({
    logger:
      settings.logLevel === 'silent'
        ? false
        : { level: settings.logLevel, serializers: { req: logRequest, err: describeFault } },
    logController: new LogController({ disableRequestLogging: settings.logLevel !== 'debug' }),
    bodyLimit: BODY_LIMIT_BYTES,
    connectionTimeout: 0,
    requestTimeout: 0,
    keepAliveTimeout: 65_000,
    // The last addresses of X-Forwarded-For are the proxies' word, those before them the client's own.
    trustProxy: (_address, hop) => hop < settings.trustProxy,
    routerOptions: { maxParamLength: LIMITS.credentialIdChars },
    // Ours are set below.
    schemaController: NO_COMPILERS,
    // Addresses that lead to no route because of how they are written. No hook has run: the answer carries nothing but itself.
    frameworkErrors: (error, _request, reply) =>
      void sendProblem(
        reply.headers({
          'x-content-type-options': 'nosniff',
          'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
          'cross-origin-resource-policy': 'same-origin',
        }),
        refuse(error.code === 'FST_ERR_BAD_URL' ? 'malformed' : 'not_found'),
      ),
    return503OnClosing: true,
    forceCloseConnections: 'idle',
    rewriteUrl: makeBlind,
    handlerTimeout: REQUEST_TIMEOUT_MS,
    ...(settings.tls
      ? { https: { cert: readFileSync(settings.tls.certFile), key: readFileSync(settings.tls.keyFile) } }
      : {}),
  });
  const app: App = server.withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler((error: FastifyError, request, reply) => {
    const refusal = toRefusal(error);
    if (refusal.status >= 500) request.log.error({ err: error, route: request.routeOptions.url }, 'a request failed');
    return sendProblem(reply, refusal);
  });
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, refuse('not_found')));
  await app.register(cookie);
  const fixed = { ...(await helmetHeaders(settings)), 'permissions-policy': PERMISSIONS };
  app.addHook('onRequest', (_request, reply, next) => {
    void reply.headers(fixed);
    next();
  });
  dropUnfinished(app);
  installGuard(app, options);
  installCompression(app);
  app.addHook('preValidation', async (request) => {
    if ([request.body, request.query, request.params].some(holdsUnkeepable))
      throw refuse('malformed', 'A text holds a character that cannot be kept: U+0000, or half of a surrogate pair.');
  });
  return app;
}

/** What helmet sets, asked once: it would put the same headers together anew for every request. */
async function helmetHeaders(settings: Settings): Promise<Record<string, string>> {
  const apart = Fastify({ schemaController: NO_COMPILERS });
  await apart.register(helmet, securityHeaders(settings));
  apart.get('/', (_request, reply) => reply.send(''));
  const { headers } = await apart.inject('/');
  await apart.close();
  const ofAnswer = ['content-length', 'content-type', 'connection', 'date'];
  const kept = Object.entries(headers).filter(([name]) => !ofAnswer.includes(name));
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]));
}

/** Sends a refusal as application/problem+json. */
function sendProblem(reply: FastifyReply, refusal: Refusal): FastifyReply {
  if (refusal.facts.retryAfterSeconds !== undefined)
    void reply.header('retry-after', String(refusal.facts.retryAfterSeconds));
  // A plain string passes by the route's response schema, which speaks of successes only.
  return reply
    .code(refusal.status)
    .header('cache-control', 'no-store')
    .type('application/problem+json')
    .serializer(String)
    .send(JSON.stringify(problemBody(refusal)));
}

function toRefusal(error: FastifyError): Refusal {
  if (error instanceof Refusal) return error;
  if (hasZodFastifySchemaValidationErrors(error)) {
    const fields = error.validation.map((issue) => ({
      path: issue.instancePath.replace(/^\//, ''),
      message: issue.message ?? 'not in the expected form',
    }));
    return refuse('malformed', { fields: fields.slice(0, 20) });
  }
  if (error.statusCode === 413) return refuse('too_large');
  if (error.statusCode === 415) return refuse('wrong_media_type');
  if (error.statusCode === 429) return refuse('too_many');
  if (error.statusCode === 503) return refuse('unavailable');
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) return refuse('malformed');
  return refuse('internal', {}, error);
}

/** Blind addresses lose cookie and token before any hook runs. */
function makeBlind(request: { url?: string | undefined; headers: IncomingMessage['headers'] }): string {
  const url = request.url ?? '/';
  if (isBlindAddress(url)) {
    delete request.headers.cookie;
    delete request.headers.authorization;
  }
  return url;
}

/** The log holds the method and, on blind addresses, nothing else; never an address, a query or a header. */
function logRequest(request: { method: string; url: string }) {
  return { method: request.method, path: isBlindAddress(request.url) ? '(blind)' : request.url.split('?')[0] };
}

/** Headers of every answer; pages that need others (embed, media) set their own. */
export function securityHeaders(settings: Settings) {
  const media =
    new URL(settings.mediaUrl).origin === new URL(settings.publicUrl).origin ? [] : [new URL(settings.mediaUrl).origin];
  const isHttps = settings.publicUrl.startsWith('https:');
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:', 'blob:', ...media],
        mediaSrc: ["'self'", 'blob:', ...media],
        connectSrc: ["'self'", ...media],
        fontSrc: ["'self'"],
        manifestSrc: ["'self'"],
        workerSrc: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
        baseUri: ["'none'"],
        objectSrc: ["'none'"],
        requireTrustedTypesFor: ["'script'"],
        trustedTypes: ['vitrine'],
      },
    },
    crossOriginOpenerPolicy: { policy: 'same-origin' as const },
    crossOriginResourcePolicy: { policy: 'same-origin' as const },
    crossOriginEmbedderPolicy: false,
    originAgentCluster: true,
    referrerPolicy: { policy: 'strict-origin-when-cross-origin' as const },
    strictTransportSecurity: isHttps ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    xFrameOptions: false,
    xPoweredBy: false,
    xXssProtection: false,
    xDnsPrefetchControl: false,
    xDownloadOptions: false,
    xPermittedCrossDomainPolicies: false,
  };
}
