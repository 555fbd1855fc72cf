/** P11 and P12: a shared link opened cold at 40 ms and 8 Mbit/s: time to the first frame against a bare cold video, and the bytes until then. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { launchBrowser, makeClip, PHONE, PHONE_CLIP } from '@vitrine/e2e';
import { firstFrameEndBytes } from './first-frame.ts';
import { median, takeRounds, tell } from './figure.ts';
import { startBenchRegion } from './region.ts';
import { serveBareVideo } from './rivals/bare-video.ts';

const NETWORK = { offline: false, latency: 40, downloadThroughput: 1_000_000, uploadThroughput: 1_000_000 };
const ROUNDS = 7;

/** What one cold opening cost. */
interface Opening {
  firstFrameMs: number;
  mediaBytes: number;
  pageBytes: number;
}

/** Notes the moment of the first frame of any video, from the start of the navigation. */
const NOTE_FIRST_FRAME = `
  const seen = new WeakSet();
  const watch = (video) => {
    if (seen.has(video)) return;
    seen.add(video);
    video.requestVideoFrameCallback(() => { window.firstFrameMs ??= performance.now(); });
  };
  new MutationObserver(() => document.querySelectorAll('video').forEach(watch)).observe(document, { childList: true, subtree: true });
`;

async function openCold(browser: Browser, url: string): Promise<Opening> {
  const context = await browser.newContext({ ...PHONE, serviceWorkers: 'block' });
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', NETWORK);
  const kinds = new Map<string, string>();
  const arrived: { id: string; bytes: number }[] = [];
  session.on('Network.responseReceived', ({ requestId, type }) => kinds.set(requestId, type));
  session.on('Network.dataReceived', ({ requestId, encodedDataLength }) =>
    arrived.push({ id: requestId, bytes: encodedDataLength }),
  );
  await page.addInitScript(NOTE_FIRST_FRAME);
  await page.goto(url, { waitUntil: 'commit' });
  const firstFrameMs = await untilFirstFrame(page);
  const sum = (isMedia: boolean): number =>
    arrived.filter(({ id }) => (kinds.get(id) === 'Media') === isMedia).reduce((total, { bytes }) => total + bytes, 0);
  const opening = { firstFrameMs, mediaBytes: sum(true), pageBytes: sum(false) };
  await context.close();
  return opening;
}

/** Asked again and again from outside: a page's policy lets no waiting function be made of text. */
async function untilFirstFrame(page: Page): Promise<number> {
  for (let asked = 0; asked < 3000; asked++) {
    const atMs = await page.evaluate<number | undefined>('window.firstFrameMs');
    if (atMs !== undefined) return atMs;
    await setTimeout(10);
  }
  throw new Error('no first frame within 30 s');
}

const folder = await mkdtemp(join(tmpdir(), 'vitrine-cold-'));
const region = await startBenchRegion();
const postId = await region.publish(await region.upload(await makeClip(PHONE_CLIP)));
const post = await region.untilPlayable(postId, 'all');
const lowest = post.renditions.at(-1)?.url ?? '';
const clipPath = join(folder, 'clip.mp4');
const clip = new Uint8Array(await (await fetch(new URL(lowest, region.url))).arrayBuffer());
await writeFile(clipPath, clip);
const bare = await serveBareVideo(clipPath, 'autoplay');
const browser = await launchBrowser();
const shared = `${region.url}/@${region.handle}/post/${postId}`;
const openings: Opening[] = [];
await openCold(browser, shared);
const result = await takeRounds(ROUNDS, {
  ours: async () => {
    const opening = await openCold(browser, shared);
    openings.push(opening);
    return opening.firstFrameMs;
  },
  rival: async () => (await openCold(browser, bare.url)).firstFrameMs,
});
await browser.close();
bare.close();
await region.close();
await rm(folder, { recursive: true, force: true });

const timing = `${Math.round(result.ours)} ms against ${Math.round(result.rival)} ms, ${result.kept} rounds`;
tell({
  id: 'P11',
  what: 'cold open of a shared link to its first frame',
  value: result.ratio,
  unit: 'of a bare cold video',
  limit: { atMost: 2.5 },
  ratio: timing,
});
const mediaKilobytes = (firstFrameEndBytes(clip) ?? Number.NaN) / 1000;
const pageKilobytes = median(openings.map(({ pageBytes }) => pageBytes)) / 1000;
const arrivedKilobytes = median(openings.map(({ mediaBytes }) => mediaBytes)) / 1000;
tell({
  id: 'P12',
  what: 'bytes of media up to the end of the first picture',
  value: mediaKilobytes,
  unit: 'kB',
  limit: { atMost: 14.6 },
  ratio: `${Math.round(arrivedKilobytes)} kB had arrived when it was shown`,
});
tell({
  id: 'P12',
  what: 'bytes of the page until the first frame, compressed',
  value: pageKilobytes,
  unit: 'kB',
  limit: { atMost: 100 },
  ratio: 'everything but media',
});
