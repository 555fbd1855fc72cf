/** Everything that is asked for without the API: pages, files of the app, what other sites show of ours. */
import type { App } from '../platform/http.ts';
import { assetRoutes } from './asset-routes.ts';
import { drawingRoutes } from './drawing-routes.ts';
import { operatorPageRoutes, type OperatorPageGrounds } from './operator-pages.ts';
import { pageRoutes, type PageGrounds } from './page-routes.ts';
import { spreadRoutes, type SpreadGrounds } from './spread-routes.ts';

/** Registers them. */
export function shareRoutes(app: App, grounds: PageGrounds & SpreadGrounds & OperatorPageGrounds): void {
  assetRoutes(app, grounds.web);
  drawingRoutes(app);
  operatorPageRoutes(app, grounds);
  spreadRoutes(app, grounds);
  pageRoutes(app, grounds);
}
