/** All routes, in story order. */
import { accountRoutes, type MeFacts } from './accounts/routes.ts';
import { ledgerRoutes } from './ledger/routes.ts';
import type { App } from './platform/http.ts';
import type { Grounds, Stores } from './stores.ts';
import { installChangeCounter } from './watch/changes-hook.ts';
import { mediaRoutes } from './watch/media-routes.ts';
import { watchRoutes } from './watch/routes.ts';

/** Registers every folder's routes. */
export function registerRoutes(app: App, stores: Stores, grounds: Grounds): void {
  ledgerRoutes(app, stores);
  accountRoutes(app, { ...grounds, accounts: stores.accounts, facts: meFacts(grounds) });
  const changes = installChangeCounter(app);
  watchRoutes(app, { watch: stores.watch, world: grounds.world, changes });
  mediaRoutes(app, { watch: stores.watch, changes, ...grounds });
}

/** What later folders tell of the signed-in account. */
function meFacts(grounds: Grounds): MeFacts {
  return {
    quota: async () => ({ usedBytes: 0, limitBytes: grounds.settings.accountQuotaBytes }),
    unread: async () => 0,
  };
}
