/** All routes, in story order. */
import { fileURLToPath } from 'node:url';
import { workDirOf } from './jobs.ts';
import type { MeFacts } from './accounts/parts.ts';
import { algorithmRoutes } from './algorithms/routes.ts';
import { accountRoutes } from './accounts/routes.ts';
import { insightRoutes } from './insights/routes.ts';
import { interactRoutes } from './interact/routes.ts';
import { ledgerRoutes } from './ledger/routes.ts';
import { moderateRoutes } from './moderate/routes.ts';
import { notifyRoutes } from './notify/routes.ts';
import type { App } from './platform/http.ts';
import { countUse } from './platform/limits.ts';
import { discardUnposted } from './publish/erase.ts';
import { publishRoutes } from './publish/routes.ts';
import { shelfRoutes } from './shelves/routes.ts';
import { shareRoutes } from './share/routes.ts';
import { openWebBuild } from './share/web-build.ts';
import type { Grounds, Stores } from './stores.ts';
import { sealedTasteRoutes } from './tastes/routes.ts';
import { ticketRoutes } from './tickets/routes.ts';
import { soundRoutes } from './sounds/routes.ts';
import { uploadRoutes } from './upload/routes.ts';
import { installChangeCounter } from './watch/changes-hook.ts';
import { copyRoute } from './watch/copy-route.ts';
import { mediaRoutes } from './watch/media-routes.ts';
import { watchRoutes } from './watch/routes.ts';
import { soundReadRoutes } from './watch/sound-routes.ts';

/** Where `npm run build` and `npm start` put the web app. */
const WEB_FOLDER = fileURLToPath(new URL('../../web/dist', import.meta.url));

/** Registers every folder's routes. */
export function registerRoutes(app: App, stores: Stores, grounds: Grounds): void {
  const changes = installChangeCounter(app);
  ledgerRoutes(app, stores);
  accountRoutes(app, { ...grounds, accounts: stores.accounts, facts: meFacts(stores), workDir: workDirOf(grounds) });
  uploadPaths(app, stores, grounds);
  soundRoutes(app, { ...stores, ...grounds, workDir: workDirOf(grounds) });
  publishRoutes(app, { ...stores, ...grounds, workDir: workDirOf(grounds) });
  interactRoutes(app, stores);
  ticketRoutes(app, stores);
  shelfRoutes(app, { ...stores, ...grounds });
  watchRoutes(app, { watch: stores.watch, world: grounds.world, changes });
  soundReadRoutes(app, { sounds: stores.soundReads });
  mediaRoutes(app, { watch: stores.watch, changes, ...grounds });
  copyRoute(app, { watch: stores.watch, changes, ...grounds });
  const web = openWebBuild(WEB_FOLDER, () => grounds.world.now().getTime());
  shareRoutes(app, { ...stores, ...grounds, web, changes });
  notifyRoutes(app, { ...stores, ...grounds });
  moderateRoutes(app, stores);
  insightRoutes(app, stores);
  algorithmRoutes(app, stores);
  sealedTasteRoutes(app, stores);
}

/** What later folders tell of the signed-in account. */
function meFacts({ uploads, notify }: Stores): MeFacts {
  return {
    quota: (accountId) => uploads.quota(accountId),
    unread: (accountId) => notify.unread(accountId),
  };
}

function uploadPaths(app: App, stores: Stores, grounds: Grounds): void {
  const { db, world, settings } = grounds;
  const opened = (accountId: string) => ({
    key: `uploads ${accountId}`,
    limit: settings.maxUploadsPerHour,
    windowSeconds: 3600,
  });
  uploadRoutes(app, {
    ...stores,
    ...grounds,
    maxBytes: settings.maxUploadBytes,
    countOpened: (accountId) => countUse(db, world, opened(accountId)),
    discardStored: (own) => discardUnposted({ ...stores, ...grounds }, own),
  });
}
