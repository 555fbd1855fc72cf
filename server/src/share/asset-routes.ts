/** Files of the web app. Those with a hash in their name never change; all others are asked for anew each time. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { codingFor } from '../platform/compression.ts';
import type { App } from '../platform/http.ts';
import { refuse } from '../platform/problem.ts';
import type { WebBuild } from './web-build.ts';

const HASHED = 'public, max-age=31536000, immutable';
const params = z.object({ '*': z.string().max(200) });

/** Registers them. */
export function assetRoutes(app: App, web: WebBuild): void {
  app.get('/assets/*', { schema: { hide: true, params } }, (request, reply) =>
    sendFile(web, `assets/${request.params['*']}`, { request, reply }),
  );
  app.get('/icons/*', { schema: { hide: true, params } }, (request, reply) =>
    sendFile(web, `icons/${request.params['*']}`, { request, reply }),
  );
  for (const name of ['sw.js', 'manifest.webmanifest', 'favicon.ico']) {
    app.get(`/${name}`, { schema: { hide: true } }, (request, reply) => sendFile(web, name, { request, reply }));
  }
}

async function sendFile(
  web: WebBuild,
  path: string,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): Promise<FastifyReply> {
  const file = await web.file(path);
  if (!file) throw refuse('not_found');
  reply.headers({
    'cache-control': path.startsWith('assets/') ? HASHED : 'no-cache',
    etag: file.tag,
    vary: 'accept-encoding',
  });
  if (request.headers['if-none-match'] === file.tag) return reply.code(304).send();
  const isBrotli = file.brotliBytes !== undefined && codingFor(request.headers['accept-encoding']) === 'br';
  if (isBrotli) void reply.header('content-encoding', 'br');
  return reply.type(file.type).send(isBrotli ? file.brotliBytes : file.bytes);
}
