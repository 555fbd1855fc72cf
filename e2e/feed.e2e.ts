import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Card, CommentPage, Post } from '@vitrine/schema';
import type { BrowserContext, Page } from 'playwright-core';
import { journeys, DESKTOP, makeClip, meet, PHONE, type Person } from './index.ts';

const POSTS = 4;
/** A swipe's movement and what the snap needs after it. */
const SETTLED_MS = 900;

let author: Person;
let viewer: Person;
let posts: string[];

const region = journeys({
  prepare: async () => {
    author = await meet(region.server.url, 'mara.kiln');
    viewer = await meet(region.server.url, 'ada.draws');
    const clip = await makeClip();
    posts = [];
    for (let number = POSTS; number > 0; number -= 1) {
      const uploadId = await author.upload(clip, `clip ${number}.mp4`);
      posts.unshift(await author.publish(uploadId, { text: `Clip ${number} #glaze` }));
      await author.untilPlayable(posts[0]!);
    }
  },
});

/** The feed on a phone, signed in, with its first video playing. */
async function openFeed(path = '/', options = PHONE): Promise<{ page: Page; context: BrowserContext }> {
  const { page, context } = await region.open({ on: options, as: viewer, path, isByTime: true });
  await page.waitForFunction(() =>
    [...document.querySelectorAll('video')].some((video) => !video.paused && video.currentTime > 0),
  );
  return { page, context };
}

/** A finger that moves over the picture within the given time. */
async function swipe(page: Page, distancePx: number, tookMs: number): Promise<void> {
  const session = await page.context().newCDPSession(page);
  const from = distancePx < 0 ? 640 : 200;
  const steps = 8;
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y?: number) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: y === undefined ? [] : [{ x: 150, y }] });
  await touch('touchStart', from);
  for (let step = 1; step <= steps; step += 1) {
    await touch('touchMove', from + (distancePx * step) / steps);
    await page.waitForTimeout(tookMs / steps);
  }
  await touch('touchEnd');
  await session.detach();
}

/** Which posts' videos play now, and which page is in view. */
function seen(page: Page): Promise<{ playing: string[]; place: number }> {
  return page.evaluate(() => {
    const scroller = document.querySelector('.snap')!;
    return {
      playing: [...document.querySelectorAll('video')]
        .filter((video) => !video.paused)
        .map((video) => video.dataset['post'] ?? ''),
      place: scroller.scrollTop / scroller.clientHeight,
    };
  });
}

test('one swipe is one video, and exactly one plays', async () => {
  const { page, context } = await openFeed();
  for (const place of [1, 2, 3]) {
    await swipe(page, -300, 100);
    await page.waitForTimeout(SETTLED_MS);
    assert.deepEqual(await seen(page), { playing: [posts[place]], place });
  }
  await swipe(page, 300, 100);
  await page.waitForTimeout(SETTLED_MS);
  assert.deepEqual(await seen(page), { playing: [posts[2]], place: 2 });
  await context.close();
});

test('a slow small movement changes nothing', async () => {
  const { page, context } = await openFeed();
  await swipe(page, -50, 900);
  await page.waitForTimeout(SETTLED_MS);
  assert.deepEqual(await seen(page), { playing: [posts[0]], place: 0 });
  await context.close();
});

test('a double tap likes once however often it is repeated, and never unlikes', async () => {
  const { page, context } = await openFeed();
  const asked: string[] = [];
  page.on('request', (request) => {
    if (request.url().endsWith('/like')) asked.push(request.method());
  });
  for (let tap = 0; tap < 5; tap += 1) await page.touchscreen.tap(150, 300);
  await page.waitForTimeout(SETTLED_MS);
  assert.deepEqual(asked, ['PUT']);
  await page.touchscreen.tap(150, 300);
  await page.touchscreen.tap(150, 300);
  await page.waitForTimeout(SETTLED_MS);
  assert.deepEqual(asked, ['PUT']);
  const post = await viewer.call<Post>('GET', `/api/v1/posts/${posts[0]}`);
  assert.equal(post.counts.likes, 1);
  assert.equal((await seen(page)).playing.length, 1, 'taps of a row do not pause');
  await context.close();
});

test('one tap pauses and shows the play sign; the next plays on', async () => {
  const { page, context } = await openFeed();
  await page.touchscreen.tap(150, 300);
  await page.waitForSelector('.play-sign');
  assert.deepEqual((await seen(page)).playing, []);
  await page.touchscreen.tap(150, 300);
  await page.waitForSelector('.play-sign', { state: 'detached' });
  assert.deepEqual((await seen(page)).playing, [posts[0]]);
  await context.close();
});

test('keys move, pause and explain themselves on a wide page', async () => {
  const { page, context } = await openFeed('/', DESKTOP);
  await page.keyboard.press('j');
  await page.waitForTimeout(SETTLED_MS);
  assert.deepEqual(await seen(page), { playing: [posts[1]], place: 1 });
  await page.mouse.move(600, 400);
  await page.mouse.wheel(0, 120);
  await page.waitForTimeout(SETTLED_MS);
  assert.equal((await seen(page)).place, 2, 'one notch of the wheel is one video');
  await page.keyboard.press('?');
  await page.waitForSelector('dialog[open] .keys-list');
  await page.keyboard.press('Escape');
  await page.waitForSelector('dialog[open]', { state: 'detached' });
  await page.keyboard.press(' ');
  await page.waitForSelector('.play-sign');
  await context.close();
});

test('a comment appears at once, counts once, and its deletion can be taken back', async () => {
  const { page, context } = await openFeed();
  await page.locator('article:not([inert]) button[aria-label^="Comments"]').click();
  await page.getByRole('textbox', { name: 'Add a comment' }).fill('The blue runs at 0:01.');
  await page.keyboard.press('Enter');
  const row = page.locator('.comment', { hasText: 'The blue runs' });
  await row.waitFor();
  const list = () => viewer.call<CommentPage>('GET', `/api/v1/posts/${posts[0]}/comments?sort=newest`);
  assert.equal((await list()).total, 1);
  await row.getByRole('button', { name: 'More' }).click();
  await page.getByRole('menuitem', { name: 'Delete' }).click();
  await row.waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo' }).click();
  await row.waitFor();
  await page.waitForTimeout(SETTLED_MS);
  assert.equal((await list()).total, 1);
  await context.close();
});

test('the video of a shared link plays on when the app takes over', async () => {
  const card = (await viewer.call<Post>('GET', `/api/v1/posts/${posts[1]}`)).card as Card;
  const context = await region.browser.newContext(PHONE);
  const page = await context.newPage();
  await page.addInitScript(() => {
    const heard: string[] = [];
    Object.assign(globalThis, { heard });
    new MutationObserver(() => {
      const video = document.getElementById('first-video');
      if (video === null || 'served' in globalThis) return;
      Object.assign(globalThis, { served: video });
      for (const name of ['pause', 'emptied', 'error']) video.addEventListener(name, () => heard.push(name));
    }).observe(document, { childList: true, subtree: true });
  });
  await page.goto(region.server.url + card.path);
  await page.waitForSelector('.slot video.has-picture');
  await page.waitForTimeout(SETTLED_MS);
  const after = await page.evaluate(() => {
    const { served, heard } = globalThis as unknown as { served: HTMLVideoElement; heard: string[] };
    return { isSame: document.querySelector('.slot video.has-picture') === served, heard, isPlaying: !served.paused };
  });
  assert.deepEqual(after, { isSame: true, heard: [], isPlaying: true });
  await context.close();
});
