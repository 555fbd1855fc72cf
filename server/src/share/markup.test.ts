import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import type { Card } from '@vitrine/schema';
import { readSettings } from '../platform/settings.ts';
import { renderDocument } from './document.ts';
import { embedPage } from './embed-page.ts';
import { html, jsonBlock } from './markup.ts';
import { renderMarkdown } from './markdown.ts';
import { oembedAnswer } from './oembed.ts';
import { profilePage, tagPage } from './plain-pages.ts';
import { postPage } from './post-page.ts';
import { atomFeed, postSitemap } from './syndication.ts';
import type { WebHead } from './web-build.ts';

const settings = readSettings({ PUBLIC_URL: 'https://v.example' });
const head: WebHead = { rest: '', styles: ['/assets/a.css'], preloads: [], scripts: ['/assets/a.js'] };
const card = (text: string): Card => ({
  id: '01a20328-6cd6-7eea-827f-89690bf3efca',
  path: '/@ilse/post/01a20328-6cd6-7eea-827f-89690bf3efca',
  account: { handle: 'ilse', name: text, avatarUrl: null },
  text,
  tags: [text],
  publishedAt: '2026-11-14T08:00:00.000Z',
  isEdited: false,
  kind: 'video',
  photos: [],
  audio: null,
  sound: null,
  parent: null,
  durationMs: 61_000,
  widthPx: 1080,
  heightPx: 1920,
  hasAudio: true,
  poster: { url: '/media/p', avifUrl: '/media/p', placeholder: 'data:image/gif;base64,AA', isBright: false },
  storyboard: null,
  renditions: [
    { heightPx: 960, widthPx: 540, codec: 'avc1', bitrateBps: 1, sizeBytes: 1, headBytes: 1, url: '/media/r' },
  ],
  hlsUrl: null,
  captions: [{ language: 'en', label: text, url: '/media/c' }],
  labels: ['aiMade'],
  altText: text,
  language: null,
  audience: 'everyone',
  allow: { comments: true, duet: true, stitch: true, save: true, embed: true, recommend: true },
  counts: { likes: 1, comments: 2, reposts: 0, saves: 0, views: null },
  publicNumber: 1,
  mayStandInChunk: false,
});

const NAUGHTY = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onload='alert(1)",
  '</title><svg/onload=alert(1)>',
  '</script><script>alert(1)</script>',
  '<!--',
  ']]>',
  '&lt;b&gt;',
  'javascript:alert(1)',
  '\u0000\u0008\uffff',
  '\ud800',
  '\u202e\u2066',
  '{{7*7}}',
  '`${7*7}`',
  '#<b>tag @"x',
  '[a](javascript:alert(1))',
  '| a | <b> |\n|---|---|\n| "x" | y |',
];
const strings = fc.oneof(
  fc.constantFrom(...NAUGHTY),
  fc.string({ unit: 'binary', maxLength: 200 }),
  fc.array(fc.constantFrom(...NAUGHTY), { maxLength: 4 }).map((parts) => parts.join(' ')),
);

/** The skeleton of a document: every sign that makes markup, in order, without what stands between. Blocks of data are left out and looked at on their own. */
function skeleton(text: string): string {
  return text.replace(/<script type="application\/[^>]*>[^<]*<\/script>/g, '<data>').replace(/[^<>"]+/g, '.');
}

function everyPage(text: string): string[] {
  const profile = {
    handle: 'ilse',
    name: text,
    avatarUrl: null,
    id: card('').id,
    bio: text,
    links: [],
    isPrivate: false,
    createdAt: '2026-01-01T00:00:00.000Z',
    counts: { followers: 1, following: 1, posts: 1, likes: 1 },
  };
  const one = card(text);
  return [
    renderDocument(postPage({ card: one, settings, head })),
    renderDocument(profilePage({ settings, head }, profile, [one])),
    renderDocument(tagPage({ settings, head }, { name: text || 'x', posts: 1 }, [one])),
    embedPage(settings, one, { autoplays: true, loops: true, startSeconds: 3 }),
    atomFeed({ settings, id: text, title: text, path: '/@ilse', updatedAt: '2026-01-01T00:00:00.000Z', cards: [one] }),
    postSitemap(settings, [one]),
    html`<a title="${text}">${text}</a>`.markup,
  ];
}

test('no text that people write changes the shape of any page', () => {
  fc.assert(
    fc.property(strings, (text) => {
      // Tags and handles in a text become links: they are taken out, so that only escaping is looked at.
      const plain = text.replace(/[#＃@＠]/g, '');
      const shapes = everyPage(`x${plain}`).map(skeleton);
      assert.deepEqual(shapes, everyPage('x').map(skeleton));
    }),
    { numRuns: 500 },
  );
});

test('links made of tags and handles lead nowhere but to our own pages', () => {
  fc.assert(
    fc.property(strings, (text) => {
      const page = renderDocument(postPage({ card: card(`#${text} @${text}`), settings, head }));
      for (const [, href = ''] of page.matchAll(/<a [^>]*href="([^"]*)"/g)) assert.match(href, /^\/(@|tag\/|$)/);
    }),
  );
});

test('a block of data is read back as it was, and holds no sign that could end it', () => {
  fc.assert(
    fc.property(strings, (text) => {
      const block = jsonBlock({ type: 'application/json' }, { text }).markup;
      const inside = /^<script type="application\/json">([^<>&]*)<\/script>$/.exec(block)?.[1];
      assert.deepEqual(JSON.parse(inside ?? 'null'), JSON.parse(JSON.stringify({ text })));
    }),
  );
});

test('Markdown shows HTML as text and links only to pages', () => {
  fc.assert(
    fc.property(strings, (text) => {
      const page = renderMarkdown(`${text}\n\n[x](${text})`).markup;
      for (const [tag] of page.matchAll(/<[^>]*>?/g))
        assert.match(
          tag,
          /^<\/?(p|h1|h2|ul|li|strong|em|code|table|thead|tbody|tr|th|td|div class="scroll"|div|a( href="(https?:\/\/|mailto:|\/|#)[^"<>]*" rel="noopener")?)>$/i,
        );
    }),
  );
  assert.equal(
    renderMarkdown('# A\n\n- **b** `c`\n- [d](/e)').markup.replace(/\n\s*/g, ''),
    '<h1>A</h1><ul><li><strong>b</strong> <code>c</code></li><li><a href="/e" rel="noopener">d</a></li></ul>',
  );
});

test('the frame that oEmbed gives stays within the room and keeps the shape', () => {
  fc.assert(
    fc.property(fc.integer({ min: 200, max: 4000 }), fc.integer({ min: 250, max: 4000 }), (maxWidthPx, maxHeightPx) => {
      const answer = oembedAnswer(card('x'), settings, { maxWidthPx, maxHeightPx });
      const { width, height } = answer;
      assert.ok(Number(width) <= maxWidthPx && Number(height) <= maxHeightPx);
      assert.ok(Math.abs(Number(width) / Number(height) - 9 / 16) < 0.02);
    }),
  );
});
