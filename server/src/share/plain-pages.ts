/** Pages that are read rather than watched: a profile, a tag, the start, and what is said where nothing is shown. */
import type { Card, Problem, Profile, Sound } from '@vitrine/schema';
import type { Settings } from '../platform/settings.ts';
import { absolute, tagPath } from './addresses.ts';
import type { PageParts } from './document.ts';
import { html, jsonBlock, type Markup, type Piece } from './markup.ts';
import { isShowable } from './post-page.ts';
import type { WebHead } from './web-build.ts';
import { dayOf, excerpt, linkedText, nameOf, titleOf } from './words.ts';

/** What every such page needs. */
interface PlainGrounds {
  settings: Settings;
  head: WebHead;
}

const DESCRIPTION_CHARS = 200;

/** `1 post`, `1,204 posts`. */
function countOf(count: number, thing: string): string {
  return `${count.toLocaleString('en')} ${thing}${count === 1 ? '' : 's'}`;
}

/** Pictures of posts as links. */
function grid(cards: readonly Card[]): Markup {
  return html`<ul class="grid">
    ${cards.map((card) => html`<li><a href="${card.path}">${isShowable(card) && html`<img src="${card.poster.url}" alt="${card.altText || titleOf(card)}" loading="lazy" />`}${titleOf(card)}</a></li>`)}
  </ul>`;
}

/** A plain page's body; where the app is in the page too, it is shown only when no script runs. */
export function plain(settings: Settings, content: Piece, options: { waits: boolean }): Markup {
  return html`<main class="plain${options.waits ? ' waits' : ''}">
    <a class="mark" href="/">${settings.regionName}</a>${content}
  </main>`;
}

/** `/@handle`: of a private account only what its profile shows anyone. */
export function profilePage({ settings, head }: PlainGrounds, profile: Profile, cards: readonly Card[]): PageParts {
  const url = absolute(settings, `/@${profile.handle}`);
  const name = nameOf(profile);
  const description = excerpt(profile.bio, DESCRIPTION_CHARS) || `Short videos by ${name}.`;
  const avatar = profile.avatarUrl === null ? undefined : absolute(settings, profile.avatarUrl);
  return {
    title: `${name} · ${settings.regionName}`,
    description,
    canonicalUrl: url,
    isIndexed: !profile.isPrivate,
    meta: html`<meta property="og:site_name" content="${settings.regionName}" />
      <meta property="og:type" content="profile" />
      <meta property="og:url" content="${url}" />
      <meta property="og:title" content="${name}" />
      <meta property="og:description" content="${description}" />
      <meta property="profile:username" content="${profile.handle}" />
      ${avatar !== undefined && html`<meta property="og:image" content="${avatar}" />`}
      <meta name="twitter:card" content="summary" />
      ${!profile.isPrivate && html`<link rel="alternate" type="application/atom+xml" href="/@${profile.handle}/feed.atom" title="${name}" />`}`,
    body: plain(
      settings,
      html`<h1>${profile.name || profile.handle}</h1>
        <p>
          @${profile.handle} · ${countOf(profile.counts.followers, 'follower')} ·
          ${countOf(profile.counts.posts, 'post')}
        </p>
        <p dir="auto">${linkedText(profile.bio)}</p>
        ${profile.isPrivate ? html`<p>This account is private.</p>` : grid(cards)}`,
      { waits: true },
    ),
    blocks: profile.isPrivate
      ? undefined
      : jsonBlock(
          { type: 'application/ld+json' },
          {
            '@context': 'https://schema.org',
            '@type': 'ProfilePage',
            mainEntity: {
              '@type': 'Person',
              name: profile.name || profile.handle,
              alternateName: `@${profile.handle}`,
              url,
              description: profile.bio,
            },
          },
        ),
    head,
  };
}

/** `/tag/:name`. */
export function tagPage(
  { settings, head }: PlainGrounds,
  tag: { name: string; posts: number },
  cards: readonly Card[],
): PageParts {
  const url = absolute(settings, tagPath(tag.name));
  const title = `#${tag.name}`;
  const description = `${countOf(tag.posts, 'video')} with #${tag.name}.`;
  return {
    title: `${title} · ${settings.regionName}`,
    description,
    canonicalUrl: url,
    isIndexed: tag.posts > 0,
    meta: html`<meta property="og:site_name" content="${settings.regionName}" />
      <meta property="og:type" content="website" />
      <meta property="og:url" content="${url}" />
      <meta property="og:title" content="${title}" />
      <meta property="og:description" content="${description}" />
      <link rel="alternate" type="application/atom+xml" href="${tagPath(tag.name)}/feed.atom" title="${title}" />`,
    body: plain(
      settings,
      html`<h1>${title}</h1>
        <p>${description}</p>
        ${grid(cards)}`,
      { waits: true },
    ),
    head,
  };
}

/** `/sound/:id`. */
export function soundPage({ settings, head }: PlainGrounds, sound: Sound, cards: readonly Card[]): PageParts {
  const url = absolute(settings, sound.path);
  const title = sound.artist === '' ? sound.title : `${sound.title}, ${sound.artist}`;
  const isMuted = sound.muted !== null;
  const description = isMuted
    ? 'This sound is muted by a claim of rights.'
    : `A sound in ${countOf(sound.postCount, 'post')}.`;
  const cover = sound.coverUrl === null ? undefined : absolute(settings, sound.coverUrl);
  const audio = sound.audioUrl === null ? undefined : absolute(settings, sound.audioUrl);
  return {
    title: `${title} · ${settings.regionName}`,
    description,
    canonicalUrl: url,
    isIndexed: sound.postCount > 0 && !isMuted,
    meta: html`<meta property="og:site_name" content="${settings.regionName}" />
      <meta property="og:type" content="music.song" />
      <meta property="og:url" content="${url}" />
      <meta property="og:title" content="${title}" />
      <meta property="og:description" content="${description}" />
      <meta property="music:duration" content="${Math.round(sound.durationMs / 1000)}" />
      ${cover !== undefined && html`<meta property="og:image" content="${cover}" />`}
      ${
        audio !== undefined &&
        html`<meta property="og:audio" content="${audio}" /> <meta property="og:audio:type" content="audio/mp4" />`
      }
      <meta name="twitter:card" content="summary" />`,
    body: plain(
      settings,
      html`<h1 dir="auto">${sound.title}</h1>
        <p>${sound.artist}${sound.licence === null ? '' : ` · ${sound.licence}`}</p>
        ${sound.creditLine !== '' && html`<p dir="auto">${sound.creditLine}</p>`}
        <p>${description}</p>
        ${grid(cards)}`,
      { waits: true },
    ),
    head,
  };
}

/** `/` and every screen of the app that has no words of its own. The start also lists what is new. */
export function appPage({ settings, head }: PlainGrounds, order: { path: string; cards: readonly Card[] }): PageParts {
  const isStart = order.path === '/';
  const description = 'Short videos. You can see why you see them.';
  return {
    title: settings.regionName,
    description,
    ...(isStart ? { canonicalUrl: absolute(settings, '/') } : {}),
    isIndexed: isStart,
    meta: isStart
      ? html`<meta property="og:site_name" content="${settings.regionName}" />
          <meta property="og:type" content="website" />
          <meta property="og:url" content="${absolute(settings, '/')}" />
          <meta property="og:title" content="${settings.regionName}" />
          <meta property="og:description" content="${description}" />`
      : undefined,
    body: plain(
      settings,
      isStart
        ? html`<h1>New here</h1>
            ${grid(order.cards)}`
        : html`<p>This page needs a browser that runs scripts.</p>`,
      { waits: true },
    ),
    head,
  };
}

/** The one page for everything that is not there or not shown to a stranger: it says the same for all of them. */
export function absentPage({ settings, head }: PlainGrounds): PageParts {
  return {
    title: `Not here · ${settings.regionName}`,
    description: 'There is nothing here, or it is not shown to you.',
    isIndexed: false,
    body: plain(
      settings,
      html`<div class="card">
        <h1>Not here</h1>
        <p>There is nothing at this address, or it is not shown to you.</p>
        <a class="main" href="/">To the videos</a>
      </div>`,
      { waits: true },
    ),
    head,
  };
}

/** What the operator took away: that, why, and since when. */
export function removedPage(
  { settings, head }: PlainGrounds,
  restriction: NonNullable<Problem['restriction']>,
): PageParts {
  const isAccount = restriction.what === 'suspended';
  return {
    title: `Removed · ${settings.regionName}`,
    description: 'Removed by the operator.',
    isIndexed: false,
    body: plain(
      settings,
      html`<div class="card">
        <h1>${isAccount ? 'This account is suspended' : 'Removed by the operator'}</h1>
        <p>Ground: ${groundWords(restriction.ground)}</p>
        <p>Since <time datetime="${restriction.at}">${dayOf(restriction.at)}</time></p>
        <p>Ledger entry ${restriction.ledgerIndex}</p>
        <a class="main" href="/">To the videos</a>
      </div>`,
      { waits: true },
    ),
    head,
  };
}

/** `childSafety` -> `child safety`. */
function groundWords(ground: string): string {
  return ground.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
