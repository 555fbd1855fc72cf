/** Media bytes: public files blind and cacheable, all others behind the session and never kept. */
import type { FastifyReply, FastifyRequest } from 'fastify';
import { pipeline } from 'node:stream/promises';
import { z } from 'zod';
import type { App } from '../platform/http.ts';
import type { MediaStore } from '../platform/media-store.ts';
import { refuse } from '../platform/problem.ts';
import type { Settings } from '../platform/settings.ts';
import type { World } from '../platform/world.ts';
import { answerCache, type Changes } from './answer-cache.ts';
import { namesTag, readRange } from './byte-range.ts';
import { ConnectionGone, fileSender, type FileSender } from './file-bytes.ts';
import type { MediaFile } from './media-rows.ts';
import type { WatchStore } from './store.ts';

/** What these routes need. */
export interface MediaGrounds {
  watch: WatchStore;
  media: MediaStore;
  settings: Settings;
  world: World;
  changes: Changes;
}

/** The only types under which people's files are served; the row's word alone is not enough. */
const TYPES: ReadonlySet<string> = new Set([
  'video/mp4',
  'audio/mp4',
  'image/jpeg',
  'image/webp',
  'image/avif',
  'image/png',
  'text/vtt',
  'application/vnd.apple.mpegurl',
]);
const TEXT_TYPES: ReadonlySet<string> = new Set(['text/vtt', 'application/vnd.apple.mpegurl']);
const paramsSchema = z.object({ id: z.string().regex(/^[\w-]{16,64}$/) });
const CSP = "sandbox; default-src 'none'";

const PUBLIC_HEADERS = {
  'cache-control': 'public, max-age=60',
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'content-range, etag',
  'cross-origin-resource-policy': 'cross-origin',
  'timing-allow-origin': '*',
};
const PRIVATE_HEADERS = { 'cache-control': 'private, no-store', 'cross-origin-resource-policy': 'same-origin' };

interface Exchange {
  request: FastifyRequest;
  reply: FastifyReply;
  /** Only such a file may be left to the proxy in front. */
  isPublic: boolean;
}

interface Sending {
  grounds: MediaGrounds;
  sender: FileSender;
}

/** Answers requests with files. */
interface FileAnswers {
  /** Sends the file, or the part of it that is asked for; headers that say who may keep it are the caller's. */
  answer(file: MediaFile, exchange: Exchange): Promise<FastifyReply>;
}

/** Opens what sending files needs; closed with the server. */
export function openFileAnswers(app: App, grounds: MediaGrounds): FileAnswers {
  const sending = { grounds, sender: fileSender() };
  app.addHook('onClose', () => sending.sender.close());
  return { answer: (file, exchange) => answer(sending, file, exchange) };
}

/** Registers them. */
export function mediaRoutes(app: App, grounds: MediaGrounds): void {
  const answers = openFileAnswers(app, grounds);
  const files = answerCache<MediaFile>(grounds.world, grounds.changes);

  app.get('/media/:id', { schema: { hide: true, params: paramsSchema } }, async (request, reply) => {
    const { id } = request.params;
    const file = files.peek(id) ?? (await files.get(id, () => grounds.watch.mediaFile(id, 'public')));
    if (!file) throw refuse('not_found');
    reply.headers(PUBLIC_HEADERS);
    return answers.answer(file, { request, reply, isPublic: true });
  });

  app.get('/media/private/:id', { schema: { hide: true, params: paramsSchema } }, async (request, reply) => {
    const { viewer } = request;
    const file = viewer && (await grounds.watch.mediaFile(request.params.id, { viewerId: viewer.accountId }));
    if (!file) throw refuse('not_found');
    reply.headers(PRIVATE_HEADERS);
    return answers.answer(file, { request, reply, isPublic: false });
  });
}

async function answer(sending: Sending, file: MediaFile, exchange: Exchange): Promise<FastifyReply> {
  const { request, reply } = exchange;
  if (!TYPES.has(file.mime)) throw refuse('not_found');
  const tag = `"${file.id}"`;
  reply.headers({ 'content-security-policy': CSP, 'accept-ranges': 'bytes', etag: tag });
  if (namesTag(request.headers['if-none-match'], tag)) return reply.code(304).send();
  const ifRange = request.headers['if-range'];
  const wanted = readRange(
    ifRange === undefined || ifRange === tag ? request.headers.range : undefined,
    file.sizeBytes,
  );
  if (wanted.kind === 'none') {
    reply.header('content-range', `bytes */${file.sizeBytes}`);
    return reply.code(416).send();
  }
  const range = wanted.kind === 'part' ? wanted.range : { start: 0, end: file.sizeBytes - 1 };
  reply.header('content-type', TEXT_TYPES.has(file.mime) ? `${file.mime}; charset=utf-8` : file.mime);
  const { xAccelPrefix } = sending.grounds.settings;
  const path = sending.grounds.media.diskPath(file.storeKey);
  // The proxy does not know our tag, so a range that depends on it is cut here.
  const isLeftToProxy = exchange.isPublic && request.method === 'GET' && ifRange === undefined;
  if (xAccelPrefix !== undefined && path !== undefined && isLeftToProxy) {
    return reply.header('x-accel-redirect', `${xAccelPrefix.replace(/\/+$/, '')}/${file.storeKey}`).send();
  }
  if (wanted.kind === 'part')
    reply.code(206).header('content-range', `bytes ${range.start}-${range.end}/${file.sizeBytes}`);
  reply.header('content-length', range.end - range.start + 1);
  if (request.method === 'HEAD') return sendHead(reply);
  return path === undefined
    ? sendFromStore(sending, { file, range, reply })
    : sendFromDisk(sending, { path, range, reply });
}

function sendHead(reply: FastifyReply): FastifyReply {
  reply.hijack();
  reply.raw.writeHead(reply.statusCode, headersOf(reply)).end();
  return reply;
}

async function sendFromDisk(
  sending: Sending,
  part: { path: string; range: { start: number; end: number }; reply: FastifyReply },
): Promise<FastifyReply> {
  const { reply } = part;
  reply.hijack();
  reply.raw.writeHead(reply.statusCode, headersOf(reply));
  try {
    await sending.sender.send(part.path, part.range, reply.raw);
  } catch (cause) {
    if (!(cause instanceof ConnectionGone)) reply.log.error({ err: cause }, 'a media file could not be read');
    reply.raw.destroy();
  }
  return reply;
}

async function sendFromStore(
  sending: Sending,
  part: { file: MediaFile; range: { start: number; end: number }; reply: FastifyReply },
): Promise<FastifyReply> {
  const { reply } = part;
  const bytes = await sending.grounds.media.open(part.file.storeKey, part.range);
  reply.hijack();
  reply.raw.writeHead(reply.statusCode, headersOf(reply));
  await pipeline(bytes, reply.raw).catch(() => reply.raw.destroy());
  return reply;
}

function headersOf(reply: FastifyReply): Record<string, number | string | string[]> {
  return Object.fromEntries(
    Object.entries(reply.getHeaders()).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
