/** What pages for other sites, and those without script, show of a photo post. */
import type { Card, Photo } from '@vitrine/schema';
import type { Settings } from '../platform/settings.ts';
import { absolute } from './addresses.ts';
import { html, type Markup } from './markup.ts';
import { titleOf } from './words.ts';

/** Other sites take a few pictures, not all. */
const SHARED_PHOTOS = 4;

/** The copy that everything reads: the largest JPEG. */
function plainCopy(photo: Photo): string {
  return (photo.files.find((file) => file.type === 'image/jpeg') ?? photo.files[0])?.url ?? '';
}

function altOf(card: Card, photo: Photo): string {
  return photo.altText || card.altText || titleOf(card);
}

/** Open Graph: the first photos, with their sizes. */
export function photoGraph(card: Card, settings: Settings): Markup {
  return html`${card.photos.slice(0, SHARED_PHOTOS).map(
    (photo) =>
      html`<meta property="og:image" content="${absolute(settings, plainCopy(photo))}" />
        <meta property="og:image:width" content="${photo.widthPx}" />
        <meta property="og:image:height" content="${photo.heightPx}" />
        <meta property="og:image:alt" content="${altOf(card, photo)}" />`,
  )}`;
}

/** All photos, side by side, to be scrolled without a script; and their sound. */
export function photoRow(card: Card): Markup {
  return html`<div class="photos" tabindex="0">
      ${card.photos.map(
        (photo, index) =>
          html`<img
            src="${plainCopy(photo)}"
            alt="${altOf(card, photo)}"
            width="${photo.widthPx}"
            height="${photo.heightPx}"
            ${index > 0 && html` loading="lazy"`}
          />`,
      )}
    </div>
    ${card.audio !== null && html`<audio src="${card.audio.url}#t=${card.audio.offsetMs / 1000}" controls loop preload="none"></audio>`}`;
}

/** schema.org: a posting with pictures. */
export function photoObject(card: Card, settings: Settings): Record<string, unknown> {
  return {
    '@type': 'SocialMediaPosting',
    headline: titleOf(card),
    datePublished: card.publishedAt,
    image: card.photos.map((photo) => ({
      '@type': 'ImageObject',
      contentUrl: absolute(settings, plainCopy(photo)),
      width: photo.widthPx,
      height: photo.heightPx,
      caption: altOf(card, photo),
    })),
  };
}
