/** The signed-in account of a request, as far as earlier folders need to know it. */
import type { Role } from '@vitrine/schema';
import type { FastifyRequest } from 'fastify';
import { refuse } from './problem.ts';

/** Who asks, as the session says. */
export interface Viewer {
  accountId: string;
  handle: string;
  sessionId: string;
  roles: readonly Role[];
  isSuspended: boolean;
  isLeaving: boolean;
  steppedUpAt: Date | undefined;
}

/** Finds who a session token belongs to; undefined when it is unknown, expired or revoked. Given by accounts. */
export type FindViewer = (token: string) => Promise<Viewer | undefined>;

/** How long a step-up lasts. */
export const STEP_UP_MS = 10 * 60_000;

/** The signed-in account of a route whose policy asks for one. */
export function viewerOf(request: FastifyRequest): Viewer {
  if (!request.viewer) throw refuse('not_signed_in');
  return request.viewer;
}
