/** All routes, in story order. */
import { accountRoutes, type MeFacts } from './accounts/routes.ts';
import { ledgerRoutes } from './ledger/routes.ts';
import type { App } from './platform/http.ts';
import type { Grounds, Stores } from './stores.ts';

/** Registers every folder's routes. */
export function registerRoutes(app: App, stores: Stores, grounds: Grounds): void {
  ledgerRoutes(app, stores);
  accountRoutes(app, { ...grounds, accounts: stores.accounts, facts: meFacts(grounds) });
}

/** What later folders tell of the signed-in account. */
function meFacts(grounds: Grounds): MeFacts {
  return {
    quota: async () => ({ usedBytes: 0, limitBytes: grounds.settings.accountQuotaBytes }),
    unread: async () => 0,
  };
}
