/** Atom feeds (RFC 4287), sitemaps with videos, robots.txt. Pure. */
import type { Card } from '@vitrine/schema';
import type { Settings } from '../platform/settings.ts';
import { absolute, embedPath, videoPath } from './addresses.ts';
import { xml, type Markup } from './markup.ts';
import { isShowable, sharedRendition } from './post-page.ts';
import { descriptionOf, linkedText, nameOf, titleOf } from './words.ts';

type Site = Pick<Settings, 'publicUrl' | 'regionName'>;

/** What a feed is about. */
interface AtomOrder {
  settings: Site;
  /** Stable; of the account or tag. */
  id: string;
  title: string;
  /** Path of the page that it belongs to. */
  path: string;
  /** When there is no entry. */
  updatedAt: string;
  cards: readonly Card[];
}

const VIDEO_SITEMAP = 'http://www.google.com/schemas/sitemap-video/1.1';
const XML = '<?xml version="1.0" encoding="utf-8"?>\n';

/** A feed of posts, newest first. */
export function atomFeed(order: AtomOrder): string {
  const { settings, cards } = order;
  const feed = xml`<feed xmlns="http://www.w3.org/2005/Atom">
<id>${order.id}</id>
<title>${order.title}</title>
<updated>${cards[0]?.publishedAt ?? order.updatedAt}</updated>
<link rel="self" type="application/atom+xml" href="${absolute(settings, `${order.path}/feed.atom`)}"/>
<link rel="alternate" type="text/html" href="${absolute(settings, order.path)}"/>
${cards.map((card) => atomEntry(card, settings))}</feed>
`;
  return XML + feed.markup;
}

function atomEntry(card: Card, settings: Site): Markup {
  const shared = sharedRendition(card);
  const url = absolute(settings, card.path);
  return xml`<entry>
<id>urn:uuid:${card.id}</id>
<title>${titleOf(card)}</title>
<published>${card.publishedAt}</published>
<updated>${card.publishedAt}</updated>
<author><name>${nameOf(card.account)}</name><uri>${absolute(settings, `/@${card.account.handle}`)}</uri></author>
<link rel="alternate" type="text/html" href="${url}"/>
${shared && xml`<link rel="enclosure" type="video/mp4" length="${shared.sizeBytes}" href="${absolute(settings, videoPath(card))}"/>`}
${card.tags.map((tag) => xml`<category term="${tag}"/>`)}
<content type="html">${entryContent(card, settings).markup}</content>
</entry>
`;
}

/** What a reader of feeds shows: the picture and the words. */
function entryContent(card: Card, settings: Site): Markup {
  const url = absolute(settings, card.path);
  const poster = absolute(settings, card.poster.url);
  const picture =
    isShowable(card) &&
    card.poster.url !== '' &&
    xml`<p><a href="${url}"><img src="${poster}" alt="${card.altText || titleOf(card)}"></a></p>`;
  return xml`${picture}<p>${absoluteLinks(linkedText(card.text), settings)}</p>`;
}

/** In a feed a relative link leads nowhere. */
function absoluteLinks(words: Markup, settings: Site): Markup {
  return { markup: words.markup.replaceAll('href="/', `href="${settings.publicUrl}/`) };
}

/** The list of all sitemaps. */
export function sitemapIndex(settings: Site, paths: readonly string[]): string {
  const maps = paths.map((path) => xml`<sitemap><loc>${absolute(settings, path)}</loc></sitemap>\n`);
  return XML + xml`<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${maps}</sitemapindex>`.markup;
}

/** A sitemap of posts, with what search engines want to know of a video. */
export function postSitemap(settings: Site, cards: readonly Card[]): string {
  const urls = cards.map((card) => {
    const facts = videoFacts(card, settings);
    return xml`<url><loc>${absolute(settings, card.path)}</loc><lastmod>${card.publishedAt}</lastmod>${facts}</url>\n`;
  });
  return (
    XML +
    xml`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:video="${VIDEO_SITEMAP}">${urls}</urlset>`
      .markup
  );
}

function videoFacts(card: Card, settings: Site): Markup | undefined {
  if (card.kind !== 'video' || !isShowable(card) || card.poster.url === '' || !card.allow.embed) return undefined;
  return xml`<video:video>
<video:thumbnail_loc>${absolute(settings, card.poster.url)}</video:thumbnail_loc>
<video:title>${titleOf(card)}</video:title>
<video:description>${descriptionOf(card)}</video:description>
<video:player_loc>${absolute(settings, embedPath(card))}</video:player_loc>
<video:duration>${Math.max(1, Math.round(card.durationMs / 1000))}</video:duration>
<video:publication_date>${card.publishedAt}</video:publication_date>
</video:video>`;
}

/** A sitemap of plain pages. */
export function pageSitemap(settings: Site, paths: readonly string[]): string {
  const urls = paths.map((path) => xml`<url><loc>${absolute(settings, path)}</loc></url>\n`);
  return XML + xml`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${urls}</urlset>`.markup;
}

/** robots.txt: pages and media may be read by anyone, programs' doors need not be. */
export function robotsText(settings: Site): string {
  return `User-agent: *\nDisallow: /api/\nDisallow: /media/private/\nAllow: /\n\nSitemap: ${absolute(settings, '/sitemap.xml')}\n`;
}
