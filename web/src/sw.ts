/**
 * The service worker: the app's own shell when there is no network, and the way in for clips shared from other apps.
 * It keeps only what the build made (pages, scripts, styles, words, icons). It never keeps answers of the API or media.
 */
import { keepSharedClip } from './app/shared-clip.ts';

/** What is used of the worker's own world (the compiler knows either the page's or the worker's, not both). */
interface LastingEvent extends Event {
  waitUntil: (work: Promise<unknown>) => void;
}
interface FetchingEvent extends LastingEvent {
  request: Request;
  respondWith: (answer: Promise<Response>) => void;
}
interface Worker {
  location: Location;
  clients: { claim: () => Promise<void> };
  skipWaiting: () => Promise<void>;
  addEventListener: ((name: 'install' | 'activate', on: (event: LastingEvent) => void) => void) &
    ((name: 'fetch', on: (event: FetchingEvent) => void) => void);
}

const worker = globalThis as unknown as Worker;
/** The build writes its own hash here: a new build is a new worker, which keeps a new shell. */
const CACHE = 'shell-BUILD_HASH';
/** This build and the one before it, whose pages may still be open and ask for a part they have not needed yet. */
const KEPT_BUILDS = 2;
/** So long a page may take before the kept shell stands in; it asks for all else by itself. */
const PATIENCE_MS = 4000;
const SHELL = '/';
const PARTS = '/assets/parts.json';
const BUILT = /^\/(assets|icons)\//;
const SHARE_TARGET = '/share-target';

/** The shell page names its scripts and styles, and the build names those of all screens: they and the page are kept. */
async function keepShell(): Promise<void> {
  const cache = await caches.open(CACHE);
  const [response, list] = await Promise.all([fetch(SHELL, { cache: 'reload' }), fetch(PARTS, { cache: 'reload' })]);
  if (!response.ok || !list.ok) throw new Error(`shell: ${response.status}, ${list.status}`);
  const page = await response.clone().text();
  const named = [...page.matchAll(/(?:src|href)="(\/(?:assets|icons)\/[^"]+)"/g)].map((found) => found[1] as string);
  const screens = ((await list.json()) as string[]).map((part) => `/${part}`);
  const parts = [...new Set([...named, ...screens])];
  await Promise.all([cache.put(SHELL, response), ...parts.map((part) => cache.add(part))]);
}

/** What the build made never changes under its name: the kept copy first, of whichever build. */
async function built(request: Request): Promise<Response> {
  const kept = await caches.match(request);
  if (kept !== undefined) return kept;
  const response = await fetch(request);
  if (response.ok) await (await caches.open(CACHE)).put(request, response.clone());
  return response;
}

/** A page: the server's, so that an update is seen at once; the kept shell where it is late, down or out of reach. */
async function page(request: Request): Promise<Response> {
  const shell = await (await caches.open(CACHE)).match(SHELL);
  if (shell === undefined) return fetch(request);
  const served = fetch(request).then(
    (response) => (response.status >= 500 ? shell : response),
    () => shell,
  );
  const late = new Promise<Response>((resolve) => setTimeout(() => resolve(shell), PATIENCE_MS));
  return Promise.race([served, late]);
}

/** A clip shared into the app is laid aside in this browser; the page for new posts picks it up. */
async function shareTarget(request: Request): Promise<Response> {
  const form = await request.formData();
  const file = form.get('clip');
  const words = ['title', 'text', 'url'].flatMap((name) => {
    const part = form.get(name);
    return typeof part === 'string' && part !== '' ? [part] : [];
  });
  if (file instanceof File && file.size > 0) await keepSharedClip({ file, text: words.join(' ') });
  return Response.redirect('/create?shared=1', 303);
}

worker.addEventListener('install', (event) => {
  event.waitUntil(keepShell().then(() => worker.skipWaiting()));
});
worker.addEventListener('activate', (event) => {
  const tidy = async (): Promise<void> => {
    // Keys stand in the order of their making.
    const old = (await caches.keys()).filter((name) => name !== CACHE);
    for (const name of old.slice(0, old.length + 1 - KEPT_BUILDS)) await caches.delete(name);
    await worker.clients.claim();
  };
  event.waitUntil(tidy());
});
worker.addEventListener('fetch', (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (url.origin !== worker.location.origin) return;
  if (request.method === 'POST' && url.pathname === SHARE_TARGET) event.respondWith(shareTarget(request));
  if (request.method !== 'GET') return;
  if (BUILT.test(url.pathname)) event.respondWith(built(request));
  else if (request.mode === 'navigate') event.respondWith(page(request));
});
