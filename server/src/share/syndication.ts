/** Atom feeds (RFC 4287), sitemaps with videos, robots.txt. Pure. */
import type { Card } from '@vitrine/schema';
import type { Settings } from '../platform/settings.ts';
import { absolute, embedPath, videoPath } from './addresses.ts';
import { html, type Markup } from './markup.ts';
import { isShowable, sharedRendition } from './post-page.ts';
import { descriptionOf, linkedText, nameOf, titleOf } from './words.ts';

type Site = Pick<Settings, 'publicUrl' | 'regionName'>;

/** What a feed is about. */
export interface AtomOrder {
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

const XML = '<?xml version="1.0" encoding="utf-8"?>\n';

/** A feed of posts, newest first. */
export function atomFeed(order: AtomOrder): string {
  const { settings, cards } = order;
  return (
    XML +
    html`<feed xmlns="http://www.w3.org/2005/Atom">
      <id>${order.id}</id>
      <title>${order.title}</title>
      <updated>${cards[0]?.publishedAt ?? order.updatedAt}</updated>
      <link rel="self" type="application/atom+xml" href="${absolute(settings, `${order.path}/feed.atom`)}" />
      <link rel="alternate" type="text/html" href="${absolute(settings, order.path)}" />
      ${cards.map((card) => atomEntry(card, settings))}</feed
    > `.markup
  );
}

function atomEntry(card: Card, settings: Site): Markup {
  const shared = sharedRendition(card);
  const picture =
    isShowable(card) &&
    card.poster.url !== '' &&
    html`<p>
      <a href="${absolute(settings, card.path)}"
        ><img src="${absolute(settings, card.poster.url)}" alt="${card.altText || titleOf(card)}"
      /></a>
    </p>`;
  const content = html`${picture}
    <p>${absoluteLinks(linkedText(card.text), settings)}</p>`;
  return html`<entry>
    <id>urn:uuid:${card.id}</id>
    <title>${titleOf(card)}</title>
    <published>${card.publishedAt}</published>
    <updated>${card.publishedAt}</updated>
    <author><name>${nameOf(card.account)}</name><uri>${absolute(settings, `/@${card.account.handle}`)}</uri></author>
    <link rel="alternate" type="text/html" href="${absolute(settings, card.path)}" />
    ${shared && html`<link rel="enclosure" type="video/mp4" length="${shared.sizeBytes}" href="${absolute(settings, videoPath(card))}" />`}
    ${card.tags.map((tag) => html`<category term="${tag}" />`)}
    <content type="html">${content.markup}</content>
  </entry> `;
}

/** In a feed a relative link leads nowhere. */
function absoluteLinks(markup: Markup, settings: Site): Markup {
  return { markup: markup.markup.replaceAll('href="/', `href="${settings.publicUrl}/`) };
}

/** The list of all sitemaps. */
export function sitemapIndex(settings: Site, paths: readonly string[]): string {
  return (
    XML +
    html`<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
      ${paths.map((path) => html`<sitemap><loc>${absolute(settings, path)}</loc></sitemap> `)}</sitemapindex
    > `.markup
  );
}

/** A sitemap of posts, with what search engines want to know of a video. */
export function postSitemap(settings: Site, cards: readonly Card[]): string {
  return (
    XML +
    html`<urlset
      xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"
      xmlns:video="http://www.google.com/schemas/sitemap-video/1.1"
    >
      ${cards.map(
        (card) =>
          html`<url
            ><loc>${absolute(settings, card.path)}</loc
            ><lastmod>${card.publishedAt}</lastmod>${videoFacts(card, settings)}</url
          > `,
      )}</urlset
    > `.markup
  );
}

function videoFacts(card: Card, settings: Site): Markup | undefined {
  if (!isShowable(card) || card.poster.url === '' || !card.allow.embed) return undefined;
  return html`<video:video
    ><video:thumbnail_loc>${absolute(settings, card.poster.url)}</video:thumbnail_loc
    ><video:title>${titleOf(card)}</video:title><video:description>${descriptionOf(card)}</video:description
    ><video:player_loc>${absolute(settings, embedPath(card))}</video:player_loc
    ><video:duration>${Math.max(1, Math.round(card.durationMs / 1000))}</video:duration
    ><video:publication_date>${card.publishedAt}</video:publication_date></video:video
  >`;
}

/** A sitemap of plain pages. */
export function pageSitemap(settings: Site, paths: readonly string[]): string {
  return (
    XML +
    html`<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
      ${paths.map((path) => html`<url><loc>${absolute(settings, path)}</loc></url> `)}</urlset
    > `.markup
  );
}

/** robots.txt: pages and media may be read by anyone, programs' doors need not be. */
export function robotsText(settings: Site): string {
  return `User-agent: *\nDisallow: /api/\nDisallow: /media/private/\nAllow: /\n\nSitemap: ${absolute(settings, '/sitemap.xml')}\n`;
}
