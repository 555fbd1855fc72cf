/** Sends texts compressed as the asker can read them. */
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Codings that we write. */
export type Coding = 'br' | 'gzip' | 'identity';

const LEAST_BYTES = 600;
const QUALITY = 5;
const compressBrotli = promisify(brotliCompress);
const compressGzip = promisify(gzip);

/** The best coding that an Accept-Encoding header allows. */
export function codingFor(header: string | string[] | undefined): Coding {
  const accepted = String(header ?? '')
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

/** Sends a text of a type. */
export async function sendText(
  exchange: { request: FastifyRequest; reply: FastifyReply },
  text: string,
  type: string,
): Promise<FastifyReply> {
  const { request, reply } = exchange;
  const { bytes, coding } = await encodeText(text, codingFor(request.headers['accept-encoding']));
  if (coding !== 'identity') void reply.header('content-encoding', coding);
  return reply.header('vary', 'accept-encoding').type(type).send(bytes);
}
