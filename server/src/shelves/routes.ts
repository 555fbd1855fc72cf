/** Shelves over HTTP: heads, their signed note, the key, and every file by its hash. docs/shelves.md is the contract. */
import { verifierText } from '@vitrine/ledger';
import {
  decodeBlock,
  decodeBookPage,
  decodeDirectory,
  decodeHeads,
  decodeHeadsPage,
  decodeListPage,
  decodeOwed,
  decodeShelf,
  readableBlock,
  readableDirectory,
  readableHeads,
  readableHeadsPage,
  readableListPage,
  readableShelf,
} from '@vitrine/ranking';
import { reportDaysSchema } from '@vitrine/schema';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { codingFor } from '../platform/compression.ts';
import type { App } from '../platform/http.ts';
import type { MediaStore } from '../platform/media-store.ts';
import { refuse } from '../platform/problem.ts';
import type { World } from '../platform/world.ts';
import type { ReportDay } from '../tickets/days.ts';
import { type FileCache, openFileCache, type ServedFile } from './file-cache.ts';
import type { EpochRow, ShelfStore } from './store.ts';

/** Bytes never change under their name; shared caches ask again after a minute, because a file may be withdrawn. */
const FOREVER = 'public, max-age=31536000, immutable, s-maxage=60';
const NEWEST = 'public, max-age=2';
const HOUR = 'public, max-age=3600';
const DAY = 'public, max-age=86400';
const epochQuery = z.object({
  epoch: z.coerce.number().int().min(1).max(4_294_967_295).optional(),
  as: z.literal('json').optional(),
});
const hashParams = z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/) });
const asQuery = z.object({ as: z.literal('json').optional() });

/** Anyone may read them from anywhere. */
const OPEN_HEADERS = { 'access-control-allow-origin': '*', 'cross-origin-resource-policy': 'cross-origin' };

interface RouteGrounds {
  shelves: ShelfStore;
  media: MediaStore;
  world: World;
  tickets: { reportDays(): Promise<ReportDay[]> };
}

/** Registers them. */
export function shelfRoutes(app: App, grounds: RouteGrounds): void {
  const cache = openFileCache(grounds);
  const { shelves } = grounds;

  async function epochOf(number: number | undefined): Promise<EpochRow> {
    const found = number === undefined ? await cache.newest() : await shelves.epoch(number);
    if (found === undefined) throw refuse('not_found', 'This epoch was never made, or is no longer kept.');
    return found;
  }

  app.get('/api/v1/shelves/heads', { schema: { querystring: epochQuery } }, async (request, reply) => {
    const { epoch } = request.query;
    const { headsHash } = await epochOf(epoch);
    void reply.header('cache-control', epoch === undefined ? NEWEST : FOREVER);
    return sendFile(cache, headsHash, { request, reply });
  });
  app.get('/api/v1/shelves/note', { schema: { querystring: epochQuery } }, async (request, reply) => {
    const { epoch } = request.query;
    const { note } = await epochOf(epoch);
    void reply.headers({ ...OPEN_HEADERS, 'cache-control': epoch === undefined ? NEWEST : FOREVER });
    return reply.type('text/plain; charset=utf-8').send(note);
  });
  app.get('/api/v1/shelves/key', { schema: {} }, async (_request, reply) => {
    const key = await shelves.key();
    if (key === undefined) throw refuse('not_found', 'This region has signed nothing yet.');
    void reply.headers({ ...OPEN_HEADERS, 'cache-control': DAY });
    return reply.type('text/plain; charset=utf-8').send(`${verifierText(key)}\n`);
  });
  app.get('/api/v1/shelves/days', { schema: { response: { 200: reportDaysSchema } } }, async (_request, reply) => {
    void reply.headers({ ...OPEN_HEADERS, 'cache-control': HOUR });
    return { days: await grounds.tickets.reportDays() };
  });
  app.get('/api/v1/shelves/:hash', { schema: { params: hashParams, querystring: asQuery } }, async (request, reply) => {
    void reply.header('cache-control', FOREVER);
    return sendFile(cache, request.params.hash, { request, reply });
  });
}

async function sendFile(
  cache: FileCache,
  hash: string,
  { request, reply }: { request: FastifyRequest; reply: FastifyReply },
): Promise<FastifyReply> {
  const file = cache.peek(hash) ?? (await cache.get(hash));
  if (file === 'unknown') throw notKept(reply, 'not_found');
  if (file === 'withdrawn') throw notKept(reply, 'input_withdrawn');
  const isJson = asksForJson(request);
  const tag = isJson ? `"${hash}-json"` : `"${hash}"`;
  void reply.headers({ ...OPEN_HEADERS, etag: tag, vary: 'accept, accept-encoding' });
  if (request.headers['if-none-match'] === tag) return reply.code(304).send();
  if (isJson) return reply.type('application/json; charset=utf-8').send(readableText(file));
  const isBrotli = file.brotli !== undefined && codingFor(request.headers['accept-encoding']) === 'br';
  if (isBrotli) void reply.header('content-encoding', 'br');
  return reply.type('application/octet-stream').send(isBrotli ? file.brotli : file.bytes);
}

/** What is missing now may be there later, and must not be kept as missing for ever. */
function notKept(reply: FastifyReply, code: 'not_found' | 'input_withdrawn') {
  void reply.header('cache-control', 'no-store');
  return refuse(code);
}

function asksForJson({ query, headers }: FastifyRequest): boolean {
  const { as } = query as { as?: string };
  return as === 'json' || /^application\/json\b/.test(headers.accept ?? '');
}

/** The JSON twin as text. */
function readableText({ kind, bytes }: ServedFile): string {
  if (kind === 'heads') return JSON.stringify(readableHeads(decodeHeads(bytes)));
  if (kind === 'directory') return JSON.stringify(readableDirectory(decodeDirectory(bytes)));
  if (kind === 'page') return JSON.stringify(readableHeadsPage(decodeHeadsPage(bytes)));
  if (kind === 'blocks') return JSON.stringify(decodeBookPage(bytes));
  if (kind === 'block') return JSON.stringify(readableBlock(decodeBlock(bytes)));
  if (kind === 'owed') return JSON.stringify({ owed: decodeOwed(bytes) });
  if (kind === 'lists') return JSON.stringify(readableListPage(decodeListPage(bytes)));
  return JSON.stringify(readableShelf(decodeShelf(bytes)));
}
