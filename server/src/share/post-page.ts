/** A post's own page, complete without script: facts for other sites, the playing video, the words. */
import type { Card, Rendition } from '@vitrine/schema';
import type { Settings } from '../platform/settings.ts';
import { absolute, embedPath, oembedPath, tagPath, videoPath } from './addresses.ts';
import { html, jsonBlock, type Markup } from './markup.ts';
import { photoGraph, photoObject, photoRow } from './photo-page.ts';
import { dayOf, descriptionOf, isoDuration, linkedText, nameOf, titleOf } from './words.ts';
import type { PageParts } from './document.ts';
import type { WebHead } from './web-build.ts';

/** What a page of a post is made of. */
interface PostPageOrder {
  card: Card;
  settings: Settings;
  head: WebHead;
}

/** Tall enough to fill a phone. */
const TALL = 1.5;
/** Other sites play at most this, by the short side. */
const SHARED_SHORT_SIDE_PX = 720;

/** The copy for the first frame: the smallest. */
function firstRendition(card: Card): Rendition | undefined {
  return card.renditions.at(-1);
}

/** The copy that other sites play: the best up to 720. */
export function sharedRendition(card: Card): Rendition | undefined {
  return (
    card.renditions.find((rendition) => Math.min(rendition.heightPx, rendition.widthPx) <= SHARED_SHORT_SIDE_PX) ??
    firstRendition(card)
  );
}

/** Whether its picture may be shown without being asked for. */
export function isShowable(card: Card): boolean {
  return !card.labels.includes('sensitive');
}

/** The parts of the page. */
export function postPage({ card, settings, head }: PostPageOrder): PageParts {
  const url = absolute(settings, card.path);
  return {
    title: `${titleOf(card)} · ${nameOf(card.account)} · ${settings.regionName}`,
    description: descriptionOf(card),
    canonicalUrl: url,
    isIndexed: true,
    meta: html`${openGraph(card, settings)}${playerCard(card, settings)}${discovery(card, settings)}`,
    body: firstView(card, settings),
    blocks: html`${jsonBlock({ type: 'application/json', id: 'first-card' }, card)}${jsonBlock({ type: 'application/ld+json' }, videoObject(card, settings))}`,
    // The app's parts are not asked for ahead: until the first frame the line belongs to the video.
    head: { ...head, preloads: [] },
  };
}

function openGraph(card: Card, settings: Settings): Markup {
  const video = absolute(settings, videoPath(card));
  const shared = sharedRendition(card);
  const poster = card.poster.url === '' ? undefined : absolute(settings, card.poster.url);
  return html`<meta property="og:site_name" content="${settings.regionName}" />
    <meta property="og:type" content="${card.kind === 'photos' ? 'article' : 'video.other'}" />
    <meta property="og:url" content="${absolute(settings, card.path)}" />
    <meta property="og:title" content="${titleOf(card)}" />
    <meta property="og:description" content="${descriptionOf(card)}" />
    ${card.kind === 'photos' && isShowable(card) ? photoGraph(card, settings) : ''}
    ${
      card.kind === 'video' && isShowable(card) && poster !== undefined
        ? html`<meta property="og:image" content="${poster}" />
            <meta property="og:image:alt" content="${card.altText || titleOf(card)}" />`
        : ''
    }
    ${
      card.allow.embed && shared
        ? html`<meta property="og:video" content="${video}" />
            <meta property="og:video:url" content="${video}" />
            ${video.startsWith('https:') ? html`<meta property="og:video:secure_url" content="${video}" />` : ''}
            <meta property="og:video:type" content="video/mp4" />
            <meta property="og:video:width" content="${shared.widthPx}" />
            <meta property="og:video:height" content="${shared.heightPx}" />`
        : ''
    }
    ${card.kind === 'photos' ? releaseFacts(card, 'article:published_time', 'article:tag') : html`<meta property="video:duration" content="${Math.max(1, Math.round(card.durationMs / 1000))}" />${releaseFacts(card, 'video:release_date', 'video:tag')}`} `;
}

function releaseFacts(card: Card, date: string, tag: string): Markup {
  return html`<meta property="${date}" content="${card.publishedAt}" />
    ${card.tags.map((name) => html`<meta property="${tag}" content="${name}" />`)} `;
}

function playerCard(card: Card, settings: Settings): Markup {
  const shared = sharedRendition(card);
  const isPlayer = card.allow.embed && isShowable(card) && shared !== undefined;
  return html`<meta
      name="twitter:card"
      content="${isPlayer ? 'player' : card.kind === 'photos' ? 'summary_large_image' : 'summary'}"
    />
    <meta name="twitter:title" content="${titleOf(card)}" />
    <meta name="twitter:description" content="${descriptionOf(card)}" />
    ${isShowable(card) && card.poster.url !== '' ? html`<meta name="twitter:image" content="${absolute(settings, card.poster.url)}" />` : ''}
    ${
      isPlayer
        ? html`<meta name="twitter:player" content="${absolute(settings, embedPath(card))}" />
            <meta name="twitter:player:width" content="${shared.widthPx}" />
            <meta name="twitter:player:height" content="${shared.heightPx}" />
            <meta name="twitter:player:stream" content="${absolute(settings, videoPath(card))}" />
            <meta name="twitter:player:stream:content_type" content="video/mp4" />`
        : ''
    } `;
}

function discovery(card: Card, settings: Settings): Markup {
  return html`${
      card.allow.embed &&
      html`<link
        rel="alternate"
        type="application/json+oembed"
        href="${absolute(settings, oembedPath(settings, card))}"
        title="${titleOf(card)}"
      /> `
    }
    <link
      rel="alternate"
      type="application/atom+xml"
      href="/@${card.account.handle}/feed.atom"
      title="${nameOf(card.account)}"
    />
    <link rel="author" href="/@${card.account.handle}" /> `;
}

/** schema.org VideoObject, or a posting of photos, for search engines. */
function videoObject(card: Card, settings: Settings): Record<string, unknown> {
  return {
    '@context': 'https://schema.org',
    ...(card.kind === 'photos' ? photoObject(card, settings) : filmFacts(card, settings)),
    '@id': absolute(settings, card.path),
    url: absolute(settings, card.path),
    name: titleOf(card),
    description: descriptionOf(card),
    isFamilyFriendly: isShowable(card),
    ...(card.poster.url === '' ? {} : { thumbnailUrl: [absolute(settings, card.poster.url)] }),
    ...(card.language === null ? {} : { inLanguage: card.language }),
    ...(card.tags.length > 0 ? { keywords: card.tags.join(', ') } : {}),
    author: {
      '@type': 'Person',
      name: card.account.name || card.account.handle,
      alternateName: `@${card.account.handle}`,
      url: absolute(settings, `/@${card.account.handle}`),
    },
    interactionStatistic: [
      {
        '@type': 'InteractionCounter',
        interactionType: { '@type': 'LikeAction' },
        userInteractionCount: card.counts.likes,
      },
      {
        '@type': 'InteractionCounter',
        interactionType: { '@type': 'CommentAction' },
        userInteractionCount: card.counts.comments,
      },
    ],
  };
}

function filmFacts(card: Card, settings: Settings): Record<string, unknown> {
  return {
    '@type': 'VideoObject',
    uploadDate: card.publishedAt,
    duration: isoDuration(card.durationMs),
    width: card.widthPx,
    height: card.heightPx,
    ...(card.allow.embed
      ? { contentUrl: absolute(settings, videoPath(card)), embedUrl: absolute(settings, embedPath(card)) }
      : {}),
  };
}

/** What is seen before, and without, any script. The app takes the video over and removes the rest. */
function firstView(card: Card, settings: Settings): Markup {
  const isTall = card.heightPx / Math.max(1, card.widthPx) >= TALL;
  const language = card.language === null ? '' : html` lang="${card.language}"`;
  return html`<main class="first${isTall ? ' is-tall' : ''}">
    <div class="pane">${card.kind === 'photos' ? (isShowable(card) ? photoRow(card) : '') : firstVideo(card)}</div>
    <div class="fall"></div>
    <a class="home" href="/">${settings.regionName}</a>
    <div class="words">
      <strong><a href="/@${card.account.handle}">${card.account.handle}</a></strong>
      <time class="when" datetime="${card.publishedAt}">${dayOf(card.publishedAt)}</time>
      <p dir="auto" ${language}>${linkedText(card.text)}</p>
      ${card.labels.map((label) => html`<p class="when">${LABELS[label]}</p>`)}
      <noscript
        ><p class="when">
          ${card.counts.likes} likes · ${card.counts.comments} comments ·
          ${card.tags.map((tag) => html`<a href="${tagPath(tag)}">#${tag}</a> `)}
        </p></noscript
      >
    </div>
  </main>`;
}

function firstVideo(card: Card): Markup {
  const first = firstRendition(card);
  const starts = isShowable(card) ? html` autoplay preload="auto"` : html` preload="none"`;
  return html`<video
      id="first-video"
      data-post="${card.id}"
      src="${first?.url ?? ''}"
      poster="${card.poster.placeholder || card.poster.url}"
      ${starts}
      muted
      loop
      playsinline
      controls
      width="${card.widthPx}"
      height="${card.heightPx}"
      aria-label="${card.altText || titleOf(card)}"
    >
      ${card.captions.map((track) => html`<track kind="captions" srclang="${track.language}" label="${track.label}" src="${track.url}" />`)}
    </video>
    <noscript><img class="poster" src="${card.poster.url}" alt="${card.altText || titleOf(card)}" /></noscript>`;
}

const LABELS = { aiMade: 'Made with AI', paid: 'Paid partnership', sensitive: 'Sensitive' } as const;
