/** `/embed/:id`: a player for frames on other sites. No script, no cookie, no request to anyone but us. */
import type { Card } from '@vitrine/schema';
import type { Settings } from '../platform/settings.ts';
import { absolute } from './addresses.ts';
import { styleHash } from './document.ts';
import { html, styleBlock, type Markup } from './markup.ts';
import { photoRow } from './photo-page.ts';
import { isShowable, sharedRendition } from './post-page.ts';
import { nameOf, titleOf } from './words.ts';

const STYLE = `
:root{color-scheme:dark}html,body{margin:0;height:100%;background:#000;color:#f1f5f6;font:450 14px/20px -apple-system,BlinkMacSystemFont,'Segoe UI',Roboto,'Noto Sans',Arial,system-ui,sans-serif}
video,.photos{position:absolute;inset:0;width:100%;height:100%;object-fit:contain;background:#000}
.photos{display:flex;overflow:auto hidden;scroll-snap-type:x mandatory}.photos img{flex:0 0 100%;width:100%;height:100%;object-fit:contain;scroll-snap-align:start}audio{position:absolute;z-index:1;inset:auto 12px 12px;width:calc(100% - 24px)}
.who{position:absolute;inset:0 0 auto;display:flex;gap:8px;align-items:baseline;padding:12px 14px 36px;background:linear-gradient(rgb(4 6 8/70%),transparent);pointer-events:none}
.who a{color:inherit;text-decoration:none;pointer-events:auto;overflow:hidden;text-overflow:ellipsis;white-space:nowrap;text-shadow:0 1px 2px rgb(0 0 0/60%)}
.who .post{font-weight:650;min-width:0}.who .site{margin-inline-start:auto;font-weight:700;flex:none}
.gone{display:grid;place-content:center;height:100%;text-align:center;padding:16px;color:#a9b6bd}
.gone a{color:#ffa566}
`.replaceAll('\n', '');

/** The policy of the page: anyone may frame it; it may fetch pictures and videos of ours, and nothing else. */
export function embedPolicy(settings: Settings): string {
  const media = new URL(settings.mediaUrl, settings.publicUrl).origin;
  return `default-src 'none'; media-src 'self' ${media}; img-src 'self' data: ${media}; style-src ${styleHash(STYLE)}; frame-ancestors *; base-uri 'none'; form-action 'none'`;
}

/** How the frame asks for it. */
interface EmbedOrder {
  /** Starts by itself, muted. */
  autoplays: boolean;
  loops: boolean;
  /** Where to begin. */
  startSeconds: number;
}

/** The player. */
export function embedPage(settings: Settings, card: Card, order: EmbedOrder): string {
  return frame(
    titleOf(card),
    html`${card.kind === 'photos' ? photoRow(card) : player(card, order)}
      <div class="who">
        <a class="post" href="${absolute(settings, card.path)}" target="_blank" rel="noopener"
          >${nameOf(card.account)}</a
        ><a class="site" href="${absolute(settings, card.path)}" target="_blank" rel="noopener"
          >${settings.regionName}</a
        >
      </div>`,
    absolute(settings, card.path),
  );
}

function player(card: Card, order: EmbedOrder): Markup {
  const rendition = sharedRendition(card);
  const source = `${rendition?.url ?? ''}${order.startSeconds > 0 ? `#t=${order.startSeconds}` : ''}`;
  const starts = order.autoplays && isShowable(card) ? html` autoplay muted preload="auto"` : html` preload="metadata"`;
  return html`<video
    src="${source}"
    ${isShowable(card) && html` poster="${card.poster.url}"`}${starts}${order.loops && html` loop`}
    controls
    playsinline
    width="${card.widthPx}"
    height="${card.heightPx}"
    aria-label="${card.altText || titleOf(card)}"
  >
    ${card.captions.map((track) => html`<track kind="captions" srclang="${track.language}" label="${track.label}" src="${track.url}" />`)}
  </video>`;
}

/** What a frame shows where there is no video for it. */
export function embedAbsentPage(settings: Settings, sentence: string): string {
  return frame(
    'Not here',
    html`<div class="gone">
      <p>${sentence}</p>
      <p><a href="${absolute(settings, '/')}" target="_blank" rel="noopener">${settings.regionName}</a></p>
    </div>`,
  );
}

function frame(title: string, body: ReturnType<typeof html>, canonicalUrl?: string): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <title>${title}</title>
        ${canonicalUrl !== undefined && html`<link rel="canonical" href="${canonicalUrl}" />`} ${styleBlock(STYLE)}
      </head>
      <body>
        ${body}
      </body>
    </html> `.markup;
}
