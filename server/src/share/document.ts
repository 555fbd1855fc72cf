/** The frame of every page: head, body, styles that come with it, and the policy under which a browser shows it. */
import { createHash } from 'node:crypto';
import { securityHeaders } from '../platform/http.ts';
import type { Settings } from '../platform/settings.ts';
import { html, styleBlock, type Markup, type Piece } from './markup.ts';
import { PAGE_STYLE } from './page-style.ts';
import type { WebHead } from './web-build.ts';

/** A page ready to be sent. */
export interface Page {
  /** 200, 404 or 410. */
  status: number;
  text: string;
  /** May be kept and shown to anyone. */
  isPublic: boolean;
}

/** What a page is made of. */
export interface PageParts {
  title: string;
  description: string;
  /** Of the words on the page, where it is not English. */
  language?: string | undefined;
  /** Absolute address that stands for this page; absent: it has none of its own. */
  canonicalUrl?: string | undefined;
  isIndexed: boolean;
  meta?: Piece;
  /** What stands in the page before any script runs. */
  body: Piece;
  /** Blocks of data beside it. */
  blocks?: Piece;
  /** Absent: no app in this page. */
  head?: WebHead | undefined;
}

/** The name that the style block has in the policy. */
export function styleHash(css: string): string {
  return `'sha256-${createHash('sha256').update(css).digest('base64')}'`;
}

/** The policy of pages that hold the app: that of all answers, and our own style block. */
export function pagePolicy(settings: Settings): string {
  const { directives } = securityHeaders(settings).contentSecurityPolicy;
  const named = { ...directives, styleSrc: [...directives.styleSrc, styleHash(PAGE_STYLE)] };
  return Object.entries(named)
    .map(([name, values]) => [name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`), ...values].join(' '))
    .join('; ');
}

/**
 * The whole document. What must be there first comes first: the video's address stands before style sheets and scripts,
 * which wait at the end and are fetched with low priority.
 */
export function renderDocument(parts: PageParts): string {
  const { head } = parts;
  return html`<!doctype html>
    <html lang="${parts.language ?? 'en'}">
      <head>
        <meta charset="utf-8" />
        <meta
          name="viewport"
          content="width=device-width, initial-scale=1, viewport-fit=cover, interactive-widget=resizes-content"
        />
        <title>${parts.title}</title>
        <meta name="description" content="${parts.description}" />
        ${parts.isIndexed ? html`<meta name="robots" content="max-image-preview:large, max-video-preview:-1" />` : html`<meta name="robots" content="noindex" />`}
        ${parts.canonicalUrl === undefined ? '' : html`<link rel="canonical" href="${parts.canonicalUrl}" />`}
        ${parts.meta} ${styleBlock(PAGE_STYLE)} ${head && trusted(head.rest)}
      </head>
      <body>
        <div id="app">${parts.body}</div>
        ${parts.blocks}
        ${head?.styles.map((href) => html`<link rel="stylesheet" crossorigin href="${href}" fetchpriority="low" />`)}
        ${head?.preloads.map((href) => html`<link rel="modulepreload" crossorigin href="${href}" fetchpriority="low" />`)}
        ${head?.scripts.map((source) => html`<script type="module" crossorigin src="${source}" fetchpriority="low"></script>`)}
      </body>
    </html> `.markup;
}

/** The build's own head: written by us, not by people. */
function trusted(text: string): Markup {
  return { markup: text };
}
