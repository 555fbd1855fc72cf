/** All routes, in story order. */
import type { App } from './platform/http.ts';
import type { Grounds, Stores } from './stores.ts';

/** Registers every folder's routes. */
export function registerRoutes(_app: App, _stores: Stores, _grounds: Grounds): void {}
