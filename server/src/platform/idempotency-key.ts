/** The header by which a repeated request is known as one. */
import type { FastifyRequest } from 'fastify';
import { refuse } from './problem.ts';

const KEY = /^[\x21-\x7e]{1,128}$/;

/**
 * The request's Idempotency-Key; undefined when there is none.
 * @throws malformed when it is not 1 to 128 visible ASCII characters
 */
export function readIdempotencyKey(request: Pick<FastifyRequest, 'headers'>): string | undefined {
  const key = request.headers['idempotency-key'];
  if (key === undefined) return undefined;
  if (typeof key !== 'string' || !KEY.test(key))
    throw refuse('malformed', 'The idempotency key may have up to 128 visible ASCII characters.');
  return key;
}
