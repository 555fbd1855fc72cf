/** oEmbed 1.0 (https://oembed.com): from a post's address to a frame of it. Pure. */
import { idSchema, type Card } from '@vitrine/schema';
import type { Settings } from '../platform/settings.ts';
import { absolute, embedPath } from './addresses.ts';
import { html } from './markup.ts';
import { isShowable } from './post-page.ts';
import { titleOf } from './words.ts';

/** A frame's size where the asker names none: a phone's shape. */
const DEFAULT_HEIGHT_PX = 720;
const LEAST_PX = 120;
const CACHE_SECONDS = 3600;
const POST_PATH = /^\/(?:@[a-z0-9_.]{2,31}\/post|embed)\/([0-9a-f-]{36})\/?$/i;

/** The largest frame that the asker has room for. */
export interface Room {
  maxWidthPx: number | undefined;
  maxHeightPx: number | undefined;
}

/** The post that an address of ours leads to; undefined for any other address. */
export function postIdIn(url: string, origins: ReadonlySet<string>): string | undefined {
  if (!URL.canParse(url)) return undefined;
  const parsed = new URL(url);
  const id = POST_PATH.exec(parsed.pathname)?.[1]?.toLowerCase();
  return origins.has(parsed.origin) && idSchema.safeParse(id).success ? id : undefined;
}

/** The size of a frame that keeps the video's shape within the room. */
export function frameSize(card: Pick<Card, 'widthPx' | 'heightPx'>, room: Room): { widthPx: number; heightPx: number } {
  const shape = Math.max(1, card.widthPx) / Math.max(1, card.heightPx);
  const tallest = Math.min(room.maxHeightPx ?? DEFAULT_HEIGHT_PX, (room.maxWidthPx ?? Infinity) / shape);
  const heightPx = Math.max(LEAST_PX, Math.floor(tallest));
  return { widthPx: Math.max(LEAST_PX, Math.floor(heightPx * shape)), heightPx };
}

/** The code that a page puts in to show the frame. */
function frameCode(
  card: Card,
  settings: Pick<Settings, 'publicUrl'>,
  size: { widthPx: number; heightPx: number },
): string {
  return html`<iframe
    src="${absolute(settings, embedPath(card))}"
    width="${size.widthPx}"
    height="${size.heightPx}"
    title="${titleOf(card)}"
    loading="lazy"
    allow="autoplay; fullscreen; picture-in-picture"
    allowfullscreen
    referrerpolicy="strict-origin-when-cross-origin"
    style="border:0;border-radius:12px"
  ></iframe>`.markup;
}

/** The answer. */
export function oembedAnswer(card: Card, settings: Settings, room: Room): Record<string, string | number> {
  const size = frameSize(card, room);
  return {
    version: '1.0',
    type: card.kind === 'photos' ? 'rich' : 'video',
    title: titleOf(card),
    author_name: card.account.name || card.account.handle,
    author_url: absolute(settings, `/@${card.account.handle}`),
    provider_name: settings.regionName,
    provider_url: absolute(settings, '/'),
    cache_age: CACHE_SECONDS,
    html: frameCode(card, settings, size),
    width: size.widthPx,
    height: size.heightPx,
    ...(isShowable(card) && card.poster.url !== ''
      ? {
          thumbnail_url: absolute(settings, card.poster.url),
          thumbnail_width: card.widthPx,
          thumbnail_height: card.heightPx,
        }
      : {}),
  };
}
