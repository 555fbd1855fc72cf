/** Starts the service worker that keeps the app's own pages for when there is no network. */

import workerUrl from '../sw.ts?worker&url';

/** The one place where text becomes a script address, under the policy that the page's CSP names. */
const policy = (
  globalThis as {
    trustedTypes?: {
      createPolicy: (
        name: string,
        rules: { createScriptURL: (url: string) => string },
      ) => { createScriptURL: (url: string) => string };
    };
  }
).trustedTypes?.createPolicy('vitrine', {
  createScriptURL: (url) => {
    if (new URL(url, location.href).origin !== location.origin)
      throw new Error('scripts come from our own origin only');
    return url;
  },
});

/** A script address that Trusted Types accept: for workers and the service worker. */
export function scriptUrl(url: string): string {
  return policy === undefined ? url : policy.createScriptURL(url);
}

/** The first video has started by then. */
const QUIET_MS = 3000;

/** Registers the service worker once the page is quiet; not in development, where files change. */
export function keepOfflineCopy(): void {
  if (import.meta.env.DEV || !('serviceWorker' in navigator)) return;
  const register = (): void => {
    setTimeout(() => navigator.serviceWorker.register(scriptUrl(workerUrl)).catch(() => undefined), QUIET_MS);
  };
  // The app may start after the page has loaded.
  if (document.readyState === 'complete') register();
  else addEventListener('load', register, { once: true });
}
