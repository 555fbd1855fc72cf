import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrowserContext } from 'playwright-core';
import { WEIGHTS } from '@vitrine/ranking';
import type { Comment } from '@vitrine/schema';
import { journeys, guardPage, makeClip, meet, PAYLOADS, PHONE, signInBrowser, type Person } from './index.ts';

/** So many posts carry payloads at a time. */
const POSTS = 9;
/** Pages open at a time. */
const PAGES = 4;
const NAME_CHARS = 50;

let author: Person;
let posts: { id: string; path: string }[];

const region = journeys({
  prepare: async () => {
    author = await meet(region.server.url, 'mallory');
    posts = [];
    for (let count = 0; count < POSTS; count += 1) {
      const uploadId = await author.upload(await makeClip({ durationMs: 1000 }), `${PAYLOADS[count]!.text}.mp4`);
      const { id, card } = await author.untilPlayable(await author.publish(uploadId, { text: '#xss' }));
      posts.push({ id, path: card!.path });
    }
  },
});

/** Opens the addresses one after the other and gives what was alive or wrong on them. */
async function visit(context: BrowserContext, paths: string[]): Promise<string[]> {
  const found: string[] = [];
  const waiting = [...paths];
  const look = async (): Promise<void> => {
    for (let path = waiting.shift(); path !== undefined; path = waiting.shift()) {
      const page = await context.newPage();
      const guard = await guardPage(page, [region.server.url], /status of (401|403|404|410)/);
      await page.goto(region.server.url + path, { waitUntil: 'networkidle' });
      const isAbout = posts.some((post) => path === post.path);
      if (isAbout && !(await page.innerText('body')).includes('#xss')) found.push(`${path}: shows no text of the post`);
      for (const told of [...(await guard.payloadsAlive()), ...guard.faults()]) found.push(`${path}: ${told}`);
      await page.close();
    }
  };
  await Promise.all(Array.from({ length: PAGES }, look));
  return found;
}

/** A stranger opens what is shared, the author what only the author sees. */
async function visitAsBoth(shared: string[], own: string[]): Promise<string[]> {
  const stranger = await region.browser.newContext(PHONE);
  const signedIn = await region.browser.newContext(PHONE);
  try {
    await signInBrowser(signedIn, region.server.url, author);
    return [...(await visit(stranger, shared)), ...(await visit(signedIn, own))];
  } finally {
    await Promise.all([stranger.close(), signedIn.close()]);
  }
}

test('payloads in names, bios, texts and descriptions stay texts on every page that shows them', async () => {
  for (let first = 0; first < PAYLOADS.length; first += POSTS) {
    const round = PAYLOADS.slice(first, first + POSTS);
    const fitting = round.find(({ text }) => text.length <= NAME_CHARS && !text.includes('\0'));
    const bio = round
      .map(({ text }) => text.replaceAll('\0', ''))
      .join(' ')
      .slice(0, 300);
    await author.call('PATCH', '/api/v1/me', { bio, ...(fitting ? { name: fitting.text } : {}) });
    const paths = [`/@${author.handle}`, '/tag/xss', '/explore', '/'];
    for (const [index, { text }] of round.entries()) {
      const { id, path } = posts[index]!;
      const words = text.replaceAll('\0', '');
      await author.call('PATCH', `/api/v1/posts/${id}`, { text: `#xss ${words}`, altText: words });
      paths.push(path, `/embed/${id}`);
    }
    const found = await visitAsBoth(paths, ['/', `/@${author.handle}`, posts[0]!.path]);
    assert.deepEqual(found, [], `payloads ${first + 1} to ${first + round.length}`);
  }
});

test('payloads in comments and file names stay texts', async () => {
  const { id, path } = posts[0]!;
  const guest = await meet(region.server.url, 'trudy');
  let last: Comment | undefined;
  for (const { number, text } of PAYLOADS) {
    const answer = await fetch(`${region.server.url}/api/v1/posts/${id}/comments`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${guest.token}`,
        'content-type': 'application/json',
        'idempotency-key': `comment-${number}-of-the-payloads`,
      },
      body: JSON.stringify({ text: text.replaceAll('\0', '') }),
    });
    assert.ok(answer.ok, `${number}: ${answer.status} ${await answer.clone().text()}`);
    last = (await answer.json()) as Comment;
  }
  for (const { text } of PAYLOADS)
    await author.upload(await makeClip({ durationMs: 1000 }), `${text.slice(0, 200)}.mp4`);
  const pages = [`${path}?comments`, `${path}?comment=${last!.id}`];
  const found = await visitAsBoth(pages, [...pages, '/create', '/inbox']);
  assert.deepEqual(found, []);
});

test('payloads in sounds, algorithms, drafts and captions stay texts', async () => {
  const texts = PAYLOADS.map(({ text }) => text.replaceAll('\0', ''));
  const joined = (most: number, from: number): string => texts.slice(from).join(' ').slice(0, most).trim();
  const post = await author.untilPlayable(posts[0]!.id);
  const soundId = post.sound!.id;
  await author.call('PUT', `/api/v1/sounds/${soundId}/save`);
  await author.call('PATCH', `/api/v1/sounds/${soundId}`, {
    title: joined(100, 30),
    artist: joined(100, 0),
    licence: joined(100, 10),
    creditLine: joined(300, 20),
  });
  for (let from = 0; from < texts.length; from += 5) {
    const weights = { ...structuredClone(WEIGHTS), version: `payloads ${from}` };
    await author.call('POST', '/api/v1/algorithms', { name: joined(50, from), about: joined(500, from), weights });
  }
  const uploadId = await author.uploadForEditing(await makeClip({ durationMs: 1000 }));
  const shown = { x: 0.5, y: 0.5, fromMs: 0, toMs: 1000 };
  const edit = {
    version: 1,
    kind: 'video',
    clips: [{ id: 'clip', source: { uploadId }, inMs: 0, outMs: 900 }],
    texts: texts.map((text, place) => ({ ...shown, id: `t${place}`, text: text.slice(0, 300) })),
    captions: { language: 'en', cues: texts.map((text) => ({ startMs: 0, endMs: 900, text: text.slice(0, 500) })) },
  };
  const words = { text: joined(2000, 0), altText: joined(1000, 0) };
  const draft = await author.call<{ id: string }>('POST', '/api/v1/drafts', { title: joined(100, 0), edit, words });
  const shared = [`/sound/${soundId}`, '/sounds', posts[0]!.path, '/algorithm', '/taste'];
  const own = ['/create/drafts', `/create/edit?draft=${draft.id}`, `/create/post?draft=${draft.id}`];
  assert.deepEqual(await visitAsBoth(shared, [...shared, ...own]), []);
});

test('an address that is a script is refused as a link', async () => {
  for (const link of [
    'javascript:vitrineHit(1)',
    'data:text/html,<script>vitrineHit(1)</script>',
    ' javascript:vitrineHit(1)',
  ]) {
    const refusal = /: 400 |: 422 /;
    await assert.rejects(author.call('PATCH', '/api/v1/me', { links: [link] }), refusal, link);
  }
});
