/** Counts every change made through this process, so that kept answers die with it. */
import type { App } from '../platform/http.ts';
import { countChanges, type Changes } from './answer-cache.ts';

const READING = new Set(['GET', 'HEAD', 'OPTIONS']);
/** Bytes of an upload, saves of a draft and blind reports change nothing that is shown. */
const WITHOUT_EFFECT = new Set([
  '/api/v1/uploads/:id',
  '/api/v1/drafts',
  '/api/v1/drafts/:id',
  '/api/v1/watches',
  '/api/v1/tickets',
]);

/** Installs the hook on all routes. The change is committed when it is counted, and not yet told to whoever made it. */
export function installChangeCounter(app: App): Changes {
  const changes = countChanges();
  app.addHook('onSend', async (request, _reply, payload) => {
    if (!READING.has(request.method) && !WITHOUT_EFFECT.has(request.routeOptions.url ?? '')) changes.count();
    return payload;
  });
  return changes;
}
