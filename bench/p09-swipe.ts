/** P9 and P10: from a finger's swipe to the next picture in animation frames, and to its motion against a bare page that plays a preloaded video. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { CDPSession, Page } from 'playwright-core';
import type { CardPage, Id } from '@vitrine/schema';
import { launchBrowser, makeClip, PHONE } from '@vitrine/e2e';
import { median, quantile, takeRounds, tell } from './figure.ts';
import { startBenchRegion, type BenchRegion } from './region.ts';
import { serveBareVideo } from './rivals/bare-video.ts';
import { watchMotion, watchSwipe } from './swipe-recorder.ts';

const CLIPS = 12;
const ROUNDS = 5;
const PICTURES_A_ROUND = 20;
/** Taken without reading pixels, which would cost the page the time that is measured. */
const STARTS_A_ROUND = 10;
/** A person looks at least so long before the next swipe. */
const LOOK_MS = 600;
const SWIPE_PX = 320;
const STEPS = 6;
const STEP_MS = 16;

/** A clip of the feed, in its order. */
interface Place {
  postId: Id;
  hueDegrees: number;
}

async function fillRegion(region: BenchRegion): Promise<Place[]> {
  const hues = new Map<Id, number>();
  for (let number = 0; number < CLIPS; number += 1) {
    const hueDegrees = (number * 360) / CLIPS;
    const postId = await region.publish(await region.upload(await makeClip({ hueDegrees })), `Clip ${number}`);
    hues.set(postId, hueDegrees);
    await region.untilPlayable(postId, 'all');
  }
  const feed = (await (await fetch(`${region.url}/api/v1/feed/latest?limit=${CLIPS}`)).json()) as CardPage;
  return feed.posts.map(({ id }) => ({ postId: id, hueDegrees: hues.get(id) ?? Number.NaN }));
}

/** A finger that moves up (1: to the next video) or down within a tenth of a second. */
async function swipe(session: CDPSession, direction: -1 | 1): Promise<void> {
  const from = direction === 1 ? 620 : 260;
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', y?: number) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: y === undefined ? [] : [{ x: 150, y }] });
  await touch('touchStart', from);
  for (let step = 1; step <= STEPS; step += 1) {
    await touch('touchMove', from - (direction * SWIPE_PX * step) / STEPS);
    await delay(STEP_MS);
  }
  await touch('touchEnd');
}

/** Asked again and again from outside: a page's policy lets no waiting function be made of text. */
async function untilTrue(page: Page, claim: () => boolean): Promise<void> {
  for (let asked = 0; asked < 500; asked += 1) {
    if (await page.evaluate(claim)) return;
    await delay(20);
  }
  throw new Error(`not so within 10 s: ${claim.toString()}`);
}

const folder = await mkdtemp(join(tmpdir(), 'vitrine-swipe-'));
const region = await startBenchRegion();
const places = await fillRegion(region);
const { renditions } = await region.untilPlayable(places[0]?.postId ?? '', 'all');
const clipPath = join(folder, 'clip.mp4');
await writeFile(
  clipPath,
  new Uint8Array(await (await fetch(new URL(renditions.at(-1)?.url ?? '', region.url))).arrayBuffer()),
);
const bare = await serveBareVideo(clipPath, 'preload="auto" style="touch-action: none"');
const browser = await launchBrowser();
const context = await browser.newContext({ ...PHONE, serviceWorkers: 'block' });
// In order of time: the list may not change while swipes go to and fro over it.
await context.addInitScript(() => localStorage.setItem('feed-mode', 'newest'));
const feed = await context.newPage();
const feedTouch = await context.newCDPSession(feed);
await feed.goto(region.url);
await untilTrue(feed, () =>
  [...document.querySelectorAll('video')].some((video) => !video.paused && video.currentTime > 0),
);

let place = 0;
let direction: -1 | 1 = 1;
/** Swipes to the next video (at the end of the list: back), while the page watches. */
async function swipeOnce(watch: (next: Place) => Promise<number>): Promise<number> {
  if (places[place + direction] === undefined) direction = direction === 1 ? -1 : 1;
  place += direction;
  const next = places[place];
  if (next === undefined) throw new Error('the feed is empty');
  await delay(LOOK_MS);
  // The watching must stand before the finger does: both go through the same channel, in order.
  const seen = watch(next);
  await swipe(feedTouch, direction);
  return seen;
}

const rivalPage = await context.newPage();
const rivalTouch = await context.newCDPSession(rivalPage);
async function startBare(): Promise<number> {
  await rivalPage.goto(bare.url);
  await untilTrue(rivalPage, () => document.querySelector('video')?.readyState === 4);
  await delay(LOOK_MS);
  const seen = rivalPage.evaluate(watchMotion, { selector: 'video', starts: true });
  await swipe(rivalTouch, 1);
  return seen;
}

async function repeat(count: number, take: () => Promise<number>): Promise<number[]> {
  const taken: number[] = [];
  while (taken.length < count) taken.push(await take());
  return taken;
}

const frames: number[] = [];
const result = await takeRounds(ROUNDS, {
  ours: async () => {
    await feed.bringToFront();
    const seePicture = (next: Place) => feed.evaluate(watchSwipe, { ...next, direction });
    frames.push(...(await repeat(PICTURES_A_ROUND, () => swipeOnce(seePicture))));
    const seeMotion = ({ postId }: Place) =>
      feed.evaluate(watchMotion, { selector: `video[data-post="${postId}"]`, starts: false });
    return median(await repeat(STARTS_A_ROUND, () => swipeOnce(seeMotion)));
  },
  rival: async () => {
    await rivalPage.bringToFront();
    return median(await repeat(STARTS_A_ROUND, startBare));
  },
});
await browser.close();
bare.close();
await region.close();
await rm(folder, { recursive: true, force: true });

tell({
  id: 'P9',
  what: `swipe to picture, p95 of ${frames.length} swipes`,
  value: quantile(frames, 0.95),
  unit: 'animation frames',
  limit: { atMost: 2 },
  ratio: `median ${median(frames)}, longest ${Math.max(...frames)}`,
});
tell({
  id: 'P10',
  what: 'swipe to motion',
  value: result.ratio,
  unit: 'of a preloaded video in a bare page',
  limit: { atMost: 1.1 },
  ratio: `${Math.round(result.ours)} ms against ${Math.round(result.rival)} ms, ${result.kept} rounds`,
});
