/** tus at `/api/v1/uploads`: POST opens, HEAD tells the offset, PATCH appends, DELETE forgets, OPTIONS tells the protocol. */
import { Readable } from 'node:stream';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { idSchema } from '@vitrine/schema';
import { z } from 'zod';
import type { App } from '../platform/http.ts';
import { problemBody, refuse } from '../platform/problem.ts';
import type { AnswerTus, TusGrounds } from './tus.ts';

/** A chunk may take this long: a slow line is no error. */
const CHUNK_TIMEOUT_MS = 6 * 3_600_000;
const UPLOADS_PATH = '/api/v1/uploads';
const UPLOAD_PATH = `${UPLOADS_PATH}/:id`;
const anyAnswer = z.any();
const waitSchema = z.object({ retryAfterSeconds: z.number().optional() });

/** Registers them. */
export function uploadRoutes(app: App, grounds: TusGrounds): void {
  const answer = answerAtFirstNeed(grounds);
  // The bytes are read by the protocol's server, not by a parser.
  app.addContentTypeParser('application/offset+octet-stream', (_request, _payload, done) => done(null));
  for (const [method, url] of [
    ['POST', UPLOADS_PATH],
    ['OPTIONS', UPLOADS_PATH],
    ['HEAD', UPLOAD_PATH],
    ['PATCH', UPLOAD_PATH],
    ['DELETE', UPLOAD_PATH],
  ] as const) {
    app.route({
      method,
      url,
      handlerTimeout: CHUNK_TIMEOUT_MS,
      schema: {
        ...(url === UPLOAD_PATH ? { params: z.object({ id: idSchema }) } : {}),
        response: { '2xx': anyAnswer },
      },
      handler: (request, reply) => passOn(answer, request, reply),
    });
  }
}

/** What speaks the protocol brings a web client of Node's along: it is loaded when somebody uploads. */
function answerAtFirstNeed(grounds: TusGrounds): AnswerTus {
  let opened: Promise<AnswerTus> | undefined;
  return async (request, accountId) => {
    opened ??= import('./tus.ts').then(({ tusServer }) => tusServer(grounds, UPLOADS_PATH));
    return (await opened)(request, accountId);
  };
}

async function passOn(answer: AnswerTus, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const headers = new Headers();
  for (const [name, value] of Object.entries(request.headers)) if (typeof value === 'string') headers.set(name, value);
  const hasBody = request.method === 'PATCH' || request.method === 'POST';
  const told = await answer(
    new Request(new URL(request.url, 'http://vitrine.invalid'), {
      method: request.method,
      headers,
      ...(hasBody ? { body: Readable.toWeb(request.raw) as ReadableStream, duplex: 'half' } : {}),
    }),
    request.viewer?.accountId,
  );
  told.headers.forEach((value, name) => {
    if (!name.startsWith('access-control-') && name !== 'content-length' && name !== 'content-type')
      void reply.header(name, value);
  });
  void reply.code(told.status).header('cache-control', 'no-store').serializer(String);
  if (told.status < 400) return reply.send('');
  const text = await told.text();
  const body = text.startsWith('{') ? text : JSON.stringify(problemBody(refuse('malformed', text.trim() || undefined)));
  const { retryAfterSeconds } = waitSchema.parse(JSON.parse(body));
  if (retryAfterSeconds !== undefined) void reply.header('retry-after', String(retryAfterSeconds));
  return reply.type('application/problem+json').send(body);
}
