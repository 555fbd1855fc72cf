/** Who may call what: one table, deny by default. A route without a row refuses to boot. */
import type { RateLimit } from './limits.ts';

/**
 * blind: the cookie is deleted before any hook, the log holds the route's template only ·
 * anyone: signed in or not · account: signed in and in good standing · signedIn: also a suspended or leaving account ·
 * steppedUp: like signedIn, and confirmed within ten minutes.
 */
export type Who = 'blind' | 'anyone' | 'account' | 'signedIn' | 'steppedUp';

/** One row. `by` says whose uses are counted together; `prefix` is the address cut to /24 or /48. */
export interface Policy {
  who: Who;
  rate?: RateLimit & { by: 'account' | 'prefix' };
}

const HOUR = 3600;
const perAccount = (limit: number, windowSeconds: number): Policy['rate'] & object => ({
  limit,
  windowSeconds,
  by: 'account',
});
const perPrefix = (limit: number, windowSeconds: number): Policy['rate'] & object => ({
  limit,
  windowSeconds,
  by: 'prefix',
});

/** 'METHOD /path' as registered. HEAD follows GET. */
export const POLICIES: Readonly<Record<string, Policy>> = {
  // platform
  'GET /healthz': { who: 'blind' },
  'GET /readyz': { who: 'blind' },
  'GET /metrics': { who: 'blind' },
  'GET /api/v1/openapi.json': { who: 'blind' },

  // ledger
  'GET /api/v1/ledger/entries': { who: 'anyone' },

  // accounts
  'GET /api/v1/region': { who: 'anyone' },
  'GET /api/v1/handles/:handle': { who: 'anyone', rate: perPrefix(600, HOUR) },
  // its rate is a setting: MAX_SIGNUPS_PER_HOUR, together with sign-ups by passkey
  'POST /api/v1/accounts': { who: 'anyone' },
  'GET /api/v1/accounts': { who: 'anyone', rate: perPrefix(1200, HOUR) },
  'GET /api/v1/accounts/:handle': { who: 'anyone' },
  'GET /api/v1/accounts/:handle/followers': { who: 'anyone' },
  'GET /api/v1/accounts/:handle/following': { who: 'anyone' },
  'PUT /api/v1/accounts/:handle/follow': { who: 'account', rate: perAccount(300, HOUR) },
  'DELETE /api/v1/accounts/:handle/follow': { who: 'account', rate: perAccount(300, HOUR) },
  'PUT /api/v1/accounts/:handle/block': { who: 'signedIn', rate: perAccount(300, HOUR) },
  'DELETE /api/v1/accounts/:handle/block': { who: 'signedIn', rate: perAccount(300, HOUR) },
  'PUT /api/v1/accounts/:handle/mute': { who: 'signedIn', rate: perAccount(300, HOUR) },
  'DELETE /api/v1/accounts/:handle/mute': { who: 'signedIn', rate: perAccount(300, HOUR) },
  'POST /api/v1/sessions': { who: 'anyone', rate: perPrefix(60, HOUR) },
  'GET /api/v1/sessions': { who: 'signedIn' },
  'DELETE /api/v1/sessions': { who: 'signedIn' },
  'DELETE /api/v1/sessions/:id': { who: 'signedIn' },
  'POST /api/v1/passkeys/sign-up-options': { who: 'anyone', rate: perPrefix(60, HOUR) },
  'POST /api/v1/passkeys/sign-ups': { who: 'anyone' },
  'POST /api/v1/passkeys/sign-in-options': { who: 'anyone', rate: perPrefix(300, HOUR) },
  'POST /api/v1/passkeys/sign-ins': { who: 'anyone', rate: perPrefix(300, HOUR) },
  'GET /api/v1/me': { who: 'signedIn' },
  'PATCH /api/v1/me': { who: 'account', rate: perAccount(120, HOUR) },
  'DELETE /api/v1/me': { who: 'steppedUp' },
  'POST /api/v1/me/return': { who: 'signedIn' },
  'PUT /api/v1/me/avatar': { who: 'account', rate: perAccount(30, HOUR) },
  'DELETE /api/v1/me/avatar': { who: 'account' },
  'PUT /api/v1/me/handle': { who: 'account', rate: perAccount(10, 24 * HOUR) },
  'PUT /api/v1/me/password': { who: 'steppedUp', rate: perAccount(30, HOUR) },
  'POST /api/v1/me/recovery-codes': { who: 'steppedUp', rate: perAccount(30, HOUR) },
  'GET /api/v1/me/passkeys': { who: 'signedIn' },
  'POST /api/v1/me/passkeys/options': { who: 'steppedUp', rate: perAccount(60, HOUR) },
  'POST /api/v1/me/passkeys': { who: 'steppedUp', rate: perAccount(60, HOUR) },
  'DELETE /api/v1/me/passkeys/:id': { who: 'steppedUp' },
  'POST /api/v1/me/step-up/options': { who: 'signedIn', rate: perAccount(60, HOUR) },
  'POST /api/v1/me/step-up': { who: 'signedIn', rate: perAccount(30, HOUR) },
  'GET /api/v1/me/blocks': { who: 'signedIn' },
  'GET /api/v1/me/mutes': { who: 'signedIn' },
  'GET /api/v1/me/follow-requests': { who: 'signedIn' },
  'PUT /api/v1/me/follow-requests/:handle': { who: 'account' },

  // upload
  // its rate is a setting: MAX_UPLOADS_PER_HOUR
  'POST /api/v1/uploads': { who: 'account' },
  'GET /api/v1/uploads/:id': { who: 'account' },
  'PATCH /api/v1/uploads/:id': { who: 'account' },
  'DELETE /api/v1/uploads/:id': { who: 'account' },
  'GET /api/v1/me/uploads': { who: 'account' },

  // publish
  'GET /api/v1/drafts': { who: 'account' },
  'POST /api/v1/drafts': { who: 'account', rate: perAccount(300, HOUR) },
  'GET /api/v1/drafts/:id': { who: 'account' },
  // saved after every change
  'PUT /api/v1/drafts/:id': { who: 'account', rate: perAccount(7200, HOUR) },
  'DELETE /api/v1/drafts/:id': { who: 'account' },
  'POST /api/v1/drafts/:id/undelete': { who: 'account' },
  'POST /api/v1/posts': { who: 'account', rate: perAccount(200, HOUR) },
  'GET /api/v1/posts/:id': { who: 'anyone' },
  'PATCH /api/v1/posts/:id': { who: 'account', rate: perAccount(600, HOUR) },
  'DELETE /api/v1/posts/:id': { who: 'account' },
  'POST /api/v1/posts/:id/undelete': { who: 'account' },
  'PUT /api/v1/posts/:id/captions/:language': { who: 'account', rate: perAccount(600, HOUR) },
  'DELETE /api/v1/posts/:id/captions/:language': { who: 'account' },

  // sounds
  'PATCH /api/v1/sounds/:id': { who: 'account', rate: perAccount(600, HOUR) },
  'PUT /api/v1/sounds/:id/cover': { who: 'account', rate: perAccount(600, HOUR) },
  'PUT /api/v1/sounds/:id/library': { who: 'account' },
  'PUT /api/v1/sounds/:id/save': { who: 'account', rate: perAccount(2000, HOUR) },
  'DELETE /api/v1/sounds/:id/save': { who: 'account', rate: perAccount(2000, HOUR) },

  // interact
  'PUT /api/v1/posts/:id/like': { who: 'account', rate: perAccount(2000, HOUR) },
  'DELETE /api/v1/posts/:id/like': { who: 'account', rate: perAccount(2000, HOUR) },
  'PUT /api/v1/posts/:id/save': { who: 'account', rate: perAccount(2000, HOUR) },
  'DELETE /api/v1/posts/:id/save': { who: 'account', rate: perAccount(2000, HOUR) },
  'PUT /api/v1/posts/:id/repost': { who: 'account', rate: perAccount(600, HOUR) },
  'DELETE /api/v1/posts/:id/repost': { who: 'account', rate: perAccount(600, HOUR) },
  'GET /api/v1/posts/:id/comments': { who: 'anyone' },
  'POST /api/v1/posts/:id/comments': { who: 'account', rate: perAccount(240, HOUR) },
  'GET /api/v1/comments/:id/replies': { who: 'anyone' },
  'DELETE /api/v1/comments/:id': { who: 'account' },
  'POST /api/v1/comments/:id/undelete': { who: 'account' },
  'PUT /api/v1/comments/:id/like': { who: 'account', rate: perAccount(2000, HOUR) },
  'DELETE /api/v1/comments/:id/like': { who: 'account', rate: perAccount(2000, HOUR) },
  'PUT /api/v1/comments/:id/pin': { who: 'account' },
  'DELETE /api/v1/comments/:id/pin': { who: 'account' },

  // tickets
  'GET /api/v1/tickets/keys': { who: 'blind' },
  'GET /api/v1/tickets': { who: 'anyone' },
  // without an account: so many times TICKETS_SIGNED_OUT a day from one network
  'POST /api/v1/tickets': { who: 'anyone', rate: perAccount(60, 24 * HOUR) },
  'POST /api/v1/watches': { who: 'blind' },

  // shelves
  'GET /api/v1/shelves/heads': { who: 'blind' },
  'GET /api/v1/shelves/note': { who: 'blind' },
  'GET /api/v1/shelves/key': { who: 'blind' },
  'GET /api/v1/shelves/days': { who: 'blind' },
  'GET /api/v1/shelves/:hash': { who: 'blind' },

  // watch
  'GET /api/v1/cards': { who: 'blind' },
  'GET /api/v1/feed/latest': { who: 'anyone' },
  'GET /api/v1/feed/following': { who: 'account' },
  'GET /api/v1/explore': { who: 'anyone' },
  'GET /api/v1/accounts/:handle/posts': { who: 'anyone' },
  'GET /api/v1/me/ties': { who: 'account' },
  'GET /api/v1/me/likes': { who: 'account' },
  'GET /api/v1/me/saves': { who: 'account' },
  'GET /api/v1/me/reposts': { who: 'account' },
  'GET /api/v1/tags': { who: 'anyone' },
  'GET /api/v1/tags/popular': { who: 'anyone' },
  'GET /api/v1/tags/:name': { who: 'anyone' },
  'GET /api/v1/tags/:name/posts': { who: 'anyone' },
  'GET /api/v1/sounds': { who: 'anyone' },
  'GET /api/v1/sounds/:id': { who: 'anyone' },
  'GET /api/v1/sounds/:id/posts': { who: 'anyone' },
  'GET /api/v1/me/sounds': { who: 'account' },
  'GET /api/v1/me/sounds/saved': { who: 'account' },
  'GET /api/v1/posts/:id/history': { who: 'anyone' },
  'GET /api/v1/posts/:id/download': { who: 'anyone', rate: perPrefix(120, HOUR) },
  'GET /media/:id': { who: 'blind' },
  'GET /media/private/:id': { who: 'signedIn' },
  'GET /api/v1/me/posts': { who: 'signedIn' },

  // share
  'GET /@:handle': { who: 'anyone' },
  'GET /@:handle/post/:id': { who: 'anyone' },
  'GET /@:handle/post/:id/video.mp4': { who: 'blind' },
  'GET /@:handle/feed.atom': { who: 'blind' },
  'GET /tag/:name': { who: 'anyone' },
  'GET /sound/:id': { who: 'anyone' },
  'GET /tag/:name/feed.atom': { who: 'blind' },
  'GET /embed/:id': { who: 'blind' },
  'GET /oembed': { who: 'blind', rate: perPrefix(3600, HOUR) },
  'GET /robots.txt': { who: 'blind' },
  'GET /sitemap.xml': { who: 'blind' },
  'GET /sitemap/posts-:block.xml': { who: 'blind' },
  'GET /sitemap/profiles-:block.xml': { who: 'blind' },
  'GET /assets/*': { who: 'blind' },
  'GET /icons/*': { who: 'blind' },
  'GET /fonts/:name': { who: 'blind' },
  'GET /emoji/:name': { who: 'blind' },
  'GET /sw.js': { who: 'blind' },
  'GET /manifest.webmanifest': { who: 'blind' },
  'GET /favicon.ico': { who: 'blind' },
  'GET /terms': { who: 'blind' },
  'GET /imprint': { who: 'blind' },
  'GET /privacy': { who: 'blind' },
  // the app's screens, and everything that stands nowhere
  'GET /*': { who: 'anyone' },

  // notify
  'GET /api/v1/me/notifications': { who: 'signedIn' },
  'PUT /api/v1/me/notifications/read': { who: 'signedIn' },

  // moderate
  'POST /api/v1/complaints': { who: 'anyone', rate: perAccount(30, HOUR) },

  // insights
  'GET /api/v1/posts/:id/insights': { who: 'signedIn' },

  // algorithms
  'GET /api/v1/algorithms': { who: 'anyone' },
  'POST /api/v1/algorithms': { who: 'account', rate: perAccount(20, HOUR) },
  'GET /api/v1/algorithms/:hash': { who: 'blind' },
  'DELETE /api/v1/me/algorithms/:hash': { who: 'account' },

  // tastes: without a cookie by their address, and counted by the network
  'GET /api/v1/taste/:address': { who: 'anyone', rate: perPrefix(120, HOUR) },
  'PUT /api/v1/taste/:address': { who: 'anyone', rate: perPrefix(60, HOUR) },
  'DELETE /api/v1/taste/:address': { who: 'anyone', rate: perPrefix(60, HOUR) },
};

/** Address beginnings at which cookies and tokens are deleted before anything else runs. */
const BLIND_PREFIXES = [
  '/media/',
  '/embed/',
  '/api/v1/cards',
  '/api/v1/shelves',
  '/api/v1/watches',
  '/api/v1/tickets/keys',
  '/api/v1/algorithms/',
  '/api/v1/taste/',
  '/assets/',
  '/fonts/',
  '/emoji/',
  '/oembed',
];

/** Whether a request is blind by its address, in every spelling that leads to the same route: `/%6dedia/…`, `http://host/media/…`. */
export function isBlindAddress(url: string): boolean {
  const path = plainPath(url);
  return BLIND_PREFIXES.some((prefix) => path.startsWith(prefix)) && !path.startsWith('/media/private/');
}

/** The path as the router reads it. */
function plainPath(url: string): string {
  const path = url.startsWith('/') ? url : url.replace(/^https?:\/\/.*?\//i, '/');
  if (!path.includes('%')) return path;
  return path.replace(/%[0-7][\da-f]/gi, (code) => String.fromCharCode(Number.parseInt(code.slice(1), 16)));
}

/** The row of a route. */
export function policyOf(method: string, path: string): Policy | undefined {
  return POLICIES[`${method === 'HEAD' ? 'GET' : method} ${path}`];
}
