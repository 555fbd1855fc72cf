/** Where a link can go. Plain links only: no service's script runs here and nothing is told to it before the press. */
import { siBluesky, siFacebook, siMastodon, siTelegram, siWhatsapp, siX } from 'simple-icons';

/** How much of a post's text goes with its link. */
export const SHARED_TEXT_CHARS = 140;

/** What is shared: the public address and a short text. Neither holds anything about the person who shares. */
export interface Shared {
  url: string;
  text: string;
}
/** A service: its mark as an SVG path on a 24 grid, and how its address is made. */
interface Service {
  name: string;
  path: string;
  link: (shared: Shared) => string;
}

function withQuery(address: string, query: Record<string, string>): string {
  // Apps that open such a link by themselves take a plus for a plus.
  return `${address}?${new URLSearchParams(query).toString().replaceAll('+', '%20')}`;
}
const together = ({ url, text }: Shared): string => (text === '' ? url : `${text}\n${url}`);

/** In the order of the sheet; Mastodon stands apart, because it needs its server's name. */
export const SERVICES: readonly Service[] = [
  {
    name: 'Facebook',
    path: siFacebook.path,
    link: ({ url }) => withQuery('https://www.facebook.com/sharer/sharer.php', { u: url }),
  },
  { name: 'X', path: siX.path, link: ({ url, text }) => withQuery('https://x.com/intent/post', { url, text }) },
  {
    name: 'WhatsApp',
    path: siWhatsapp.path,
    link: (shared) => withQuery('https://wa.me/', { text: together(shared) }),
  },
  {
    name: 'Telegram',
    path: siTelegram.path,
    link: ({ url, text }) => withQuery('https://t.me/share/url', { url, text }),
  },
  {
    name: 'Bluesky',
    path: siBluesky.path,
    link: (shared) => withQuery('https://bsky.app/intent/compose', { text: together(shared) }),
  },
];
/** Mastodon's mark. */
export const MASTODON_PATH = siMastodon.path;

/** The server name in what a person typed (`https://mastodon.social/@me`, `@me@mastodon.social`, `mastodon.social`), or undefined. */
export function mastodonServer(typed: string): string | undefined {
  const name =
    typed
      .trim()
      .replace(/^https?:\/\//i, '')
      .split('/')[0]
      ?.split('@')
      .at(-1)
      ?.toLowerCase() ?? '';
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+(:\d{1,5})?$/.test(name) ? name : undefined;
}

/** Mastodon's share page on a server. */
export function mastodonLink(server: string, shared: Shared): string {
  return withQuery(`https://${server}/share`, { text: together(shared) });
}

/** A mail with the link. */
export function mailLink(shared: Shared, subject: string): string {
  return `mailto:?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(together(shared))}`;
}

const EMBED_WIDTH_PX = 325;

/** Code that shows the player on another page: an iframe, no script. */
export function embedCode(origin: string, post: { id: string; widthPx: number; heightPx: number }): string {
  const heightPx = Math.round((EMBED_WIDTH_PX * post.heightPx) / post.widthPx);
  return `<iframe src="${origin}/embed/${encodeURIComponent(post.id)}" width="${EMBED_WIDTH_PX}" height="${heightPx}" style="border:0;border-radius:12px" allow="autoplay; fullscreen; picture-in-picture" loading="lazy"></iframe>`;
}
