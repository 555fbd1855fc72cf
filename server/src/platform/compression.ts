/** Answers in fewer bytes, for those who can read them so. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

/** Codings that we write. */
export type Coding = 'br' | 'gzip' | 'identity';

/** Below this the headers weigh more than what is saved. */
const LEAST_BYTES = 600;
/** Of 11: a feed of eight cards in under a millisecond. */
const QUALITY = 5;
const TEXTS = /^(text\/|application\/(json|problem\+json|atom\+xml|xml|manifest\+json|.*\+json))/;
const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

/** The best coding that an Accept-Encoding header allows. */
export function codingFor(header: string | string[] | undefined): Coding {
  if (header === undefined) return 'identity';
  const accepted = String(header)
    .toLowerCase()
    .split(',')
    .map((part) => part.trim())
    .filter((part) => !/;\s*q=0(\.0*)?$/.test(part))
    .map((part) => part.split(';')[0]);
  if (accepted.includes('br')) return 'br';
  return accepted.includes('gzip') ? 'gzip' : 'identity';
}

/** A text in a coding. */
export async function encodeText(text: string, coding: Coding): Promise<{ bytes: Buffer; coding: Coding }> {
  const plain = Buffer.from(text);
  if (coding === 'identity' || plain.length < LEAST_BYTES) return { bytes: plain, coding: 'identity' };
  if (coding === 'gzip') return { bytes: await compressGzip(plain), coding };
  return {
    bytes: await compressBrotli(plain, {
      params: { [constants.BROTLI_PARAM_QUALITY]: QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: plain.length },
    }),
    coding,
  };
}

/**
 * Compresses texts that answer a GET. Media, streams, buffers and what is compressed already pass as they are.
 *
 * Compression lets one who can put words into an answer, and see its length, guess a secret that stands in the same
 * answer (BREACH). None does: session tokens, recovery codes, invitations and passkey challenges are made by POST,
 * which is never compressed; the session's cookie is a header; pages carry no token against forgery, because the
 * guard goes by Origin. And another site cannot ask in a viewer's name: the cookie is SameSite=Lax.
 */
export function installCompression(app: FastifyInstance): void {
  app.addHook('onSend', async (request, reply, payload) => {
    if (typeof payload !== 'string' || payload.length < LEAST_BYTES || !isText(request, reply)) return payload;
    void reply.header('vary', 'accept-encoding');
    const coding = codingFor(request.headers['accept-encoding']);
    if (coding === 'identity') return payload;
    const { bytes } = await encodeText(payload, coding);
    void reply.header('content-encoding', coding).removeHeader('content-length');
    return bytes;
  });
}

function isText(request: FastifyRequest, reply: FastifyReply): boolean {
  return (
    request.method === 'GET' &&
    !reply.hasHeader('content-encoding') &&
    TEXTS.test(String(reply.getHeader('content-type') ?? ''))
  );
}
