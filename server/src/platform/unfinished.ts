/** Requests that were answered before they had come to their end. */
import type { FastifyInstance } from 'fastify';

/** Time for the rest of a body to arrive, so that the answer is read and not lost to a reset; then the connection is closed. */
const LINGER_MS = 10_000;

/**
 * Closes connections whose request goes on and on after its answer. An upload may take hours, so that no time is set for requests as
 * such; without this anyone could hold any number of connections by sending a body a byte at a time.
 */
export function dropUnfinished(app: FastifyInstance, lingerMs: number = LINGER_MS): void {
  app.addHook('onResponse', async ({ raw }) => {
    if (raw.complete) return;
    const timer = setTimeout(() => raw.socket.destroy(), lingerMs);
    timer.unref();
    raw.once('close', () => clearTimeout(timer));
  });
}
