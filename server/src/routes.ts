/** All routes, in story order. */
import type { App } from './platform/http.ts';
import type { Grounds, Stores } from './stores.ts';
import { installChangeCounter } from './watch/changes-hook.ts';
import { mediaRoutes } from './watch/media-routes.ts';
import { watchRoutes } from './watch/routes.ts';

/** Registers every folder's routes. */
export function registerRoutes(app: App, stores: Stores, grounds: Grounds): void {
  const changes = installChangeCounter(app);
  watchRoutes(app, { watch: stores.watch, world: grounds.world, changes });
  mediaRoutes(app, { watch: stores.watch, changes, ...grounds });
}
